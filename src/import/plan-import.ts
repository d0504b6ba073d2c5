import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { mergeSorted } from '../base/async/merge-sorted.ts';
import { readAhead } from '../base/async/read-ahead.ts';
import { textOf, wholeLines } from '../base/lines.ts';
import type { Day } from '../base/local-day.ts';
import { importLineStart } from '../lake/import-line.ts';
import { digestOf, ImportObjectError, writeImportObject } from '../lake/import-object.ts';
import { dayOfPrefix, importKey, tablePrefix } from '../lake/object-keys.ts';
import { objectOrNone } from '../storage/object-store.ts';
import { type EarlierImport, earlierImport, type KeptMessages, linesOf } from './earlier-import.ts';
import type { Candidate, ImportContext } from './import-context.ts';

/** What an import changes of one day of one chat. */
export interface DayChange {
  readonly day: Day;
  readonly chatId: number;
  readonly key: string;
  /** Of the object that is to be replaced; undefined where there is none. */
  readonly etag: string | undefined;
  /** `emptied`: all its messages turned out to belong to other days. */
  readonly outcome: 'new' | 'changed' | 'unchanged' | 'emptied';
  /** Of the day, also those that only an earlier import had. */
  readonly messages: number;
  /** The new object, on this machine's disk. */
  readonly path: string;
  readonly sizeBytes: number;
}

/** What an import would change. Nothing is written yet. */
export interface ImportPlan {
  /** In order of days. */
  readonly changes: readonly DayChange[];
  /** Messages of the export of which an earlier import has a newer version, which stays. */
  readonly kept: number;
}

const daysAtOnce = 4;

/**
 * Makes the new import object of each day that a history touches, on disk.
 *
 * Earlier imports of the chat are not lost. A message that only they have stays, such as one deleted since. Of a
 * message that the new export has as well the newer version wins, in whatever order the exports are imported; it is
 * taken from the new export where both are alike.
 *
 * @throws StoreError
 */
export async function planImport(context: ImportContext): Promise<ImportPlan> {
  const { onProgress } = context;
  const candidates = await candidatesOf(context);
  const earlier = await earlierImport(candidates, context);
  const plan = (candidate: Candidate) => changeOf(candidate, earlier, context);
  const changes: DayChange[] = [];
  let planned = 0;
  for await (const change of readAhead(candidates, plan, daysAtOnce)) {
    if (change) changes.push(change);
    onProgress?.(++planned, candidates.length);
  }
  return { changes: changes.sort((a, b) => (a.day < b.day ? -1 : 1)), kept: earlier.kept.count };
}

async function candidatesOf({ history, stage, raw }: ImportContext): Promise<Candidate[]> {
  const folders = await Array.fromAsync(raw.listFolders(tablePrefix));
  const daysOfLake = folders.map(dayOfPrefix).filter((day) => day !== undefined);
  const chatIds = [history.chat?.id, history.migratedFrom].filter((id) => id !== undefined);
  return chatIds.flatMap((chatId) => {
    const staged = new Set(stage.days(chatId));
    const days = new Set([...staged, ...daysOfLake]);
    return [...days].map((day) => ({ day, chatId, isStaged: staged.has(day) }));
  });
}

async function changeOf(
  { day, chatId, isStaged }: Candidate,
  { keysWithOthers, etags, kept }: EarlierImport,
  { stage, raw, folder }: ImportContext,
): Promise<DayChange | undefined> {
  const key = importKey(day, chatId);
  const etag = etags.get(key);
  const earlier = etag === undefined ? undefined : await objectOrNone(raw, key);
  if (!earlier && !isStaged) return undefined;
  const path = join(folder, `${chatId}_${day}.jsonl.gz`);
  const staged = stage.text(chatId, day);
  const own = kept.count > 0 ? textOf(linesWithout(wholeLines(staged), chatId, kept)) : staged;
  // Mostly there are no others, and then the new text need not be cut into lines.
  const text =
    earlier && keysWithOthers.has(key)
      ? merged(
          linesOf(earlier, (start) => kept.isOnlyEarlier(chatId, start.messageId)),
          wholeLines(own),
        )
      : own;
  const { lines, sha256 } = await writeImportObject(text, path);
  await stage.discard(chatId, day);
  if (!earlier && lines === 0) return undefined;
  const outcome = earlier === undefined ? 'new' : await compare(earlier, lines, sha256);
  return { day, chatId, key, etag, outcome, messages: lines, path, sizeBytes: (await stat(path)).size };
}

async function compare(
  earlier: Uint8Array,
  lines: number,
  sha256: string,
): Promise<'emptied' | 'unchanged' | 'changed'> {
  if (lines === 0) return 'emptied';
  try {
    return (await digestOf(earlier)).sha256 === sha256 ? 'unchanged' : 'changed';
  } catch (error) {
    if (error instanceof ImportObjectError) return 'changed';
    throw error;
  }
}

async function* linesWithout(
  lines: AsyncIterable<string>,
  chatId: number,
  kept: KeptMessages,
): AsyncGenerator<string> {
  for await (const line of lines) {
    const start = importLineStart(line);
    if (!start || !kept.has(chatId, start.messageId)) yield line;
  }
}

/** Lines of one second come by their messages' ids, as on the stage. */
function merged(...sources: AsyncIterable<string>[]): AsyncIterable<Buffer> {
  const order = (line: string) => {
    const { second = '', messageId = 0 } = importLineStart(line) ?? {};
    return `${second}${String(messageId + idsBelowZero).padStart(16, '0')}`;
  };
  return textOf(mergeSorted(sources, order));
}

// Messages from before a migration can have negative ids; as text they would sort the wrong way round.
const idsBelowZero = 2 ** 52;
