import type { ResultTable, Value } from '../../query/query-runner.ts';
import type { FindingName } from '../finding-names.ts';
import { columnLabel, valueLabel } from '../language/labels.ts';
import type { Language } from '../language/language.ts';
import { cellText, isAmount, withoutIds } from './cell-text.ts';
import { amountOf, greatest, median, type Row, rowsOf, sumOf, textOf } from './records.ts';

/** What is told of a chart: one sentence. */
export interface Finding {
  readonly sentence: string;
  /** False where the sentence says that there is too little to sentences. */
  readonly hasEnoughData: boolean;
}

/**
 * One sentence that the rows of a chart say, or that there are too few of them to say anything.
 *
 * @param result - of the chart's saved query, with at least one row
 */
export function findingOf(name: FindingName, result: ResultTable, language: Language): Finding {
  const found = findings[name](rowsOf(result), language, result);
  return typeof found === 'string'
    ? { sentence: found, hasEnoughData: true }
    : notEnoughData(found, language);
}

/** How much of what it takes at least. */
export type Need = readonly [amount: number, of: keyof Language['sentences']['needs']];

export function notEnoughData([amount, of]: Need, { sentences }: Language): Finding {
  return { sentence: sentences.notEnoughData(sentences.needs[of](amount)), hasEnoughData: false };
}

type Describe = (rows: readonly Row[], language: Language, result: ResultTable) => string | Need;

