import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import { counted, megabytes } from '../../base/format.ts';
import type { Day } from '../../base/local-day.ts';
import { inScratchFolder } from '../../base/scratch-folder.ts';
import { UsageError } from '../../base/usage-error.ts';
import { forgottenPeople } from '../../erasure/forgotten-people.ts';
import { lineWithoutPerson } from '../../erasure/without-person.ts';
import { courseFiles, importCourseFiles } from '../../import/course-pipeline.ts';
import { damagePlace } from '../../import/damage-place.ts';
import type { ImportStep } from '../../import/import-history.ts';
import type { ImportPlan } from '../../import/plan-import.ts';
import type { ExportedHistory } from '../../import/read-export.ts';
import { isDue } from '../../import/write-import.ts';
import { knownMigrations } from '../../ingest/migrated-chats.ts';
import { includesChat, parseChats } from '../../lake/chats.ts';
import { createLake } from '../../lake/lake.ts';
import { parseTimeZone } from '../../lake/settings.ts';
import { printable } from '../../query/result-format.ts';
import type { ObjectStore } from '../../storage/object-store.ts';
import { JsonDamageError } from '../../telegram/export/json-scanner.ts';
import { chatChoice } from '../lake/chat-choice.ts';
import { type ChosenLake, chosenLake, rebuildChosen } from '../lake/chosen-lake.ts';
import { courseSummary } from '../lake/course-summary.ts';
import { type ImportRequest, importWithoutForgotten } from '../lake/import-run.ts';
import { damageLines, importSummary, importWarnings, unseenHistory } from '../lake/import-summary.ts';
import { examples } from '../terminal/help-text.ts';
import { progress } from '../terminal/progress.ts';

interface ImportOptions {
  readonly lake?: string;
  readonly stack?: string;
  readonly chat?: string;
  readonly timeZone?: string;
  readonly exportTimeZone?: string;
  readonly migratedFrom?: string;
  readonly bot: readonly string[];
  readonly skipDamaged?: true;
  readonly dryRun?: true;
  readonly etl: boolean;
}

/** `telegram-lake import`: brings a group's past into a lake, from an export of Telegram Desktop. */
export function importCommand(): Command {
  return new Command('import')
    .description("Import a chat's history into a lake, from Telegram Desktop's export (result.json).")
    .argument(
      '<file>',
      'the export, in the format "Machine-readable JSON", or its folder; or the raw folder of a data course, with context_date=…/*.json',
    )
    .option('--lake <folder>', 'folder of the lake; created if missing')
    .option('--stack <name>', 'the lake of a deployed stack')
    .option('--chat <id or name>', 'the chat, in the export of a whole account')
    .option('--time-zone <zone>', 'time zone of a new lake')
    .option(
      '--export-time-zone <zone>',
      "of the machine that made the export, for old exports (default: the lake's)",
    )
    .option(
      '--migrated-from <id>',
      'the id the supergroup had as a basic group, where the lake does not know it',
    )
    .option(
      '--bot <id or name>',
      'a user who is a bot, by id or by name, since exports do not mark bots; may be repeated',
      (bot: string, bots: readonly string[]) => [...bots, bot],
      [],
    )
    .option('--skip-damaged', 'skip messages that cannot be read, and import the rest')
    .option('--dry-run', 'show what would change, and change nothing')
    .option('--no-etl', 'do not rebuild the days')
    .addHelpText(
      'after',
      examples(
        'import ~/Downloads/ChatExport/result.json --lake lake/group',
        'import course-raw/telegram --lake lake/course',
      ),
    )
    .action(async (file: string, options: ImportOptions) => {
      const files = statSync(file, { throwIfNoEntry: false })?.isDirectory() ? courseFiles(file) : undefined;
      await inScratchFolder((folder) =>
        files ? importCourse(files, options, folder) : importFile(exportFile(file), options, folder),
      );
    });
}

/** Of a data course's own pipeline: raw files of updates, by day. */
async function importCourse(
  files: NonNullable<ReturnType<typeof courseFiles>>,
  options: ImportOptions,
  folder: string,
): Promise<void> {
  // A dry run of a lake that is not there yet makes one where nobody sees it.
  const isDry = options.dryRun && options.lake !== undefined && !existsSync(options.lake);
  const chosen = await chosenLake(options, (lake) =>
    createLake(isDry ? join(folder, 'lake') : lake, zone(options.timeZone, '--time-zone')),
  );
  const { raw, timeZone } = chosen.lake;
  const chats = options.chat === undefined ? chosen.stack?.chats : parseChats(options.chat, '--chat');
  const forgotten = await forgottenPeople(raw);
  const bar = progress('Storing', files.length, (count) => counted(count, 'file'));
  const found = await importCourseFiles(files, {
    raw,
    timeZone,
    wants: (chatId) => chats === undefined || includesChat(chats, chatId),
    withoutForgotten: (line) => (forgotten.size === 0 ? line : lineWithoutPerson(line, forgotten)),
    dryRun: options.dryRun ?? false,
    nowSeconds: Math.floor(Date.now() / 1000),
    onProgress: (done) => bar.at(done),
  }).finally(() => bar.end());
  for (const line of courseSummary(found)) console.log(line);
  if (found.stored + found.alreadyStored === 0)
    throw new Error('nothing was imported: no file has an update of this chat');
  if (options.dryRun) console.log('Nothing was changed (--dry-run).');
  else await rebuild([...found.days].sort(), chosen, options.etl);
}

