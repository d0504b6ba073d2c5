import { homedir } from 'node:os';
import { join } from 'node:path';
import { isTimeZone } from './base/local-day.ts';

/** A setting is missing or malformed. Names the variable, never its value: some are secrets. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly variable: string;

  constructor(variable: string, problem: string) {
    super(`${variable} ${problem}`);
    this.variable = variable;
  }
}

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Group time zone of the course this project began as. */
export const defaultTimeZone = 'America/Sao_Paulo';

export interface IngestSettings {
  readonly rawBucket: string;
  readonly chatIds: ReadonlySet<number>;
  readonly secretToken: string;
  readonly timeZone: string;
  readonly pathStyle: boolean;
}

/** Where days go that have more updates than one function reads in its time. */
export interface AthenaEtlSettings {
  readonly workGroup: string;
  readonly database: string;
  /** Days with at least so many updates are Athena's. */
  readonly fromObjects: number;
}

export interface EtlSettings {
  readonly rawBucket: string;
  readonly enrichedBucket: string;
  readonly timeZone: string;
  readonly lookbackDays: number;
  /** Whether the schedule keeps the day that is still going on up to date, too: `FRESHNESS=hourly`. */
  readonly includeToday: boolean;
  /** Undefined where there is no Athena: the function then reads every day itself. */
  readonly athena: AthenaEtlSettings | undefined;
  readonly pathStyle: boolean;
}

/**
 * Settings of the ingest function.
 *
 * @throws SettingsError when one is missing or malformed: without a secret there is no ingest (fail closed)
 */
export function ingestSettings(environment: Environment = process.env): IngestSettings {
  return {
    rawBucket: required(environment, 'AWS_S3_BUCKET'),
    chatIds: parseChatIds(required(environment, 'TELEGRAM_CHAT_ID'), 'TELEGRAM_CHAT_ID'),
    secretToken: parseSecretToken(required(environment, 'TELEGRAM_SECRET_TOKEN'), 'TELEGRAM_SECRET_TOKEN'),
    timeZone: timeZoneOf(environment),
    pathStyle: s3PathStyle(environment),
  };
}

/**
 * Settings of the ETL function.
 *
 * @throws SettingsError when one is missing or malformed
 */
export function etlSettings(environment: Environment = process.env): EtlSettings {
  return {
    rawBucket: required(environment, 'AWS_S3_BUCKET'),
    enrichedBucket: required(environment, 'AWS_S3_ENRICHED'),
    timeZone: timeZoneOf(environment),
    lookbackDays: parseLookbackDays(environment.LOOKBACK_DAYS?.trim() || '7'),
    includeToday: parseFreshness(environment.FRESHNESS?.trim() || 'daily') === 'hourly',
    athena: athenaOf(environment),
    pathStyle: s3PathStyle(environment),
  };
}

/** Webhook secret of the local endpoint where the environment sets none. */
export const defaultLocalSecret = 'local';

/**
 * The webhook secret of the local endpoint: `TELEGRAM_SECRET_TOKEN`, or the default.
 *
 * @throws SettingsError when the variable holds what Telegram would not accept
 */
export function localSecretToken(environment: Environment = process.env): string {
  return chosenSecretToken(environment) ?? defaultLocalSecret;
}

/**
 * The webhook secret in `TELEGRAM_SECRET_TOKEN`; undefined where there is none.
 *
 * @throws SettingsError when the variable holds what Telegram would not accept
 */
