import { addDays, type Day, localDay, secondsOfLocalTime } from '../base/local-day.ts';
import { launchSeconds } from '../telegram/launch.ts';

/*
 * Which dates may enter the calendar. Telegram itself has never been seen to send others; a test by hand, or anybody
 * who knows the secret, may. One such date would make the group's calendar span decades.
 */

const daySeconds = 86_400;

/**
 * The Unix seconds whose day an update is filed under: its own date, or its arrival where that date is missing, before
 * Telegram's first day, or after tomorrow.
 *
 * The present is needed here and nowhere else: what a day's raw objects are is decided once, when they arrive.
 *
 * @param dateSeconds - the update's own date; undefined where it has none
 */
export function filedAtSeconds(
  dateSeconds: number | undefined,
  arrivedAtSeconds: number,
  timeZone: string,
): number {
  if (dateSeconds === undefined || dateSeconds < launchSeconds) return arrivedAtSeconds;
  // The clock was never set: then Telegram knows better.
  if (arrivedAtSeconds < launchSeconds || dateSeconds < arrivedAtSeconds) return dateSeconds;
  return dateSeconds > endOfTomorrow(arrivedAtSeconds, timeZone) ? arrivedAtSeconds : dateSeconds;
}

/** The last second of tomorrow in a time zone: nothing that was sent by now can have a later date. */
export function endOfTomorrow(nowSeconds: number, timeZone: string): number {
  const tomorrow = addDays(localDay(nowSeconds, timeZone), 1);
  return secondsOfLocalTime(`${tomorrow}T23:59:59`, timeZone).at(-1) ?? nowSeconds + 2 * daySeconds;
}

/**
 * The date of a message as its row has it, by the day it is filed under alone: undefined where the message cannot have
 * been sent then.
 *
 * Up to a year later than its day a date stands: then the clock of the machine that filed it was behind, and the date
 * is Telegram's own.
 */
export function plausibleDate(seconds: number | undefined, day: Day): number | undefined {
  if (seconds === undefined || seconds < launchSeconds) return undefined;
  return seconds < secondsOf(day) + 366 * daySeconds ? seconds : undefined;
}

/** Whether a date lies after its day, in whatever zone that day is meant: clocks are at most 12 hours behind UTC. */
export function isAfterDay(seconds: number, day: Day): boolean {
  return seconds >= secondsOf(day) + 2 * daySeconds;
}

/**
 * Whether messages can be of this day, in any zone: from Telegram's first day to a year from now, for clocks that are
 * behind.
 *
 * An earlier version filed messages by any date, so that a lake may have folders of 1969 and 2099.
 *
 * @param nowSeconds - the present; before Telegram's first day the clock was never set, and then no day is too late
 */
export function isPlausibleDay(day: Day, nowSeconds = Math.floor(Date.now() / 1000)): boolean {
  if (secondsOf(day) < launchSeconds - daySeconds) return false;
  return nowSeconds < launchSeconds || secondsOf(day) < nowSeconds + 366 * daySeconds;
}

function secondsOf(day: Day): number {
  return Date.parse(day) / 1000;
}
