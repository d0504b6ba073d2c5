import type { Results } from '../../query/query-runner.ts';
import { amountOf, rowsOf, sumOf, wholePercent } from './records.ts';

/** The saved queries whose results of two periods are compared. */
export const comparedQueries = ['group-at-a-glance', 'questions-answered-per-day'];

/** One number of a period, and of the period before. */
export interface Compared {
  readonly now: number;
  readonly before: number;
}

/** A period against the one before of the same length. */
export interface Comparison {
  /** How many days each of the two has. */
  readonly days: number;
  readonly messages: Compared;
  readonly people: Compared;
  readonly questions: Compared;
  /** Of the questions, in whole percent; undefined where one of the periods has none. */
  readonly answeredPercent: Compared | undefined;
}

/**
 * @param results - of the period
 * @param before - of `comparedQueries` in the period before
 */
export function comparisonOf(results: Results, before: Results, days: number): Comparison {
  const [now, earlier] = [amountsOf(results), amountsOf(before)];
  const compared = (name: keyof Amounts) => ({ now: now[name], before: earlier[name] });
  const percent = ({ answered, questions }: Amounts) => wholePercent(answered, questions);
  return {
    days,
    messages: compared('messages'),
    people: compared('people'),
    questions: compared('questions'),
    answeredPercent:
      now.questions > 0 && earlier.questions > 0
        ? { now: percent(now), before: percent(earlier) }
        : undefined,
  };
}

type Amounts = Readonly<Record<'messages' | 'people' | 'questions' | 'answered', number>>;

function amountsOf(results: Results): Amounts {
  const whole = rowsOf(results.get('group-at-a-glance')).find(({ period }) => period === 'whole');
  const days = rowsOf(results.get('questions-answered-per-day'));
  return {
    messages: amountOf(whole, 'message_amount'),
    people: amountOf(whole, 'user_amount'),
    questions: sumOf(days, 'question_amount'),
    answered: sumOf(days, 'answered_amount'),
  };
}