async function importFile(path: string, options: ImportOptions, folder: string): Promise<void> {
  const timeZone = zone(options.timeZone, '--time-zone');
  // A lake that is not there yet is made when all is ready for it, so that a damaged export leaves nothing behind.
  const isNew = options.lake !== undefined && !existsSync(options.lake);
  const opened = await chosenLake(options, (lake) =>
    createLake(isNew ? join(folder, 'lake') : lake, timeZone),
  );
  let chosen = opened;
  const openForWriting = async () => {
    if (isNew) chosen = await chosenLake(options, (lake) => createLake(lake, timeZone));
    return chosen.lake;
  };
  const { raw, timeZone: lakesZone } = opened.lake;
  const choice = chatChoice(options.chat, (line) => console.error(line));
  const bars = progressBars(path);
  try {
    const request: ImportRequest = {
      path,
      folder,
      openForWriting: options.dryRun ? undefined : openForWriting,
      exportTimeZone: zone(options.exportTimeZone, '--export-time-zone') ?? lakesZone,
      nowSeconds: Math.floor(Date.now() / 1000),
      wants: choice.wants,
      migratedFrom: await migrations(raw, options.migratedFrom),
      isBot: botChoice(options.bot),
      skipDamaged: options.skipDamaged ?? false,
      onProgress: bars.at,
      onRead: ({ chats }) => choice.check(chats),
      onPlan: async (plan, history) => {
        bars.end();
        await report(path, history, plan, options, opened);
      },
    };
    const changes = await importWithoutForgotten(request, () => chosen.lake);
    bars.end();
    if (options.dryRun) console.log('Nothing was changed (--dry-run).');
    else await rebuild([...new Set(changes.map(({ day }) => day))].sort(), chosen, options.etl);
  } catch (error) {
    bars.end();
    if (error instanceof JsonDamageError) throw await unreadable(path, error);
    throw error;
  }
}

/** @throws Error where there is nothing to import, or queries would not see it */
async function report(
  path: string,
  history: ExportedHistory,
  plan: ImportPlan,
  options: ImportOptions,
  { stack }: ChosenLake,
): Promise<void> {
  for (const line of importSummary(path, history, plan)) console.log(line);
  const warnings = importWarnings(history, {
    hasExportTimeZone: options.exportTimeZone !== undefined,
    stack,
  });
  for (const line of [...(await damageLines(path, history)), ...warnings])
    console.error(`telegram-lake: ${printable(line)}`);
  const unseen = unseenHistory(plan, stack);
  if (unseen && !options.dryRun) throw new UsageError(`${unseen}. Nothing was imported`);
  if (unseen) console.error(`telegram-lake: ${unseen}`);
  if (history.messages === 0 && !plan.changes.some(isDue)) {
    throw new Error(`nothing was imported: ${basename(path)} has no message of this chat that could be`);
  }
}

/** One line of progress at a time, for the steps of an import. */
function progressBars(path: string) {
  const days = (count: number) => counted(count, 'day');
  const bars = {
    read: progress(`Reading ${basename(path)}`, statSync(path).size, megabytes),
    plan: progress('Comparing', 0, days),
    write: progress('Storing', 0, days),
  };
  let current: ImportStep = 'read';
  return {
    at(step: ImportStep, done: number, total?: number): void {
      if (step !== current) bars[current].end();
      current = step;
      bars[step].at(done, total);
    },
    end: () => bars[current].end(),
  };
}

async function rebuild(days: readonly Day[], chosen: ChosenLake, etl: boolean): Promise<void> {
  const [from, to] = [days[0], days.at(-1)];
  if (!from || !to) return;
  if (!etl) {
    console.log(`To rebuild the days: npx telegram-lake etl ${chosen.option} --from ${from} --to ${to}`);
    return;
  }
  await rebuildChosen(chosen, days);
  console.log(`To query it: npx telegram-lake query ${chosen.option}`);
}

async function unreadable(path: string, damage: JsonDamageError): Promise<Error> {
  const { problem, canBeSkipped } = damage;
  const place = await damagePlace(path, damage);
  const remedy = canBeSkipped ? '. Fix it in a text editor, or import the rest with --skip-damaged' : '';
  return new Error(
    `${basename(path)} cannot be read: ${problem}, in ${place}. Nothing was imported${remedy}`,
    {
      cause: damage,
    },
  );
}

async function migrations(
  raw: ObjectStore,
  migratedFrom: string | undefined,
): Promise<(supergroup: number) => number | undefined> {
  const group = migratedFrom === undefined ? undefined : oneChatId(migratedFrom);
  const known = await knownMigrations(raw);
  return (supergroup) => group ?? known.get(supergroup)?.from;
}

function exportFile(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new UsageError(`there is no file ${path}`);
  if (!found.isDirectory()) return path;
  const file = join(path, 'result.json');
  if (existsSync(file)) return file;
  if (existsSync(join(path, 'messages.html')) || existsSync(join(path, 'export_results.html'))) {
    throw new UsageError(
      `${path} is an export in HTML, which cannot be imported; export again in Telegram Desktop with the format "Machine-readable JSON"`,
    );
  }
  throw new UsageError(`there is no result.json in ${path}: is it the folder of an export?`);
}

/** Whether a user is one of these bots, by id or by name, with or without the `@` that people put before it. */
function botChoice(bots: readonly string[]): (userId: number, name: string | undefined) => boolean {
  const wanted = new Set(bots.map((bot) => bot.replace(/^@/, '')));
  return (userId, name) => wanted.has(String(userId)) || (name !== undefined && wanted.has(name));
}

function zone(text: string | undefined, name: string): string | undefined {
  return text === undefined ? undefined : parseTimeZone(text, name);
}

function oneChatId(text: string): number {
  const [id, ...others] = parseChats(text, '--migrated-from');
  if (typeof id !== 'number' || id > 0 || others.length > 0) {
    throw new UsageError('--migrated-from must be the id of one basic group, such as -4012345678');
  }
  return id;
}
