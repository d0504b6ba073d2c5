import {
  type Environment,
  parseChatIds,
  parseSecretToken,
  processEnvironment,
  required,
  s3PathStyle,
  timeZoneOf,
} from '../lake/settings.ts';

export interface IngestSettings {
  readonly rawBucket: string;
  readonly chatIds: ReadonlySet<number>;
  readonly secretToken: string;
  readonly timeZone: string;
  readonly pathStyle: boolean;
}

/**
 * Settings of the ingest function.
 *
 * @throws SettingsError when one is missing or malformed: without a secret there is no ingest (fail closed)
 */
export function ingestSettings(environment: Environment = processEnvironment): IngestSettings {
  return {
    rawBucket: required(environment, 'AWS_S3_BUCKET'),
    chatIds: parseChatIds(required(environment, 'TELEGRAM_CHAT_ID'), 'TELEGRAM_CHAT_ID'),
    secretToken: parseSecretToken(required(environment, 'TELEGRAM_SECRET_TOKEN'), 'TELEGRAM_SECRET_TOKEN'),
    timeZone: timeZoneOf(environment),
    pathStyle: s3PathStyle(environment),
  };
}
