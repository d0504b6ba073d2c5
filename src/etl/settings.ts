import { SettingsError } from '../base/settings-error.ts';
import { type Environment, processEnvironment, required, s3PathStyle, timeZoneOf } from '../lake/settings.ts';

/** Where days go that have more updates than one function reads in its time. */
export interface AthenaEtlSettings {
  readonly workGroup: string;
  readonly database: string;
  /** Days with at least this many updates are built by Athena. */
  readonly fromObjects: number;
}

export interface EtlSettings {
  readonly rawBucket: string;
  readonly enrichedBucket: string;
  readonly timeZone: string;
  readonly lookbackDays: number;
  /** Whether the schedule also builds the day that is still going on, every hour: `FRESHNESS=hourly`. */
  readonly includeToday: boolean;
  /** Undefined where there is no Athena: the function then reads every day itself. */
  readonly athena: AthenaEtlSettings | undefined;
  readonly pathStyle: boolean;
}

/**
 * Settings of the ETL function.
 *
 * @throws SettingsError when one is missing or malformed
 */
export function etlSettings(environment: Environment = processEnvironment): EtlSettings {
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

function parseLookbackDays(text: string): number {
  const days = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (!(days <= 366))
    throw new SettingsError('LOOKBACK_DAYS', 'must be a whole number of days from 0 to 366');
  return days;
}

/**
 * Updates of a day from which on it is Athena's: three days of so many are what the function reads in its 15 minutes.
 */
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
