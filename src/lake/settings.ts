import { isTimeZone } from '../base/local-day.ts';
import { SettingsError } from '../base/settings-error.ts';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** This process's environment variables: the only place that reads them. */
export const processEnvironment: Environment = process.env;

/** Group time zone of the course this project began as. */
export const defaultTimeZone = 'America/Sao_Paulo';

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
export function s3PathStyle(environment: Environment = processEnvironment): boolean {
  return Boolean(environment.AWS_ENDPOINT_URL_S3 || environment.AWS_ENDPOINT_URL);
}

/** The group's time zone: `TIME_ZONE`, or the default. */
export function timeZoneOf(environment: Environment): string {
  return parseTimeZone(environment.TIME_ZONE?.trim() || defaultTimeZone, 'TIME_ZONE');
}

/**
 * The value of a variable that must be set.
 *
 * @throws SettingsError when it is missing or blank
 */
export function required(environment: Environment, variable: string): string {
  const value = environment[variable]?.trim();
  if (!value) throw new SettingsError(variable, 'is not set');
  return value;
}
