import type { Value } from '../../../query/query-runner.ts';
import { amountOf, greatest, median, sumOf, textOf } from '../records.ts';
import type { FindingRule } from './rule.ts';

/** Who writes. */
export const people = {
  'most-active': {
    columns: ['user_first_name', 'message_amount'],
    describe: (rows, { sentences }) => {
      if (rows.length < 2) return [2, 'people'];
      const leaders = Math.min(5, Math.ceil(rows.length / 5));
      const all = sumOf(rows, 'message_amount');
      return sentences.mostActive({
        name: textOf(rows[0], 'user_first_name'),
        messages: amountOf(rows[0], 'message_amount'),
        all,
        leaders,
        percent: (100 * sumOf(rows.slice(0, leaders), 'message_amount')) / all,
        people: rows.length,
      });
    },
  },

  newcomers: {
    columns: ['week_start', 'user_amount', 'newcomer_amount'],
    describe: (rows, { sentences }) => {
      // In the first week everybody is new, and the newest may be half a week.
      if (rows.length < 3) return [3, 'weeks'];
      const [, whole] = rows;
      return sentences.newcomers({
        people: amountOf(whole, 'user_amount'),
        newcomers: amountOf(whole, 'newcomer_amount'),
        week: textOf(whole, 'week_start'),
      });
    },
  },

  replies: {
    columns: ['user_first_name', 'reply_to_first_name', 'reply_amount'],
    describe: (rows, { sentences }) => {
      const all = sumOf(rows, 'reply_amount');
      if (all < 10) return [10, 'replies'];
      // By names, which are one for each person: results without traces of people have no ids.
      const pair = (one: Value | undefined, other: Value | undefined) => JSON.stringify([one, other]);
      const pairs = new Set(rows.map((row) => pair(row.user_first_name, row.reply_to_first_name)));
      const mutual = rows.filter((row) =>
        pairs.has(pair(row.reply_to_first_name, row.user_first_name)),
      ).length;
      return sentences.replies({
        from: textOf(rows[0], 'user_first_name'),
        to: textOf(rows[0], 'reply_to_first_name'),
        replies: amountOf(rows[0], 'reply_amount'),
        mutual: mutual / 2,
      });
    },
  },

  'message-length': {
    columns: ['user_first_name', 'text_amount', 'median_message_length'],
    describe: (rows, { sentences }) => {
      // Those whom the chart shows.
      const writers = rows.filter((row) => amountOf(row, 'text_amount') >= 10).slice(0, 15);
      const longest = greatest(writers, 'median_message_length');
      const typical = median(writers.map((row) => amountOf(row, 'median_message_length')));
      if (writers.length < 3 || typical === undefined) return [3, 'people'];
      return sentences.messageLength({
        name: textOf(longest, 'user_first_name'),
        characters: amountOf(longest, 'median_message_length'),
        typical,
      });
    },
  },
} satisfies Readonly<Record<string, FindingRule>>;
