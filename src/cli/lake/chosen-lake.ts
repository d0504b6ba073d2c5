import { counted, countedReasons } from '../../base/format.ts';
import type { Day } from '../../base/local-day.ts';
import { UsageError } from '../../base/usage-error.ts';
import type { DaySummary } from '../../etl/run-day.ts';
import { type Lake, openLake } from '../../lake/lake.ts';
import { describeStack, type Stack, stackLake } from '../stack/stack.ts';
import { progress } from '../terminal/progress.ts';
import { rebuildDays } from './rebuild-days.ts';

/** The options `--lake` and `--stack`, of which a command takes one. */
export interface LakeOptions {
  readonly lake?: string;
  readonly stack?: string;
}

/** A lake, and the stack it belongs to when it is not a folder's. */
export interface ChosenLake {
  readonly lake: Lake;
  readonly stack: Stack | undefined;
  /** How an option names it again, for a command to be run next: `--lake lake/demo`. */
  readonly option: string;
}

/**
 * The lake that the command line names. No default: these commands change a lake, so it must be said which.
 *
 * @param openFolder - `openLake`, or `createLake` for a command that may make one
 * @throws UsageError when neither or both are given, or there is no such lake
 */
export async function chosenLake(
  { lake, stack: name }: LakeOptions,
  openFolder: (folder: string) => Lake = openLake,
): Promise<ChosenLake> {
  if (lake !== undefined && name === undefined) {
    return { lake: openFolder(lake), stack: undefined, option: `--lake ${lake}` };
  }
  if (name !== undefined && lake === undefined) {
    const stack = await describeStack(name);
    return { lake: await stackLake(stack), stack, option: `--stack ${name}` };
  }
  throw new UsageError('say which lake: either --lake <folder> or --stack <name>');
}

/**
 * Rebuilds days of the lake, here or by the stack's ETL function, and prints one line for all: after an import
 * they may be thousands.
 */
export async function rebuildChosen(chosen: ChosenLake, days: readonly Day[]): Promise<void> {
  const bar = progress('Building', days.length, (count) => counted(count, 'day'));
  const skipped: Record<string, number> = {};
  let [looked, rebuilt, rows] = [0, 0, 0];
  try {
    for await (const summary of summariesOf(chosen, days)) {
      bar.at(++looked);
      rows += summary.rows;
      if (summary.outcome !== 'unchanged') rebuilt += 1;
      for (const [reason, count] of Object.entries(summary.skipped)) {
        skipped[reason] = (skipped[reason] ?? 0) + count;
      }
    }
  } finally {
    bar.end();
  }
  const reasons = countedReasons(skipped);
  console.log(
    `ETL: ${rebuilt.toLocaleString('en')} of ${counted(days.length, 'day')} rebuilt; ${counted(rows, 'row')}` +
      (reasons ? `; skipped: ${reasons}` : ''),
  );
}

async function* summariesOf({ lake, stack }: ChosenLake, days: readonly Day[]): AsyncGenerator<DaySummary> {
  if (!stack) {
    yield* rebuildDays(lake, days, { force: false });
    // Another program that rebuilt the same days at the same time may have put its older file over the newer one. Then
    // the file says so, and a second look mends it; a day that is fresh costs a listing.
    for await (const _ of rebuildDays(lake, days, { force: false, verify: false }));
    return;
  }
  const { rebuildStackDays } = await import('../stack/stack-etl.ts');
  yield* rebuildStackDays(stack, days, { force: false });
}
