import { asInteger, asObject, asString, omitUndefined, parsedJson } from '../base/json.ts';
import { SettingsError } from '../base/settings-error.ts';
import { kindsOnlyByName } from './allowed-updates.ts';

/** The webhook of a bot, by the names of setWebhook's parameters: where its updates go when no lake stands in front. */
export interface BotWebhook {
  readonly url: string;
  /** Undefined where the bot expects none. */
  readonly secret_token?: string;
  /** The kinds of update that the bot asks for; undefined for Telegram's default. */
  readonly allowed_updates?: readonly string[];
  readonly max_connections?: number;
  /** The bot's own id, so that no other bot's updates are passed on to it. */
  readonly bot_id?: number;
}

/**
 * Reads a webhook that was stored as JSON.
 *
 * @param allowsLoopback - also http on this machine, where a bot is being developed
 * @throws SettingsError when it is malformed; the error repeats nothing of it, since a URL may hold a secret
 */
export function parseBotWebhook(text: string, name: string, allowsLoopback = false): BotWebhook {
  const fields = asObject(parsedJson(text));
  if (!fields) throw new SettingsError(name, 'must be a JSON object with the "url" of a webhook');
  const { url, secret_token, allowed_updates, max_connections, bot_id } = fields;
  const kinds = Array.isArray(allowed_updates) ? allowed_updates.filter((kind) => asString(kind)) : undefined;
  return omitUndefined({
    url: parseBotUrl(asString(url) ?? '', name, allowsLoopback),
    secret_token: parseBotSecret(asString(secret_token) ?? '', name),
    allowed_updates: kinds?.length ? kinds : undefined,
    max_connections: asInteger(max_connections),
    bot_id: asInteger(bot_id),
  }) as unknown as BotWebhook;
}

/**
 * The URL of a bot to which updates may be passed on: https, because updates and the secret go there.
 *
 * @throws SettingsError when it is not; the error does not repeat it
 */
export function parseBotUrl(text: string, name: string, allowsLoopback: boolean): string {
  const url = URL.parse(text);
  const isLoopback = url?.protocol === 'http:' && /^(127\.0\.0\.1|localhost|\[::1\])$/.test(url.hostname);
  if (url?.protocol === 'https:' || (isLoopback && allowsLoopback)) return text;
  throw new SettingsError(
    name,
    allowsLoopback
      ? 'must hold a URL that begins with https://, or with http://127.0.0.1 or http://localhost'
      : 'must hold a URL that begins with https://',
  );
}

/**
 * The secret that a bot expects, or undefined for none. Telegram takes fewer characters than a header can hold, but
 * this secret may be of another program.
 *
 * @throws SettingsError when it can be none
 */
export function parseBotSecret(text: string, name: string): string | undefined {
  if (/^[\x21-\x7e]{0,256}$/.test(text)) return text || undefined;
  throw new SettingsError(name, 'must hold a webhook secret of at most 256 characters, without spaces');
}

/** Whether Telegram would send this kind of update to the bot. */
export function asksForKind({ allowed_updates }: BotWebhook, kind: string): boolean {
  if (allowed_updates) return allowed_updates.includes(kind);
  return !kindsOnlyByName.some((name) => name === kind);
}