const findings: Readonly<Record<FindingName, Describe>> = {
  'busiest-day': (rows, { sentences }) => {
    if (rows.length < 3) return [3, 'days'];
    const busiest = greatest(rows, 'message_amount');
    const newest = rows[0]?.week_average;
    return sentences.busiestDay({
      day: textOf(busiest, 'context_date'),
      messages: amountOf(busiest, 'message_amount'),
      average: sumOf(rows, 'message_amount') / rows.length,
      lastWeekAverage: typeof newest === 'number' ? newest : undefined,
    });
  },

  'active-days': (rows, { sentences }) => {
    if (rows.length < 7) return [7, 'days'];
    const silence = longestSilence(rows);
    return sentences.activeDays({
      days: rows.length,
      active: rows.filter((row) => amountOf(row, 'message_amount') > 0).length,
      longestSilence: silence.days,
      silenceFrom: silence.from,
    });
  },

  'busiest-hour': (rows, { sentences }) => {
    if (sumOf(rows, 'message_amount') < 20) return [20, 'messages'];
    const [busiest] = rows;
    return sentences.busiestHour({
      hour: amountOf(busiest, 'hour_of_day'),
      messages: amountOf(busiest, 'message_amount'),
      percent: amountOf(busiest, 'message_share_percent'),
      people: amountOf(busiest, 'user_amount'),
    });
  },

  'busiest-hour-of-week': (rows, { sentences }) => {
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

  'most-active': (rows, { sentences }) => {
    if (rows.length < 3) return [3, 'people'];
    const leaders = Math.min(5, Math.ceil(rows.length / 5));
    const all = sumOf(rows, 'message_amount');
    return sentences.mostActive({
      name: textOf(rows[0], 'user_first_name'),
      messages: amountOf(rows[0], 'message_amount'),
      leaders,
      percent: (100 * sumOf(rows.slice(0, leaders), 'message_amount')) / all,
      people: rows.length,
    });
  },

  newcomers: (rows, { sentences }) => {
    if (rows.length < 2) return [2, 'weeks'];
    const [newest] = rows;
    return sentences.newcomers({
      people: amountOf(newest, 'user_amount'),
      newcomers: amountOf(newest, 'newcomer_amount'),
      week: textOf(newest, 'week_start'),
    });
  },

  replies: (rows, { sentences }) => {
    const all = sumOf(rows, 'reply_amount');
    if (all < 10) return [10, 'replies'];
    // By names, which are one for each person: results without traces of people have no ids.
    const pair = (one: Value | undefined, other: Value | undefined) => JSON.stringify([one, other]);
    const pairs = new Set(rows.map((row) => pair(row.user_first_name, row.reply_to_first_name)));
    const mutual = rows.filter((row) => pairs.has(pair(row.reply_to_first_name, row.user_first_name))).length;
    return sentences.replies({
      from: textOf(rows[0], 'user_first_name'),
      to: textOf(rows[0], 'reply_to_first_name'),
      replies: amountOf(rows[0], 'reply_amount'),
      mutual: mutual / 2,
    });
  },

  'message-length': (rows, { sentences }) => {
    // Those whom the chart shows.
    const writers = rows.filter((row) => row.median_message_length !== null).slice(0, 15);
    const longest = greatest(writers, 'median_message_length');
    const typical = median(writers.map((row) => amountOf(row, 'median_message_length')));
    if (writers.length < 3 || typical === undefined) return [3, 'people'];
    return sentences.messageLength({
      name: textOf(longest, 'user_first_name'),
      characters: amountOf(longest, 'median_message_length'),
      typical,
    });
  },

  'top-term': (rows, { sentences }) => {
    const questions = amountOf(rows[0], 'question_amount');
    if (questions < 3) return [3, 'questions'];
    const second = rows[1] && textOf(rows[1], 'term');
    const isTied = amountOf(rows[1], 'question_amount') === questions;
    return sentences.topTerm({ term: textOf(rows[0], 'term'), questions, second, isTied });
  },

  answered: (rows, { sentences }) => {
    const questions = sumOf(rows, 'question_amount');
    if (questions < 5) return [5, 'questions'];
    const answered = sumOf(rows, 'answered_amount');
    const newest = rows.slice(0, 7);
    const asked = sumOf(newest, 'question_amount');
    return sentences.answered({
      answered,
      questions,
      percent: wholePercent(answered, questions),
      newest:
        rows.length >= 14 && asked >= 5 ? wholePercent(sumOf(newest, 'answered_amount'), asked) : undefined,
      days: newest.length,
    });
  },

  'time-to-reply': (rows, { sentences }) => {
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

  kinds: (rows, language) => {
    if (sumOf(rows, 'message_amount') < 20) return [20, 'messages'];
    const word = (row: Row) => valueLabel('content_type', textOf(row, 'content_type'), language);
    const [first = {}, second] = rows;
    return language.sentences.kinds({
      first: word(first),
      percent: amountOf(first, 'message_share_percent'),
      second: second && word(second),
      secondPercent: amountOf(second, 'message_share_percent'),
    });
  },

  reactions: (rows, language) => {
    const all = sumOf(rows, 'reaction_amount');
    if (all < 10) return [10, 'reactions'];
    return language.sentences.reactions({
      reaction: valueLabel('reaction', textOf(rows[0], 'reaction'), language),
      times: amountOf(rows[0], 'reaction_amount'),
      people: amountOf(rows[0], 'user_amount'),
      all,
    });
  },

  topics: (rows, { sentences }) => {
    const messages = sumOf(rows, 'message_amount');
    if (messages < 10) return [10, 'messages'];
    return sentences.topics({
      messages: amountOf(rows[0], 'message_amount'),
      people: amountOf(rows[0], 'user_amount'),
      topics: rows.length,
    });
  },

  // For any query: the greatest value of its first amount behind the first column, and what it is of.
  highest: (_, language, { columns, rows }) => {
    const [label, ...others] = withoutIds(columns);
    const amount = others.find(({ column }) => isAmount(column));
    const measured = rows.filter((row) => amount && row[amount.at] !== null);
    const [first] = measured;
    if (!label || !amount || !first || measured.length < 2) return [2, 'rows'];
    const valueIn = (row: readonly Value[]) => Number(row[amount.at]);
    const best = measured.reduce((one, other) => (valueIn(other) > valueIn(one) ? other : one), first);
    return language.sentences.highest({
      what: columnLabel(amount.column.name, language),
      label: cellText(label.column, best[label.at] ?? null, language),
      value: cellText(amount.column, best[amount.at] ?? null, language),
      rows: rows.length,
    });
  },
};

/** A share without decimal places, which is 0 or 100 only of nothing or all. */
function wholePercent(part: number, whole: number): number {
  const rounded = Math.round((100 * part) / whole);
  if (part === 0 || part === whole) return rounded;
  return Math.min(99, Math.max(1, rounded));
}

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
