import { Command } from 'commander';
import { counted } from '../../base/format.ts';
import { inScratchFolder } from '../../base/scratch-folder.ts';
import { UsageError } from '../../base/usage-error.ts';
import { carryOut } from '../../erasure/carry-out.ts';
import { forgottenPeople } from '../../erasure/forgotten-people.ts';
import { nameKey } from '../../erasure/person.ts';
import { type ErasurePlan, planErasure } from '../../erasure/plan-erasure.ts';
import { daysOf } from '../../lake/lake.ts';
import { printable } from '../../query/result-format.ts';
import { type ChosenLake, chosenLake, rebuildChosen } from '../lake/chosen-lake.ts';
import { stackVersions } from '../stack/stack.ts';
import { confirmed } from '../terminal/confirmed.ts';
import { examples } from '../terminal/help-text.ts';
import { progress } from '../terminal/progress.ts';

interface ForgetOptions {
  readonly user: string;
  readonly name: readonly string[];
  readonly lake?: string;
  readonly stack?: string;
  readonly dryRun?: true;
  readonly yes?: true;
}

/** `telegram-lake forget`: erases a person from a lake, and keeps later imports from bringing them back. */
export function forgetCommand(): Command {
  return new Command('forget')
    .description('Erase a person from a lake: what they sent, and what others show or quote of it.')
    .requiredOption('--user <id>', "the person's user id")
    .option(
      '--name <name>',
      'erase this full name, or @username, where it stands without an id; may be repeated',
      (name: string, names: readonly string[]) => [...names, name],
      [],
    )
    .option('--lake <folder>', 'the lake')
    .option('--stack <name>', 'the lake of a deployed stack')
    .option('--dry-run', 'show what would be erased, and erase nothing')
    .option('--yes', 'do not ask, for scripts')
    .addHelpText('after', examples('forget --user 555123456 --lake lake/group --dry-run'))
    .action(forget);
}

async function forget(options: ForgetOptions): Promise<void> {
  const userId = parseUserId(options.user);
  const names = new Set(options.name);
  if (names.has('')) throw new UsageError('--name must not be empty');
  if (!options.dryRun && !options.yes && !process.stdin.isTTY) {
    throw new UsageError(
      'there is no terminal to ask at: add --yes, or --dry-run to see what would be erased',
    );
  }
  const chosen = await chosenLake(options);
  const { raw } = chosen.lake;
  const plan = await look(chosen, userId, names);
  report(plan, names);
  if (chosen.stack) {
    console.log(
      'Older versions of these objects go as well; the bucket forgets those that may not be deleted in 30 days',
    );
  }
  if (options.dryRun) {
    console.log('Nothing was erased (--dry-run).');
    return;
  }
  const question = 'This cannot be undone. Type the user id to go on';
  if (!options.yes && !(await confirmed(question, String(userId)))) {
    throw new Error('not confirmed; nothing was erased');
  }
  // Before the rest: whatever is cut short, an import does not bring the person back.
  await (await forgottenPeople(raw)).remember(userId, names);
  // What an import has written since the look. One that writes from now on finds the person among the forgotten.
  const late = await planErasure(raw, { userId, names, since: plan });
  const changes = [...plan.changes, ...late.changes];
  const leftVersions = await erase({ ...plan, changes }, chosen, userId, names);
  // All of them: an earlier run may have been cut short between a day's raw objects and its file.
  await rebuildChosen(chosen, await daysOf(chosen.lake));
  conclude(plan, chosen, leftVersions);
}

async function look({ lake }: ChosenLake, userId: number, names: ReadonlySet<string>): Promise<ErasurePlan> {
  const bar = progress('Looking', 0, (count) => counted(count, 'day'));
  try {
    return await planErasure(lake.raw, { userId, names, onProgress: bar.at });
  } finally {
    bar.end();
  }
}

async function erase(
  plan: ErasurePlan,
  { lake, stack }: ChosenLake,
  userId: number,
  names: ReadonlySet<string>,
): Promise<boolean> {
  const bar = progress('Erasing', plan.changes.length, (count) => counted(count, 'object'));
  try {
    const versions = stack && (await stackVersions(stack));
    return await inScratchFolder((folder) =>
      carryOut(plan, { raw: lake.raw, versions, userId, names, folder, onProgress: bar.at }),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new Error(`${reason}. Part of it is erased; forget again to do the rest`, { cause: error });
  } finally {
    bar.end();
  }
}

function report(plan: ErasurePlan, given: ReadonlySet<string>): void {
  const { changes, deleted, redacted, quarantined, unreadable, names } = plan;
  const days = daysIn(plan);
  console.log(`To delete: ${deleted.toLocaleString('en')} updates and imported messages of the person`);
  console.log(`To redact: ${redacted.toLocaleString('en')} of others that show or quote the person`);
  if (quarantined > 0)
    console.log(`To delete from quarantine: ${counted(quarantined, 'object')} with this id or a given name`);
  const range = days.length > 0 ? `, ${days[0]} to ${days.at(-1)}` : '';
  console.log(`In ${counted(changes.length, 'raw object')} of ${counted(days.length, 'day')}${range}`);
  const isGiven = new Set([...given].map(nameKey));
  const others = [...names.keys()].filter((name) => !isGiven.has(nameKey(name))).map(printable);
  if (others.length > 0) {
    console.log(
      `Names seen: ${others.join(', ')}. Some messages name people without an id, such as forwards of hidden accounts, ` +
        'members in exports and mentions; --name erases those of this name, whoever bears it',
    );
  }
  for (const key of unreadable) {
    console.error(
      `telegram-lake: ${printable(key)} cannot be read in full and may mention the person; it was kept`,
    );
  }
}

function conclude(plan: ErasurePlan, { stack }: ChosenLake, leftVersions: boolean): void {
  const { deleted, redacted } = plan;
  console.log(
    `Erased: ${deleted.toLocaleString('en')}; redacted: ${redacted.toLocaleString('en')}. ` +
      'Imports will leave this person out.',
  );
  if (!stack) return;
  if (leftVersions) {
    console.error(
      'telegram-lake: older versions could not be deleted for want of the permissions s3:ListBucketVersions and ' +
        's3:DeleteObjectVersion; the bucket forgets them 30 days from now',
    );
  }
  console.log(
    'Results of earlier queries may still mention the person; the results bucket keeps them for 7 days.',
  );
}

function daysIn({ changes }: ErasurePlan): string[] {
  return [...new Set(changes.map(({ day }) => day).filter((day) => day !== null))].sort();
}

function parseUserId(text: string): number {
  const userId = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(userId) || userId === 0) {
    throw new UsageError('--user must be the id of a user, a positive number such as 555123456');
  }
  const account = sharedAccounts.get(userId);
  if (account) throw new UsageError(`user ${userId} is no person: it stands for ${account}`);
  return userId;
}

const sharedAccounts = new Map([
  [1087968824, 'all anonymous administrators'],
  [136817688, 'everyone who writes as a channel'],
  [777000, 'posts of the linked channel'],
]);
