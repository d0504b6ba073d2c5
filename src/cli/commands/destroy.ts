import { Command } from 'commander';
import { counted, megabytes } from '../../base/format.ts';
import { UsageError } from '../../base/usage-error.ts';
import { type Leftover, type Leftovers, leftoversOf } from '../stack/leftovers.ts';
import { confirmed } from '../terminal/confirmed.ts';
import { examples } from '../terminal/help-text.ts';
import { progress } from '../terminal/progress.ts';

interface DestroyOptions {
  readonly stack: string;
  readonly delete?: true;
  readonly yes?: true;
}

/** `telegram-lake destroy`: shows the buckets that a deleted stack left, and deletes them when asked to. */
export function destroyCommand(): Command {
  return new Command('destroy')
    .description('Show what is left of a stack after sam delete, and delete it for good when asked to.')
    .requiredOption('--stack <name>', 'the name that the stack had')
    .option('--delete', 'delete the buckets that are shown, with every message in them; asks once more')
    .option('--yes', 'do not ask, for scripts')
    .addHelpText('after', examples('destroy --stack telegram-lake', 'destroy --stack telegram-lake --delete'))
    .action(destroy);
}

async function destroy({ stack, delete: deletes, yes }: DestroyOptions): Promise<void> {
  if (deletes && !yes && !process.stdin.isTTY) {
    throw new UsageError(
      'there is no terminal to ask at: add --yes, or leave --delete out to see what is left',
    );
  }
  const leftovers = await leftoversOf(stack);
  report(stack, leftovers);
  if (leftovers.buckets.length === 0) return;
  if (!deletes) {
    console.log(
      `Nothing was deleted. To delete them for good: npx telegram-lake destroy --stack ${stack} --delete`,
    );
    return;
  }
  const question =
    'This cannot be undone: messages that are nowhere else are lost. Type the name of the stack to go on';
  if (!yes && !(await confirmed(question, stack))) throw new Error('not confirmed; nothing was deleted');
  // The raw bucket, from which the others can be made again, goes last.
  const rawLast = [...leftovers.buckets].sort((a, b) => Number(isRaw(a)) - Number(isRaw(b)));
  for (const leftover of rawLast) await deleteOne(leftovers, leftover);
  console.log(`Deleted ${counted(rawLast.length, 'bucket')}.`);
}

function report(stack: string, { buckets, isDeployed }: Leftovers): void {
  if (isDeployed) {
    console.log(
      `The stack ${stack} is deployed. Its own buckets are in use and not shown; they are left once sam delete has deleted the stack.`,
    );
  }
  if (buckets.length === 0) {
    console.log(`No deleted stack of the name ${stack} left a bucket in this account.`);
    return;
  }
  console.log(`Left by deleted stacks of the name ${stack}:`);
  const width = Math.max(...buckets.map(({ bucket }) => bucket.length));
  for (const { bucket, objects, versions, sizeBytes } of buckets) {
    const older = versions - objects;
    console.log(
      `  ${bucket.padEnd(width)}  ${counted(objects, 'object')}` +
        `${older > 0 ? ` and ${counted(older, 'older version')}` : ''}, ${megabytes(sizeBytes)}`,
    );
  }
}

async function deleteOne(leftovers: Leftovers, { bucket, versions }: Leftover): Promise<void> {
  const bar = progress(`Deleting ${bucket}`, versions, (count) => counted(count, 'object'));
  try {
    await leftovers.delete(bucket, bar.at);
  } catch (error) {
    bar.end();
    const reason = error instanceof Error ? error.message : error;
    throw new Error(`${reason}. Part of it is deleted; the same command goes on where it stopped`, {
      cause: error,
    });
  } finally {
    bar.end();
  }
}

function isRaw({ bucket }: Leftover): boolean {
  return bucket.endsWith('-raw');
}
