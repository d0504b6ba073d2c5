import { asInteger, asObject, asString, type JsonObject } from '../base/json.ts';
import { addDays, countDays, type Day, daysBetween, isDay, localDay } from '../base/local-day.ts';

/** The days that one invocation brings up to date, and whether unchanged ones are rebuilt too. */
export interface DayRequest {
  readonly days: readonly Day[];
  readonly force: boolean;
  /** Whether days of an older form are rebuilt as well, as far as the time goes: once a night. */
  readonly catchesUp: boolean;
}

export interface DayRequestOptions {
  readonly timeZone: string;
  /** Days before the one that has just ended that the schedule looks at as well. */
  readonly lookbackDays: number;
  /** Whether the schedule builds the day that is still going on every hour. */
  readonly includeToday: boolean;
  /** The present, in Unix seconds: what `daysAgo` counts from. */
  readonly now: () => number;
}

/** The event asks for something that the ETL does not understand. Trying again cannot help. */
export class DayRequestError extends Error {
  override readonly name = 'DayRequestError';
}

// Ten years of days: more is a mistyped year.
const maximumDays = 3_660;

/**
 * Which days an event of the ETL function asks for.
 *
 * - EventBridge's scheduled event, which comes every hour: in the first hour after the group's midnight the day that
 * has
 * just ended and the look-back before it; in all other hours nothing. With `includeToday`, today too, in every hour.
 * The
 *   event's own time counts, so that a retry an hour later means the same days.
 * - By hand: `{"days":["2026-11-22"]}`, `{"from":"2026-11-01","to":"2026-11-22"}` or `{"daysAgo":0}`, each also
 *   with `"force":true`.
 *
 * @throws DayRequestError for anything else
 */
export function dayRequest(event: unknown, options: DayRequestOptions): DayRequest {
  const fields = asObject(event);
  if (!fields) throw new DayRequestError(`the event must be an object: ${forms}`);
  if (fields['detail-type'] === 'Scheduled Event') {
    return { ...scheduledDays(scheduledAtSeconds(fields), options), force: false };
  }

  const { force = false, ...rest } = fields;
  if (typeof force !== 'boolean') throw new DayRequestError('force must be true or false');
  const days = requestedDays(rest, () => localDay(options.now(), options.timeZone));
  return { days, force, catchesUp: false };
}

const forms =
  'a scheduled event, {"days":["YYYY-MM-DD"]}, {"from":"YYYY-MM-DD","to":"YYYY-MM-DD"} or {"daysAgo":0}, with "force":true if need be';

/**
 * Newest first, so that what people wait for is built before what seldom changes. Days that are over change now and
 * then for two more days, by edits: rebuilt every hour for those, they would cost more than all else.
 */
function scheduledDays(
  atSeconds: number,
  { timeZone, lookbackDays, includeToday }: DayRequestOptions,
): Pick<DayRequest, 'days' | 'catchesUp'> {
  const today = localDay(atSeconds, timeZone);
  const current = includeToday ? [today] : [];
  // Not by the clock's hour: where clocks go forward at midnight, that day has none that begins with 00. And not the
  // date before today's: where a zone crosses the date line, that day may never have been.
  const ended = localDay(atSeconds - 3_600, timeZone);
  if (ended >= today) return { days: current, catchesUp: false };
  const finished = daysBetween(addDays(ended, -lookbackDays), ended).reverse();
  return { days: [...current, ...finished], catchesUp: true };
}

function requestedDays(fields: JsonObject, today: () => Day): Day[] {
  switch (Object.keys(fields).sort().join()) {
    case 'days':
      return listedDays(fields.days);
    case 'from,to': {
      const [from, to] = [dayOf(fields.from), dayOf(fields.to)];
      if (to < from) throw new DayRequestError(`from ${from} is after to ${to}`);
      checkCount(countDays(from, to));
      return daysBetween(from, to);
    }
    case 'daysAgo': {
      const daysAgo = asInteger(fields.daysAgo);
      if (daysAgo === undefined || daysAgo < 0 || daysAgo > maximumDays) {
        throw new DayRequestError(`daysAgo must be a whole number from 0 to ${maximumDays}`);
      }
      return [addDays(today(), -daysAgo)];
    }
    default:
      throw new DayRequestError(`the event must be ${forms}`);
  }
}

function listedDays(value: unknown): Day[] {
  if (!Array.isArray(value) || value.length === 0) throw new DayRequestError('days must be a list of days');
  checkCount(value.length);
  return [...new Set(value.map(dayOf))];
}

function checkCount(days: number): void {
  if (days > maximumDays) throw new DayRequestError(`more than ${maximumDays} days`);
}

function dayOf(value: unknown): Day {
  const day = asString(value);
  if (day === undefined || !isDay(day))
    throw new DayRequestError('a day must be a date of the calendar, YYYY-MM-DD');
  return day;
}

function scheduledAtSeconds(fields: JsonObject): number {
  const milliseconds = Date.parse(asString(fields.time) ?? '');
  if (Number.isNaN(milliseconds)) throw new DayRequestError('the scheduled event has no time');
  return Math.floor(milliseconds / 1000);
}
