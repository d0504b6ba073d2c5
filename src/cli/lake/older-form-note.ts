import { counted } from '../../base/format.ts';
import { daysOfOlderForm } from '../../etl/older-form.ts';
import { type Lake, openLake } from '../../lake/lake.ts';
import { describeStack, stackLake } from '../stack/stack.ts';
import type { SourceOptions } from './lake-source.ts';

/**
 * Says on stderr how many days still have the form of an earlier version, since answers lack what is new in them. Where
 * the files cannot be looked at, the answer stands without it.
 *
 * @param option - which lake, as on the command line: `--stack telegram-lake`
 */
export async function noteOlderForm({ enriched }: Pick<Lake, 'enriched'>, option: string): Promise<void> {
  const days = await daysOfOlderForm(enriched).catch(() => []);
  if (days.length === 0) return;
  console.error(
    `telegram-lake: ${counted(days.length, 'day')} still ${days.length === 1 ? 'has' : 'have'} the form of an earlier version: ` +
      `what is new since then is empty there. To rebuild: npx telegram-lake etl ${option}`,
  );
}

/** The same of the lake or the stack that a command line names. */
export async function noteOlderFormOf({ lake, stack }: Pick<SourceOptions, 'lake' | 'stack'>): Promise<void> {
  if (stack === undefined) await noteOlderForm(openLake(lake), `--lake ${lake}`);
  else await noteOlderForm(await stackLake(await describeStack(stack)), `--stack ${stack}`);
}
