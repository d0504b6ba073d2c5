import { counted } from '../../base/format.ts';
import type { DayStatus } from '../../etl/day-status.ts';
import { etlMemoryGb, usualWorkload } from '../cost/monthly-cost.ts';
import { usdOf } from '../cost/prices.ts';

/** What the estimate has to know of a day. */
export type DayWork = Pick<DayStatus, 'day' | 'rawObjects' | 'state'>;

/** What rebuilding days costs and takes on a stack. */
export interface Estimate {
  readonly seconds: number;
  /** US dollars: requests of S3, and the function's time. */
  readonly usd: number;
}

// None was measured in an account.
const { readPerSecond } = usualWorkload;
const listSeconds = 0.06;
const startSeconds = 0.2;

/**
 * Estimates a run of a stack's ETL function over these days.
 *
 * @param force - whether days that have not changed are rebuilt, too
 * @param parallel - invocations at once
 */
export function estimate(
  work: readonly DayWork[],
  { force, parallel }: { readonly force: boolean; readonly parallel: number },
): Estimate {
  let [usd, total, longest] = [0, 0, 0];
  for (const day of work) {
    const builds = isToBuild(day, force);
    const lists = (builds ? 2 : 1) * Math.max(1, Math.ceil(day.rawObjects / 1_000));
    const reads = builds ? day.rawObjects : 0;
    const seconds = startSeconds + lists * listSeconds + reads / readPerSecond;
    usd += usdOf('s3Get', reads + 1) + usdOf('s3Put', lists + (builds ? 1 : 0));
    usd += usdOf('lambdaTime', seconds * etlMemoryGb);
    total += seconds;
    longest = Math.max(longest, seconds);
  }
  return { seconds: Math.max(total / parallel, longest), usd };
}

/**
 * An estimate in words.
 *
 * @example
 * '1,096 days from 2023-11-01 to 2026-10-31: 212 to build, of 1,204,332 raw objects; 884 up to date.'
 * 'About 7 minutes with --parallel 4, and $0.62.'
 */
export function estimateLines(
  work: readonly DayWork[],
  options: { readonly force: boolean; readonly parallel: number; readonly onStack: boolean },
): string[] {
  const [first, last] = [work[0], work.at(-1)];
  if (!first || !last) return ['There is no day to do.'];
  const toBuild = work.filter((day) => isToBuild(day, options.force));
  const rawObjects = toBuild.reduce((sum, day) => sum + day.rawObjects, 0);
  const range = first === last ? first.day : `from ${first.day} to ${last.day}`;
  const unchanged = work.length - toBuild.length;
  const lines = [
    `${counted(work.length, 'day')} ${range}: ${toBuild.length.toLocaleString('en')} to build, of ` +
      `${counted(rawObjects, 'raw object')}; ${unchanged.toLocaleString('en')} up to date.`,
  ];
  if (options.onStack) {
    const { seconds, usd } = estimate(work, options);
    lines.push(`About ${duration(seconds)} with --parallel ${options.parallel}, and $${usd.toFixed(2)}.`);
  }
  return lines;
}

const dueStates: ReadonlySet<DayWork['state']> = new Set(['stale', 'not built', 'damaged']);

function isToBuild({ state, rawObjects }: DayWork, force: boolean): boolean {
  return dueStates.has(state) || (force && rawObjects > 0);
}

function duration(seconds: number): string {
  const [size, unit] = seconds < 90 ? [1, 'second'] : seconds < 5_400 ? [60, 'minute'] : [3_600, 'hour'];
  const value = Math.max(1, Math.round(seconds / size));
  return counted(value, unit);
}
