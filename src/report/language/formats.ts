import type { Day } from '../../base/local-day.ts';

/** Numbers, days and times in the form of one language. */
export interface Formats {
  /** `4,562` or `4.562` */
  count(amount: number): string;
  /** With one decimal place, where it matters: `24.5`, `168` */
  number(amount: number): string;
  /** Of a number out of 100: `11.8%` */
  percent(percent: number): string;
  /** `22 November 2026` */
  day(day: Day): string;
  /** `Sunday, 22 November 2026` */
  fullDay(day: Day): string;
  /** `22 Nov 2026` */
  shortDay(day: Day): string;
  /** `22 Nov` */
  dayOfMonth(day: Day): string;
  /** A weekday of Trino's, 1 for Monday to 7: `Monday` */
  weekday(weekday: number): string;
  /** An hour of the day, 0 to 24: `20:00` or `20h` */
  hour(hour: number): string;
  /** A time as the saved queries write it, `2026-11-22 20:15`, or its day alone: `22 Nov 2026, 20:15` */
  clock(time: string): string;
  /** In the unit that fits: `45 seconds`, `12 minutes`, `3.4 hours`, `2.5 days` */
  duration(seconds: number): string;
  /** The same of whole hours, which are no finer: `1 hour`, `2.5 days` */
  hours(hours: number): string;
  /** `22 November 2026 at 20:15` by the clock of a time zone */
  moment(atSeconds: number, timeZone: string): string;
}

/**
 * The forms of a language, by its tag: `en-GB`, `pt-BR`.
 *
 * @param hour - how it writes a full hour, 0 to 23
 */
export function formats(tag: string, hour: (hour: number) => string): Formats {
  const whole = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
  const fraction = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 });
  const dated = (style: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(tag, { ...style, timeZone: 'UTC' });
    return (day: Day): string => format.format(new Date(`${day}T00:00:00Z`));
  };
  const weekday = dated({ weekday: 'long' });
  const shortDay = dated({ day: 'numeric', month: 'short', year: 'numeric' });
  const inUnit = (amount: number, unit: string, maximumFractionDigits: number): string =>
    new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits }).format(
      amount,
    );
  const hours = (amount: number): string =>
    amount < 36 ? inUnit(amount, 'hour', 1) : inUnit(amount / 24, 'day', 1);
  return {
    count: (amount) => whole.format(amount),
    number: (amount) => (amount < 100 ? fraction : whole).format(amount),
    percent: (amount) => percent.format(amount / 100),
    day: dated({ day: 'numeric', month: 'long', year: 'numeric' }),
    fullDay: dated({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    shortDay,
    dayOfMonth: dated({ day: 'numeric', month: 'short' }),
    // The first of January 2024 was a Monday.
    weekday: (day) => weekday(`2024-01-0${day}`),
    hour: (of) => hour(of % 24),
    clock: (time) => [shortDay(time.slice(0, 10)), time.slice(11)].filter(Boolean).join(', '),
    duration: (seconds) => {
      if (seconds < 90) return inUnit(seconds, 'second', 0);
      if (seconds < 90 * 60) return inUnit(seconds / 60, 'minute', 0);
      return hours(seconds / 3_600);
    },
    hours,
    moment: (atSeconds, timeZone) =>
      new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(
        atSeconds * 1000,
      ),
  };
}

/** The change from a number before, which is not 0, in whole percent. */
export const changePercent = ({ now, before }: { now: number; before: number }): number =>
  Math.round((100 * now) / before - 100);
