import { addDays, countDays, type Day } from '../../base/local-day.ts';
import { openLake } from '../../lake/lake.ts';
import type { Narrowing } from '../../query/narrowing.ts';
import type { QueryRunner } from '../../query/query-runner.ts';
import { describeStack, stackLake } from '../stack/stack.ts';
import type { NarrowingOptions } from '../terminal/narrowing-options.ts';
import { lakeRunner } from './lake-runner.ts';
import { narrowingOf } from './narrowed.ts';
import type { ReportSource } from './report-page.ts';

/** Which lake a page is made of, and of which part. */
export interface ReportSourceOptions extends NarrowingOptions {
  readonly lake: string;
  readonly stack?: string;
}

/**
 * What the page of a lake is made from: all of it, or a chat or a period, with what the period is compared with.
 *
 * @throws UsageError when there is no such lake, stack or chat
 */
export async function reportSource(options: ReportSourceOptions): Promise<ReportSource> {
  if (options.stack === undefined) {
    const lake = openLake(options.lake);
    return narrowedSource({ lake }, options, (narrowing) => lakeRunner(lake, narrowing));
  }
  const stack = await describeStack(options.stack);
  // The SDK is loaded only here: a lake on this machine needs none.
  const { stackRunner } = await import('../stack/athena-source.ts');
  const lake = await stackLake(stack);
  return narrowedSource({ lake }, options, async (narrowing) => stackRunner(stack, narrowing));
}

async function narrowedSource(
  source: Pick<ReportSource, 'lake'>,
  options: NarrowingOptions,
  open: (narrowing?: Narrowing) => Promise<QueryRunner>,
): Promise<ReportSource> {
  const narrowing = await narrowingOf(options, () => open());
  const { from, to, chatId } = narrowing;
  if ((from ?? to) === undefined) return { ...source, runner: await open(narrowing) };
  const span = await daysOf(await open({ chatId }));
  const runners = { runner: await open(narrowing), history: await open({ to, chatId }) };
  const period = { from: from ?? span?.first ?? to ?? '', to: to ?? span?.last ?? from ?? '' };
  const length = countDays(period.from, period.to);
  const before = { from: addDays(period.from, -length), to: addDays(period.from, -1), chatId };
  return {
    ...source,
    ...runners,
    period: length > 0 ? period : { from: period.from, to: period.from },
    ...(length > 0 && span && span.first <= before.from && { before: await open(before) }),
  };
}

/** The first and the last day with messages; undefined for an empty lake. The runner is closed afterwards. */
async function daysOf(runner: QueryRunner): Promise<{ first: Day; last: Day } | undefined> {
  try {
    const { rows } = await runner.run('SELECT min(context_date), max(context_date) FROM telegram');
    const [first, last] = rows[0] ?? [];
    return typeof first === 'string' && typeof last === 'string' ? { first, last } : undefined;
  } finally {
    runner.close();
  }
}
