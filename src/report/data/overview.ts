import type { Results } from '../../query/query-runner.ts';
import { amountOf, rowsOf, textOf } from './records.ts';

/** How much there is in a lake, from when to when, and whether it becomes more. */
export interface Overview {
  /** What people wrote or posted; 0 in an empty lake. */
  readonly messages: number;
  readonly people: number;
  /** Calendar days from the first message to the newest, both included. */
  readonly days: number;
  readonly firstDate: string;
  readonly lastDate: string;
  /** The newest days against as many before; undefined before there are two whole weeks. */
  readonly trend: Trend | undefined;
}

export interface Trend {
  /** How many days each of the two periods has. */
  readonly days: number;
  readonly messages: number;
  readonly before: number;
  /** The change in percent; of no use where there was nothing before. */
  readonly percent: number;
}

/** The overview of a lake, by the saved query `group-at-a-glance`. */
export function overviewOf(results: Results): Overview {
  const rows = rowsOf(results.get('group-at-a-glance'));
  const periodOf = (name: string) => rows.find(({ period }) => period === name);
  const whole = periodOf('whole');
  const newest = periodOf('newest');
  const messages = amountOf(newest, 'message_amount');
  // The query has no row for a period without messages, and neither of the two before there are two weeks.
  const before = amountOf(periodOf('before'), 'message_amount');
  return {
    messages: amountOf(whole, 'message_amount'),
    people: amountOf(whole, 'user_amount'),
    days: amountOf(whole, 'day_amount'),
    firstDate: textOf(whole, 'first_date'),
    lastDate: textOf(whole, 'last_date'),
    trend: newest && {
      days: amountOf(newest, 'day_amount'),
      messages,
      before,
      percent: (100 * messages) / before - 100,
    },
  };
}
