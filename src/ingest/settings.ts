import { type Chats, parseChats } from '../lake/chats.ts';
import {
  type Environment,
  parseSecretToken,
  processEnvironment,
  required,
  s3PathStyle,
  timeZoneOf,
} from '../lake/settings.ts';
import { type BotWebhook, parseBotWebhook } from '../telegram/bot-webhook.ts';

export interface IngestSettings {
  readonly rawBucket: string;
  readonly chats: Chats;
  readonly secretToken: string;
  readonly timeZone: string;
  readonly pathStyle: boolean;
  /** The webhook of the bot behind the lake; undefined where there is none. */
  readonly botWebhook: BotWebhook | undefined;
}

/**
 * Settings of the ingest function.
 *
 * @throws SettingsError when one is missing or malformed: without a secret there is no ingest (fail closed)
 */
export function ingestSettings(environment: Environment = processEnvironment): IngestSettings {
  const pathStyle = s3PathStyle(environment);
  const botWebhook = environment.TELEGRAM_BOT_BEHIND?.trim();
  return {
    rawBucket: required(environment, 'AWS_S3_BUCKET'),
    chats: parseChats(required(environment, 'TELEGRAM_CHAT_ID'), 'TELEGRAM_CHAT_ID'),
    secretToken: parseSecretToken(required(environment, 'TELEGRAM_SECRET_TOKEN'), 'TELEGRAM_SECRET_TOKEN'),
    timeZone: timeZoneOf(environment),
    pathStyle,
    // With an S3 server of one's own, the function runs on a developer's machine, where the bot may, too.
    botWebhook: botWebhook ? parseBotWebhook(botWebhook, 'TELEGRAM_BOT_BEHIND', pathStyle) : undefined,
  };
}
