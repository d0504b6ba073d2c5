import { homedir } from 'node:os';
import { join } from 'node:path';
import { SettingsError } from '../base/settings-error.ts';
import { type Chats, parseChats } from '../lake/chats.ts';
import { type Environment, parseSecretToken, processEnvironment } from '../lake/settings.ts';
import { type BotWebhook, parseBotSecret, parseBotUrl } from '../telegram/bot-webhook.ts';

/** Webhook secret of the local endpoint where the environment sets none. */
export const defaultLocalSecret = 'local';

/**
 * The webhook secret of the local endpoint: `TELEGRAM_SECRET_TOKEN`, or the default.
 *
 * @throws SettingsError when the variable holds what Telegram would not accept
 */
export function localSecretToken(environment: Environment = processEnvironment): string {
  return chosenSecretToken(environment) ?? defaultLocalSecret;
}

/**
 * The webhook secret in `TELEGRAM_SECRET_TOKEN`; undefined where there is none.
 *
 * @throws SettingsError when the variable holds what Telegram would not accept
 */
export function chosenSecretToken(environment: Environment = processEnvironment): string | undefined {
  const secretToken = environment.TELEGRAM_SECRET_TOKEN?.trim();
  return secretToken ? parseSecretToken(secretToken, 'TELEGRAM_SECRET_TOKEN') : undefined;
}

/**
 * The webhook of a bot that runs behind the lake: its URL from the option `--forward-url`, else from
 * `TELEGRAM_FORWARD_URL`; the secret it expects, where it expects one, from `TELEGRAM_FORWARD_SECRET_TOKEN`. Undefined
 * where there is no URL.
 *
 * @throws SettingsError when one of them is malformed
 */
export function forwardTarget(
  option: string | undefined,
  environment: Environment = processEnvironment,
): BotWebhook | undefined {
  const text = option ?? environment.TELEGRAM_FORWARD_URL?.trim();
  if (!text) return undefined;
  const url = parseBotUrl(text, option === undefined ? 'TELEGRAM_FORWARD_URL' : '--forward-url', true);
  const variable = 'TELEGRAM_FORWARD_SECRET_TOKEN';
  const secret_token = parseBotSecret(environment[variable]?.trim() ?? '', variable);
  return secret_token === undefined ? { url } : { url, secret_token };
}

/** The file that `TELEGRAM_BOT_TOKEN_FILE` names for the bot token. */
export function namedTokenFile(environment: Environment = processEnvironment): string | undefined {
  return environment.TELEGRAM_BOT_TOKEN_FILE?.trim() || undefined;
}

/** How to reach Telegram's Bot API as one bot. */
export interface BotSettings {
  /** Undefined where a person has to be asked for it. */
  readonly token: string | undefined;
  /** Without a slash at the end. */
  readonly apiRoot: string;
}

/**
 * Settings of the commands that call the Bot API: `TELEGRAM_BOT_TOKEN`, and `TELEGRAM_API_ROOT` for one's own Bot
 * API server.
 *
 * @throws SettingsError when one of them is malformed
 */
export function botSettings(environment: Environment = processEnvironment): BotSettings {
  const token = environment.TELEGRAM_BOT_TOKEN?.trim();
  const apiRoot = environment.TELEGRAM_API_ROOT?.trim() || 'https://api.telegram.org';
  return {
    token: token ? parseBotToken(token, 'TELEGRAM_BOT_TOKEN') : undefined,
    apiRoot: parseApiRoot(apiRoot, 'TELEGRAM_API_ROOT'),
  };
}

/**
 * A bot token, as BotFather gives it.
 *
 * @throws SettingsError when it cannot be one
 */
export function parseBotToken(text: string, name: string): string {
  if (!/^\d{1,20}:[A-Za-z0-9_-]{30,80}$/.test(text)) {
    throw new SettingsError(
      name,
      'must be a bot token as BotFather gives it: digits, a colon, then 35 characters',
    );
  }
  return text;
}

/**
 * The chats that a command is about: those of its option `--chat-id`, else those of `TELEGRAM_CHAT_ID`. Undefined
 * where there is neither.
 *
 * @throws SettingsError when one of them is neither an id nor `private` or `all`
 */
export function chosenChats(
  option: string | undefined,
  environment: Environment = processEnvironment,
): Chats | undefined {
  if (option !== undefined) return parseChats(option, '--chat-id');
  const variable = environment.TELEGRAM_CHAT_ID?.trim();
  return variable ? parseChats(variable, 'TELEGRAM_CHAT_ID') : undefined;
}

/**
 * Lets every AWS client of this process work in the region that the other tools work in: `AWS_REGION`, else
 * `AWS_DEFAULT_REGION`, which the JavaScript SDK does not read, else the one in which the stack was deployed from here,
 * else that of the profile.
 *
 * @param named - the stack that the command is about
 * @param deployed - the stack that was deployed from here
 */
export function chooseRegion(
  named: string | undefined,
  deployed: { readonly stack: string; readonly region: string } | undefined,
  environment: Record<string, string | undefined> = processEnvironment as NodeJS.ProcessEnv,
): void {
  if (environment.AWS_REGION) return;
  const own = deployed && deployed.stack === named ? deployed.region : undefined;
  const region = environment.AWS_DEFAULT_REGION || own;
  if (region) environment.AWS_REGION = region;
}

function parseApiRoot(text: string, name: string): string {
  const url = URL.parse(text);
  // What the root holds is printed when it cannot be reached, so it must hold no password.
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw new SettingsError(name, 'must be the URL of a Bot API server, such as https://api.telegram.org');
  }
  return url.href.replace(/\/+$/, '');
}

/** The folder for what this program remembers on a person's machine, by the XDG convention; it need not exist. */
export function configFolder(environment: Environment = processEnvironment): string {
  const base = environment.XDG_CONFIG_HOME || join(environment.HOME || homedir(), '.config');
  return join(base, 'telegram-lake');
}
