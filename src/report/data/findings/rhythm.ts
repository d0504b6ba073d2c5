import { amountOf, greatest, type Row, sumOf, textOf } from '../records.ts';
import type { FindingRule } from './rule.ts';

/** When the group writes. */
export const rhythm = {
  'busiest-day': {
    columns: ['context_date', 'message_amount', 'week_average'],
    describe: (rows, { sentences }) => {
      if (rows.length < 3) return [3, 'days'];
      const busiest = greatest(rows, 'message_amount');
      const newest = rows[0]?.week_average;
      return sentences.busiestDay({
        day: textOf(busiest, 'context_date'),
        messages: amountOf(busiest, 'message_amount'),
        average: averageWorthTelling(sumOf(rows, 'message_amount') / rows.length),
        lastWeekAverage: typeof newest === 'number' ? newest : undefined,
      });
    },
  },

  'active-days': {
    columns: ['context_date', 'message_amount'],
    describe: (rows, { sentences }) => {
      if (rows.length < 7) return [7, 'days'];
      const silence = longestSilence(rows);
      return sentences.activeDays({
        days: rows.length,
        active: rows.filter((row) => amountOf(row, 'message_amount') > 0).length,
        longestSilence: silence.days,
        silenceFrom: silence.from,
      });
    },
  },

  'busiest-hour': {
    columns: ['hour_of_day', 'message_amount', 'message_share_percent', 'user_amount'],
    describe: (rows, { sentences }) => {
      if (sumOf(rows, 'message_amount') < 20) return [20, 'messages'];
      const [busiest] = rows;
      return sentences.busiestHour({
        hour: amountOf(busiest, 'hour_of_day'),
        messages: amountOf(busiest, 'message_amount'),
        percent: amountOf(busiest, 'message_share_percent'),
        people: amountOf(busiest, 'user_amount'),
      });
    },
  },

  'busiest-hour-of-week': {
    columns: ['parsed_date_weekday', 'parsed_date_hour', 'message_amount'],
    describe: (rows, { sentences }) => {
      const all = sumOf(rows, 'message_amount');
      if (all < 100) return [100, 'messages'];
      const hours = Map.groupBy(
        rows,
        (row) => 24 * amountOf(row, 'parsed_date_weekday') + amountOf(row, 'parsed_date_hour'),
      );
      const sorted = [...hours]
        .map(([hour, rowsOfHour]) => ({ hour, messages: sumOf(rowsOfHour, 'message_amount') }))
        .sort((one, other) => other.messages - one.messages || one.hour - other.hour);
      const busiest = sorted[0]?.hour ?? 0;
      let sum = 0;
      const half = sorted.findIndex(({ messages }) => {
        sum += messages;
        return 2 * sum >= all;
      });
      return sentences.busiestHourOfWeek({
        weekday: Math.floor(busiest / 24),
        hour: busiest % 24,
        half: half + 1,
      });
    },
  },
} satisfies Readonly<Record<string, FindingRule>>;

/** @param rows - one for each calendar day, the newest first */
function longestSilence(rows: readonly Row[]): { days: number; from: string } {
  let longest = { days: 0, from: '' };
  let days = 0;
  for (const row of rows) {
    days = amountOf(row, 'message_amount') === 0 ? days + 1 : 0;
    if (days > longest.days) longest = { days, from: textOf(row, 'context_date') };
  }
  return longest;
}

/** A factor over an average that is written as 0 or nearly so would say nothing. */
const averageWorthTelling = (average: number): number | undefined => (average < 0.5 ? undefined : average);
