import { amountOf, greatest, median, sumOf, textOf, wholePercent } from '../records.ts';
import type { FindingRule } from './rule.ts';

/** What is asked, and whether it is answered. */
export const questions = {
  'top-term': {
    columns: ['term', 'question_amount'],
    describe: (rows, { sentences }) => {
      const questions = amountOf(rows[0], 'question_amount');
      if (questions < 3) return [3, 'questions'];
      const second = rows[1] && textOf(rows[1], 'term');
      const isTied = amountOf(rows[1], 'question_amount') === questions;
      return sentences.topTerm({ term: textOf(rows[0], 'term'), questions, second, isTied });
    },
  },

  answered: {
    columns: ['question_amount', 'answered_amount', 'confirmed_amount'],
    describe: (rows, { sentences }) => {
      const questions = sumOf(rows, 'question_amount');
      if (questions < 5) return [5, 'questions'];
      const answered = sumOf(rows, 'answered_amount');
      const newest = rows.slice(0, 7);
      const asked = sumOf(newest, 'question_amount');
      return sentences.answered({
        answered,
        questions,
        percent: wholePercent(answered, questions),
        confirmedPercent: wholePercent(sumOf(rows, 'confirmed_amount'), questions),
        newest:
          rows.length >= 14 && asked >= 5 ? wholePercent(sumOf(newest, 'answered_amount'), asked) : undefined,
        days: newest.length,
      });
    },
  },

  'time-to-reply': {
    columns: ['context_date', 'median_seconds_to_reply'],
    describe: (rows, { sentences }) => {
      const days = rows.filter((row) => row.median_seconds_to_reply !== null);
      const typical = median(days.map((row) => amountOf(row, 'median_seconds_to_reply')));
      if (days.length < 3 || typical === undefined) return [3, 'days'];
      const slowest = greatest(days, 'median_seconds_to_reply');
      return sentences.timeToReply({
        typical,
        slowest: amountOf(slowest, 'median_seconds_to_reply'),
        day: textOf(slowest, 'context_date'),
      });
    },
  },
} satisfies Readonly<Record<string, FindingRule>>;
