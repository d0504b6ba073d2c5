import type { Random } from '../base/random.ts';

/** The demo lasts thirty days. */
export const dayCount = 30;

/** The last day where no other is asked for: tests and golden results are of this month. */
export const fixedLastDay = '2026-11-22';

/** The month of the demo group: its days count from 0, its clock is São Paulo's (UTC-3, no summer time). */
export interface Calendar {
  /** Midnight of the first day, in Unix seconds. */
  readonly firstSecond: number;
  /** The second after the last. */
  readonly endSecond: number;
  /** The day on which the project is due, as people say it: `quarta, dia 18/11`. */
  readonly deadline: string;
  /** The day of a moment in Unix seconds. */
  dayOf(at: number): number;
  /** The hour of a moment on the group's own clock, from 0 to 23. */
  hourOf(at: number): number;
  /** A moment in Unix seconds, from a day and the group's own clock. */
  moment(day: number, hours: number, minutes?: number, seconds?: number): number;
  /** How busy a day is, where 1 is an ordinary Monday: lessons on Tuesday and Thursday, a deadline on day 25. */
  volume(day: number): number;
  /** True on the evenings of a lesson. */
  isLessonDay(day: number): boolean;
  /** A moment of the given day, more likely in the evening than at dawn. */
  someMoment(random: Random, day: number): number;
  /** The moment itself, or the next morning when people would be asleep: nobody answers at four. */
  awake(random: Random, at: number): number;
}

const daySeconds = 86_400;
const hourSeconds = 3_600;
const deadlineDay = 25;
const holiday = 9;

const weekdayVolume = [0.38, 1, 1.25, 0.95, 1.3, 0.8, 0.42] as const; // Sunday first
const volumeOfDay: Readonly<Record<number, number>> = {
  [holiday]: 0.55,
  23: 1.2,
  24: 1.35,
  [deadlineDay]: 1.8,
  26: 0.7,
  27: 0.5, // another holiday
  28: 0.8,
  29: 0.8,
};

const hourVolume = [
  0.6, 0.25, 0.1, 0.03, 0.02, 0.05, 0.3, 0.9, 1.6, 2, 2.2, 2, 2.4, 2, 1.7, 1.7, 1.8, 2, 2.6, 4.2, 5.6, 5, 3.3,
  1.6,
] as const;

/** The month that ends with this day. */
export function calendarUntil(lastDay: string): Calendar {
  const [year = 0, month = 1, date = 1] = lastDay.split('-').map(Number);
  const firstSecond = Date.UTC(year, month - 1, date - dayCount + 1, 3) / 1000;
  const dayOf = (at: number) => Math.floor((at - firstSecond) / daySeconds);
  const hourOf = (at: number) => Math.floor(((at - firstSecond) % daySeconds) / hourSeconds);
  const moment = (day: number, hours: number, minutes = 0, seconds = 0) =>
    firstSecond + day * daySeconds + hours * hourSeconds + minutes * 60 + seconds;
  const dateOf = (day: number) => new Date(moment(day, 12) * 1000);
  const weekday = (day: number) => dateOf(day).getUTCDay();
  return {
    firstSecond,
    endSecond: firstSecond + dayCount * daySeconds,
    deadline: spoken(dateOf(deadlineDay)),
    dayOf,
    hourOf,
    moment,
    volume: (day) => (weekdayVolume[weekday(day)] ?? 1) * (volumeOfDay[day] ?? 1),
    isLessonDay: (day) => [2, 4].includes(weekday(day)) && day !== holiday,
    someMoment(random, day) {
      const hour = random.weighted([...hourVolume.keys()], (candidate) => hourVolume[candidate] ?? 0);
      return moment(day, hour, random.between(0, 59), random.between(0, 59));
    },
    awake(random, at) {
      const hour = hourOf(at);
      if (hour < 1 || hour >= 7) return at;
      return moment(dayOf(at), 7) + random.between(0, 90 * 60);
    },
  };
}

function spoken(date: Date): string {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('pt-BR', { timeZone: 'UTC', ...options }).format(date);
  const weekday = part({ weekday: 'long' }).replace('-feira', '');
  return `${weekday}, dia ${part({ day: '2-digit', month: '2-digit' })}`;
}