export function chosenSecretToken(environment: Environment = process.env): string | undefined {
  const secretToken = environment.TELEGRAM_SECRET_TOKEN?.trim();
  return secretToken ? parseSecretToken(secretToken, 'TELEGRAM_SECRET_TOKEN') : undefined;
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
export function botSettings(environment: Environment = process.env): BotSettings {
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
 * A webhook secret, as Telegram takes it.
 *
 * @throws SettingsError when Telegram would not
 */
export function parseSecretToken(text: string, name: string): string {
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(text)) {
    throw new SettingsError(
      name,
      'must be 1 to 256 of A-Z, a-z, 0-9, _ and -, as Telegram demands of a webhook secret',
    );
  }
  return text;
}

/**
 * One chat id or several, separated by commas: `-1001234567890,-42`.
 *
 * @param name - what to call the text in an error: a variable or an option
 * @throws SettingsError when one of them is no chat id
 */
export function parseChatIds(text: string, name: string): ReadonlySet<number> {
  const chatIds = text.split(',').map((part) => (/^\s*-?\d+\s*$/.test(part) ? Number(part) : Number.NaN));
  if (chatIds.some((id) => !Number.isSafeInteger(id) || id === 0)) {
    throw new SettingsError(
      name,
      'must be one chat id or several, separated by commas, such as -1001234567890',
    );
  }
  return new Set(chatIds);
}

/**
 * The chats that a command is about: those of its option `--chat-id`, else those of `TELEGRAM_CHAT_ID`. Undefined
 * where there is neither.
 *
 * @throws SettingsError when one of them is no chat id
 */
export function chosenChatIds(
  option: string | undefined,
  environment: Environment = process.env,
): ReadonlySet<number> | undefined {
  if (option !== undefined) return parseChatIds(option, '--chat-id');
  const variable = environment.TELEGRAM_CHAT_ID?.trim();
  return variable ? parseChatIds(variable, 'TELEGRAM_CHAT_ID') : undefined;
}

/**
 * An IANA time zone name, such as `America/Sao_Paulo`.
 *
 * @throws SettingsError when this machine knows no such zone
 */
export function parseTimeZone(text: string, name: string): string {
  // Offsets such as +03:00 are no names: SQL engines take them differently.
  if (!/^[A-Za-z]/.test(text) || !isTimeZone(text)) {
    throw new SettingsError(name, 'must be an IANA time zone name, such as America/Sao_Paulo');
  }
  return text;
}

/**
 * Whether buckets are addressed as `http://host/bucket`: wherever another endpoint than AWS's own is set, since such
 * servers seldom answer to a host name for each bucket.
 */
export function s3PathStyle(environment: Environment = process.env): boolean {
  return Boolean(environment.AWS_ENDPOINT_URL_S3 || environment.AWS_ENDPOINT_URL);
}

function parseApiRoot(text: string, name: string): string {
  const url = URL.parse(text);
  // What the root holds is printed when it cannot be reached, so it must hold no password.
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw new SettingsError(name, 'must be the URL of a Bot API server, such as https://api.telegram.org');
  }
  return url.href.replace(/\/+$/, '');
}

function parseLookbackDays(text: string): number {
  const days = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (!(days <= 366))
    throw new SettingsError('LOOKBACK_DAYS', 'must be a whole number of days from 0 to 366');
  return days;
}

/** Updates of a day from which on it is Athena's: three days of so many are what the function reads in its 15 minutes. */
export const defaultAthenaEtlFrom = 1_000_000;

function athenaOf(environment: Environment): AthenaEtlSettings | undefined {
  const workGroup = environment.ATHENA_WORK_GROUP?.trim();
  const database = environment.ATHENA_DATABASE?.trim();
  const fromObjects = Number(environment.ATHENA_ETL_FROM?.trim() || defaultAthenaEtlFrom);
  if (!Number.isSafeInteger(fromObjects) || fromObjects < 1) {
    throw new SettingsError('ATHENA_ETL_FROM', 'must be a whole number of raw objects, 1 or more');
  }
  if (!workGroup) return undefined;
  if (!database) throw new SettingsError('ATHENA_DATABASE', 'is not set');
  return { workGroup, database, fromObjects };
}

function parseFreshness(text: string): 'daily' | 'hourly' {
  if (text !== 'daily' && text !== 'hourly') throw new SettingsError('FRESHNESS', 'must be daily or hourly');
  return text;
}

function timeZoneOf(environment: Environment): string {
  return parseTimeZone(environment.TIME_ZONE?.trim() || defaultTimeZone, 'TIME_ZONE');
}

function required(environment: Environment, variable: string): string {
  const value = environment[variable]?.trim();
  if (!value) throw new SettingsError(variable, 'is not set');
  return value;
}

/** The folder for what this program remembers on a person's machine, by the XDG convention; it need not exist. */
export function configFolder(environment: Environment = process.env): string {
  const base = environment.XDG_CONFIG_HOME || join(environment.HOME || homedir(), '.config');
  return join(base, 'telegram-lake');
}
