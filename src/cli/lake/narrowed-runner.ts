import { openLake } from '../../lake/lake.ts';
import type { QueryRunner } from '../../query/query-runner.ts';
import { describeStack } from '../stack/stack.ts';
import type { NarrowingOptions } from '../terminal/narrowing-options.ts';
import { lakeRunner } from './lake-runner.ts';
import { narrowingOf } from './narrowed.ts';

/**
 * A runner over a lake or a stack that sees the messages that the options mean.
 *
 * @throws UsageError when there is no such lake, stack or chat
 */
export async function narrowedRunner(
  options: NarrowingOptions & { readonly lake: string; readonly stack?: string },
): Promise<QueryRunner> {
  if (options.stack === undefined) {
    const lake = openLake(options.lake);
    return lakeRunner(lake, await narrowingOf(options, () => lakeRunner(lake)));
  }
  const stack = await describeStack(options.stack);
  const { stackRunner } = await import('../stack/athena-source.ts');
  return stackRunner(stack, await narrowingOf(options, async () => stackRunner(stack)));
}
