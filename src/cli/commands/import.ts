import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import { counted, countedReasons, megabytes } from '../../base/format.ts';
import { inScratchFolder } from '../../base/scratch-folder.ts';
import { UsageError } from '../../base/usage-error.ts';
import { forgottenUsers } from '../../erasure/forgotten-users.ts';
import { lineWithoutPerson } from '../../erasure/without-person.ts';
import { DayStage } from '../../import/day-stage.ts';
import { changesOf, type DayChange, type Placing, placeChanges } from '../../import/place-history.ts';
import { type History, readHistory } from '../../import/read-history.ts';
import { knownMigrations } from '../../ingest/migrated-chats.ts';
import { createLake, type Lake } from '../../lake/lake.ts';
import { parseChatIds, parseTimeZone } from '../../lake/settings.ts';
import { printable } from '../../query/result-format.ts';
import type { ObjectStore } from '../../storage/object-store.ts';
import { JsonDamageError } from '../../telegram/export/json-scanner.ts';
import { chatChoice } from '../lake/chat-choice.ts';
import { type ChosenLake, chosenLake, rebuildChosen } from '../lake/chosen-lake.ts';
import type { Stack } from '../stack/stack.ts';
import { examples } from '../terminal/help-text.ts';
import { progress } from '../terminal/progress.ts';

interface ImportOptions {
  readonly lake?: string;
  readonly stack?: string;
  readonly chat?: string;
  readonly timeZone?: string;
  readonly exportTimeZone?: string;
  readonly migratedFrom?: string;
  readonly dryRun?: true;
  readonly etl: boolean;
}

/** `telegram-lake import`: brings a group's past into a lake, from an export of Telegram Desktop. */
export function importCommand(): Command {
  return new Command('import')
    .description("Bring a chat's history into a lake, from Telegram Desktop's export (result.json).")
    .argument('<file>', 'the export, in the format "Machine-readable JSON", or its folder')
    .option('--lake <folder>', 'the lake; made if it is not there yet')
    .option('--stack <name>', 'the lake of a deployed stack')
    .option('--chat <id or name>', 'the chat, in the export of a whole account')
    .option('--time-zone <zone>', 'where the days of a new lake begin')
    .option(
      '--export-time-zone <zone>',
      "of the machine that made the export, for old exports (default: the lake's)",
    )
    .option(
      '--migrated-from <id>',
      'the id the supergroup had as a basic group, where the lake does not know it',
    )
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--no-etl', 'do not rebuild the days')
    .addHelpText('after', examples('import ~/Downloads/ChatExport/result.json --lake lake/group'))
    .action((file: string, options: ImportOptions) =>
      inScratchFolder((folder) => importFile(exportFile(file), options, folder)),
    );
}

async function importFile(path: string, options: ImportOptions, folder: string): Promise<void> {
  const timeZone = zone(options.timeZone, '--time-zone');
  // A lake that is not there yet is made when all is ready for it, so that a damaged export leaves nothing behind.
  const isNew = options.lake !== undefined && !existsSync(options.lake);
  const found = await chosenLake(options, (lake) =>
    createLake(isNew ? join(folder, 'lake') : lake, timeZone),
  );
  const stage = new DayStage(folder);
  const history = await readExport(path, stage, found.lake, options);
  const changes = await pack({ history, stage, raw: found.lake.raw, folder });
  report(path, history, changes);
  warn(history, changes, found.stack);
  if (options.dryRun) {
    console.log('Nothing was changed (--dry-run).');
    return;
  }
  const chosen = isNew ? await chosenLake(options, (lake) => createLake(lake, timeZone)) : found;
  await place(changes, chosen);
  await rebuild(changes, chosen, options.etl);
}

async function readExport(
  path: string,
  stage: DayStage,
  { raw, timeZone }: Lake,
  { chat: selector, exportTimeZone, migratedFrom }: ImportOptions,
): Promise<History> {
  const choice = chatChoice(selector, (line) => console.error(line));
  const migrations = await knownMigrations(raw);
  const group = migratedFrom === undefined ? undefined : oneChatId(migratedFrom);
  const bar = progress(`Reading ${basename(path)}`, statSync(path).size, megabytes);
  try {
    const history = await readHistory(path, stage, {
      timeZone,
      exportTimeZone: zone(exportTimeZone, '--export-time-zone') ?? timeZone,
      wants: choice.wants,
      migratedFrom: (supergroup) => group ?? migrations.get(supergroup)?.from,
      withoutForgotten: await withoutForgotten(raw),
      onProgress: bar.at,
    });
    choice.check(history.chats);
    return history;
  } catch (error) {
    if (!(error instanceof JsonDamageError)) throw error;
    throw new Error(`${basename(path)} cannot be read: ${error.message}. Nothing was imported`, {
      cause: error,
    });
  } finally {
    bar.end();
  }
}

