import type { DaySummary } from '../etl/run-day.ts';
import type { Day } from '../lake/local-day.ts';
import { type Lake, openLake } from './local-lake.ts';
import { rebuildDays } from './rebuild-days.ts';
import { describeStack, type Stack, stackLake } from './stack.ts';
import { UsageError } from './usage-error.ts';

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

/** Brings days of the lake up to date, here or by the stack's ETL function, and gives each summary when it is done. */
export async function* rebuildChosen(
  { lake, stack }: ChosenLake,
  days: readonly Day[],
): AsyncGenerator<DaySummary> {
  if (!stack) {
    yield* rebuildDays(lake, days, { force: false });
    return;
  }
  const { rebuildStackDays } = await import('./stack-etl.ts');
  yield* rebuildStackDays(stack, days, { force: false });
}
