/** A calendar day, `YYYY-MM-DD`. Days compare and sort as strings. */
export type Day = string;

/**
 * The calendar day on which something happened, as the people of a time zone saw it.
 *
 * Partitions are cut by local day: in São Paulo a message of 22:30 belongs to the day that is still going on,
 * though in UTC it is tomorrow.
 *
 * @param atSeconds - Unix time in seconds, as Telegram's `message.date`: not milliseconds
 * @throws RangeError when `timeZone` is not an IANA name
 * @example localDay(1767234600, 'America/Sao_Paulo') // '2025-12-31'
 */
export function localDay(atSeconds: number, timeZone: string): Day {
  return localTime(atSeconds, timeZone).slice(0, 10);
}

/**
 * The wall-clock time of a time zone as `YYYY-MM-DDTHH:mm:ss`, without an offset.
 *
 * Where clocks are put back, one hour of the year has each of its times twice.
 *
 * @param atSeconds - Unix time in seconds
 * @throws RangeError when `timeZone` is not an IANA name, or the year is not of four digits
 * @example localTime(1767234600, 'America/Sao_Paulo') // '2025-12-31T23:30:00'
 */
export function localTime(atSeconds: number, timeZone: string): string {
  const offsetSeconds = utcOffsetSeconds(atSeconds, timeZone);
  const text = new Date((atSeconds + offsetSeconds) * 1000).toISOString();
  if (text.length !== 24) throw new RangeError(`${atSeconds} s is not within the years 0 to 9999`);
  return text.slice(0, 19);
}

/**
 * The Unix seconds of a wall-clock time: what `localTime` turns back. None for a text that is no such time, two where
 * clocks were put back and showed it twice, the earlier first. A time that clocks skipped is taken as if they had not.
 *
 * @param local - `YYYY-MM-DDTHH:mm:ss`
 * @throws RangeError when `timeZone` is not an IANA name
 * @example secondsOfLocalTime('2025-12-31T23:30:00', 'America/Sao_Paulo') // [1767234600]
 */
export function secondsOfLocalTime(local: string, timeZone: string): readonly number[] {
  if (!/^(?!0000)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(local)) return [];
  const asUtc = Date.parse(`${local}Z`) / 1000;
  if (Number.isNaN(asUtc)) return [];
  // Offsets change at most once within two days: one before the change and one after it are all there can be.
  const offsets = [asUtc - 86_400, asUtc + 86_400].map((near) => utcOffsetSeconds(near, timeZone));
  const candidates = [...new Set(offsets)].map((offset) => asUtc - offset);
  const shown = candidates.filter((seconds) => localTime(seconds, timeZone) === local);
  return shown.length > 0 ? shown : candidates.slice(0, 1);
}

/** Whether `timeZone` is an IANA name that this machine knows. */
export function isTimeZone(timeZone: string): boolean {
  try {
    formatterOf(timeZone);
    return true;
  } catch {
    return false;
  }
}

/** Whether `text` is a day of the calendar: `2026-02-29` is not. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && addDays(text, 0) === text;
}

/**
 * The day `count` days later, or earlier when `count` is negative. Pure calendar arithmetic: no time zone is in it.
 *
 * @example addDays('2026-03-01', -1) // '2026-02-28'
 */
export function addDays(day: Day, count: number): Day {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(midnight) ? '' : new Date(midnight + count * 86_400_000).toISOString().slice(0, 10);
}

/** How many days there are from `from` to `to`, both included; 0 when `to` is earlier. */
export function countDays(from: Day, to: Day): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1);
}

/** The days from `from` to `to`, both included and in order; none when `to` is earlier. */
export function daysBetween(from: Day, to: Day): Day[] {
  return Array.from({ length: countDays(from, to) }, (_, count) => addDays(from, count));
}

// Zones change their offset on quarter hours, so one formatted answer serves every second of its quarter; but for a few
// quarters, such as that of Casey in Antarctica, which changed its clocks a minute past midnight.
const quarterSeconds = 900;
const offsetsByZone = new Map<string, Map<number, number>>();
const maximumOffsets = 50_000;
const changesWithin = Number.NaN;

function utcOffsetSeconds(atSeconds: number, timeZone: string): number {
  const quarter = Math.floor(atSeconds / quarterSeconds);
  const offsets = offsetsByZone.get(timeZone) ?? new Map<number, number>();
  offsetsByZone.set(timeZone, offsets);
  let offset = offsets.get(quarter);
  if (offset === undefined) {
    const first = formattedOffsetSeconds(quarter * quarterSeconds, timeZone);
    const last = formattedOffsetSeconds((quarter + 1) * quarterSeconds - 1, timeZone);
    offset = first === last ? first : changesWithin;
    if (offsets.size >= maximumOffsets) offsets.clear();
    offsets.set(quarter, offset);
  }
  return Number.isNaN(offset) ? formattedOffsetSeconds(atSeconds, timeZone) : offset;
}

function formattedOffsetSeconds(atSeconds: number, timeZone: string): number {
  // 'GMT-03:00', 'GMT', and with seconds for the local mean times of the 19th century: 'GMT-03:06:28'.
  const name = formatterOf(timeZone)
    .formatToParts(atSeconds * 1000)
    .find((part) => part.type === 'timeZoneName')?.value;
  const match = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(name ?? '');
  if (!match) throw new RangeError(`no offset known for time zone ${timeZone}`);
  const [, sign, hours = 0, minutes = 0, seconds = 0] = match;
  const magnitude = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return sign === '-' ? -magnitude : magnitude;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}