async function withoutForgotten(raw: ObjectStore): Promise<(line: string) => string | undefined> {
  const forgotten = await forgottenUsers(raw);
  if (forgotten.size === 0) return (line) => line;
  const person = { isUser: (id: number) => forgotten.has(id), names: new Set<string>() };
  return (line) => lineWithoutPerson(line, person);
}

async function pack(placing: Placing): Promise<DayChange[]> {
  const bar = progress('Packing', 0, (count) => counted(count, 'day'));
  try {
    return await changesOf({ ...placing, onProgress: bar.at });
  } finally {
    bar.end();
  }
}

async function place(changes: readonly DayChange[], { lake }: ChosenLake): Promise<void> {
  const due = changes.filter(({ outcome }) => outcome !== 'unchanged').length;
  const bar = progress('Storing', due, (count) => counted(count, 'day'));
  let placed = 0;
  try {
    for await (const _ of placeChanges(changes, lake.raw)) bar.at(++placed);
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new Error(
      `${reason}; ${placed} of ${counted(due, 'day')} were stored. Import again to do the rest`,
      {
        cause: error,
      },
    );
  } finally {
    bar.end();
  }
}

async function rebuild(changes: readonly DayChange[], chosen: ChosenLake, etl: boolean): Promise<void> {
  const days = [...new Set(changes.map(({ day }) => day))];
  const [from, to] = [days[0], days.at(-1)];
  if (!from || !to) return;
  if (!etl) {
    console.log(`To rebuild the days: npx telegram-lake etl ${chosen.option} --from ${from} --to ${to}`);
    return;
  }
  await rebuildChosen(chosen, days);
  console.log(`To ask: npx telegram-lake query ${chosen.option}`);
}

function report(path: string, history: History, changes: readonly DayChange[]): void {
  const { chat, messages, skipped, repaired } = history;
  const name = chat
    ? `${printable(chat.title) || 'A chat without a name'} (${chat.type} ${chat.id})`
    : 'A chat without messages';
  const days = [...new Set(changes.filter(({ messages }) => messages > 0).map(({ day }) => day))];
  console.log(`${name}, from ${basename(path)}`);
  console.log(`  ${counted(messages, 'message')}${days.length > 0 ? `, ${days[0]} to ${days.at(-1)}` : ''}`);
  const reasons = countedReasons(skipped);
  if (reasons) console.log(`  skipped: ${reasons}`);
  if (repaired > 0)
    console.log(
      `  repaired: ${counted(repaired, 'message')}, as not all that Telegram Desktop writes is JSON`,
    );
  const outcomes = (['new', 'changed', 'unchanged', 'emptied'] as const)
    .map((outcome) => ({ outcome, count: changes.filter((change) => change.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) => `${count.toLocaleString('en')} ${outcome}`);
  const sizeBytes = changes.reduce((sum, change) => sum + change.sizeBytes, 0);
  if (outcomes.length > 0) console.log(`  days: ${outcomes.join(', ')}; ${megabytes(sizeBytes)} packed`);
}

function warn(history: History, changes: readonly DayChange[], stack: Stack | undefined): void {
  const { chat, unplaced, localDates } = history;
  const say = (text: string) => console.error(`telegram-lake: ${text}`);
  if (localDates > 0) {
    say(
      `of ${counted(localDates, 'message')} the export has only the local time of the machine that made it; ` +
        'if that was not in the time zone of the lake, import again with --export-time-zone',
    );
  }
  if (unplaced > 0) {
    say(
      `kept under the negative ids of the export: ${counted(unplaced, 'message')} from before the group became a ` +
        'supergroup, because its id of that time is not known; once you know it, import again with --migrated-from',
    );
  }
  if (!stack || !chat) return;
  if (!stack.chatIds.has(chat.id)) {
    say(`the stack ${stack.name} stores ${[...stack.chatIds].join(', ')}; this is another chat, ${chat.id}`);
  }
  const first = changes[0]?.day;
  if (first !== undefined && first < stack.firstDay) {
    say(
      `queries do not see days before ${stack.firstDay}: deploy with --parameter-overrides FirstDay=${first}`,
    );
  }
}

function exportFile(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return exportFile(join(path, 'result.json'));
  if (!found) throw new UsageError(`there is no file ${path}`);
  return path;
}

function zone(text: string | undefined, name: string): string | undefined {
  return text === undefined ? undefined : parseTimeZone(text, name);
}

function oneChatId(text: string): number {
  const [id, ...others] = parseChatIds(text, '--migrated-from');
  if (id === undefined || id > 0 || others.length > 0) {
    throw new UsageError('--migrated-from must be the id of one basic group, such as -4012345678');
  }
  return id;
}
