import type { Day } from '../../lake/local-day.ts';

/** Numbers, days and times in the form of one language. */
export interface Formats {
  /** `4,562` or `4.562` */
  count(amount: number): string;
  /** With one decimal place at most: `167.6` */
  number(amount: number): string;
  /** Of a number out of 100: `11.8%` */
  percent(percent: number): string;
  /** `22 November 2026` */
  day(day: Day): string;
  /** `22 Nov 2026` */
  shortDay(day: Day): string;
  /** A weekday of Trino's, 1 for Monday to 7: `Monday` */
  weekday(weekday: number): string;
  /** An hour of the day, 0 to 24: `20:00` */
  hour(hour: number): string;
  /** In the unit that fits: `45 sec`, `12 min`, `3.4 hr`, `2.5 days` */
  duration(seconds: number): string;
  /** `22 November 2026, 20:15` by the clock of a time zone */
  moment(atSeconds: number, timeZone: string): string;
}

/** The forms of a language, by its tag: `en-GB`, `pt-BR`. */
export function formats(tag: string): Formats {
  const number = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 });
  const dated = (style: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(tag, { ...style, timeZone: 'UTC' });
    return (day: Day): string => format.format(new Date(`${day}T00:00:00Z`));
  };
  const weekday = dated({ weekday: 'long' });
  const inUnit = (amount: number, unit: string): string =>
    new Intl.NumberFormat(tag, {
      style: 'unit',
      unit,
      unitDisplay: unit === 'day' ? 'long' : 'short',
      maximumFractionDigits: unit === 'minute' || unit === 'second' ? 0 : 1,
    }).format(amount);
  return {
    count: (amount) => number.format(amount),
    number: (amount) => number.format(amount),
    percent: (amount) => percent.format(amount / 100),
    day: dated({ day: 'numeric', month: 'long', year: 'numeric' }),
    shortDay: dated({ day: 'numeric', month: 'short', year: 'numeric' }),
    // The first of January 2024 was a Monday.
    weekday: (day) => weekday(`2024-01-0${day}`),
    hour: (hour) => `${String(hour % 24).padStart(2, '0')}:00`,
    duration: (seconds) => {
      if (seconds < 90) return inUnit(seconds, 'second');
      if (seconds < 90 * 60) return inUnit(seconds / 60, 'minute');
      if (seconds < 36 * 3_600) return inUnit(seconds / 3_600, 'hour');
      return inUnit(seconds / 86_400, 'day');
    },
    moment: (atSeconds, timeZone) =>
      new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(
        atSeconds * 1000,
      ),
  };
}
