import type { Random } from '../base/random.ts';

/** The demo's first second: midnight of 2026-10-24, a Saturday, in São Paulo (UTC-3, no summer time). */
export const firstSecond = Date.UTC(2026, 9, 24, 3) / 1000;

/** The demo lasts from 2026-10-24 to 2026-11-22. */
export const dayCount = 30;

const daySeconds = 86_400;
const hourSeconds = 3_600;

/** The second after the demo's last. */
export const endSecond = firstSecond + dayCount * daySeconds;

/** The demo day, from 0, of a moment in Unix seconds. */
export const dayOf = (at: number): number => Math.floor((at - firstSecond) / daySeconds);

/** The hour of a moment on the group's own clock, from 0 to 23. */
export const hourOf = (at: number): number => Math.floor(((at - firstSecond) % daySeconds) / hourSeconds);

/** A moment in Unix seconds, from the demo day and the group's own clock. */
export const moment = (day: number, hours: number, minutes = 0, seconds = 0): number =>
  firstSecond + day * daySeconds + hours * hourSeconds + minutes * 60 + seconds;

const weekdayVolume = [0.38, 1, 1.25, 0.95, 1.3, 0.8, 0.42] as const; // Sunday first
const deadlineDay = 25;
const volumeOfDay: Readonly<Record<number, number>> = {
  9: 0.55, // All Souls' Day, a holiday
  23: 1.2,
  24: 1.35,
  [deadlineDay]: 1.8,
  26: 0.7,
  27: 0.5, // Black Consciousness Day, a holiday
  28: 0.8,
  29: 0.8,
};

/** How busy a demo day is, where 1 is an ordinary Monday: lessons on Tuesday and Thursday, a deadline on day 25. */
export function dayVolume(day: number): number {
  const weekday = (6 + day) % 7; // day 0 is a Saturday
  return (weekdayVolume[weekday] ?? 1) * (volumeOfDay[day] ?? 1);
}

/** True on the evenings of a lesson. */
export const isLessonDay = (day: number): boolean => [2, 4].includes((6 + day) % 7) && day !== 9;

const hourVolume = [
  0.6, 0.25, 0.1, 0.03, 0.02, 0.05, 0.3, 0.9, 1.6, 2, 2.2, 2, 2.4, 2, 1.7, 1.7, 1.8, 2, 2.6, 4.2, 5.6, 5, 3.3,
  1.6,
] as const;

/** A moment of the given day, more likely in the evening than at dawn. */
export function someMoment(random: Random, day: number): number {
  const hour = random.weighted([...hourVolume.keys()], (candidate) => hourVolume[candidate] ?? 0);
  return moment(day, hour, random.between(0, 59), random.between(0, 59));
}

/** The moment itself, or the next morning when people would be asleep: nobody answers at four. */
export function awake(random: Random, at: number): number {
  const hour = hourOf(at);
  if (hour < 1 || hour >= 7) return at;
  return moment(dayOf(at), 7) + random.between(0, 90 * 60);
}
