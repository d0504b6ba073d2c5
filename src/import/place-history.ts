import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { mergeSorted } from '../base/async/merge-sorted.ts';
import { readAhead } from '../base/async/read-ahead.ts';
import { textOf, wholeLines } from '../base/lines.ts';
import type { Day } from '../base/local-day.ts';
import { importLineStart } from '../lake/import-line.ts';
import { digestOf, ImportObjectError, importLines, writeImportObject } from '../lake/import-object.ts';
import { dayOfPrefix, importKey, tablePrefix } from '../lake/object-keys.ts';
import { type ObjectStore, objectOrNone } from '../storage/object-store.ts';
import type { DayStage } from './day-stage.ts';
import type { History } from './read-history.ts';

/** What an import changes of one day of one chat. */
export interface DayChange {
  readonly day: Day;
  readonly chatId: number;
  readonly key: string;
  /** `emptied`: all its messages turned out to belong to other days. */
  readonly outcome: 'new' | 'changed' | 'unchanged' | 'emptied';
  /** Of the day, also those that only an earlier import had. */
  readonly messages: number;
  /** The new object, on this machine's disk. */
  readonly path: string;
  readonly sizeBytes: number;
}

export interface Placing {
  readonly history: History;
  readonly stage: DayStage;
  readonly raw: ObjectStore;
  /** For the new objects, until they are put. It is the caller's to remove. */
  readonly folder: string;
  /** Told of the days that were looked at, and of how many there are. */
  readonly onProgress?: (days: number, total: number) => void;
}

const daysAtOnce = 4;
const putsAtOnce = 16;

/**
 * Makes the new import object of each day that a history touches, on disk: nothing is put yet.
 *
 * Earlier imports of the chat are not lost: a message that only they have stays, such as one deleted since. A message that
 * the new export has as well is taken from it, on whatever day it lies there.
 */
export async function changesOf(placing: Placing): Promise<DayChange[]> {
  const { history, stage, raw, onProgress } = placing;
  const folders = await Array.fromAsync(raw.listFolders(tablePrefix));
  const daysOfLake = folders.map(dayOfPrefix).filter((day) => day !== undefined);
  const chatIds = [history.chat?.id, history.migratedFrom].filter((id) => id !== undefined);
  const candidates = chatIds.flatMap((chatId) => {
    const staged = new Set(stage.days(chatId));
    return [...new Set([...staged, ...daysOfLake])].map((day) => ({
      day,
      chatId,
      isStaged: staged.has(day),
    }));
  });
  const make = (candidate: Candidate) => changeOf(candidate, placing);
  const changes: DayChange[] = [];
  let looked = 0;
  for await (const change of readAhead(candidates, make, daysAtOnce)) {
    if (change) changes.push(change);
    onProgress?.(++looked, candidates.length);
  }
  return changes.sort((a, b) => (a.day < b.day ? -1 : 1));
}

/**
 * Puts the objects of the days that changed, and takes away those of emptied days. Each is put whole; when the store fails in
 * between, importing again does the rest.
 *
 * @throws StoreError
 */
export async function* placeChanges(
  changes: readonly DayChange[],
  raw: ObjectStore,
): AsyncGenerator<DayChange> {
  const place = async (change: DayChange): Promise<DayChange> => {
    if (change.outcome === 'emptied') await raw.deleteObject(change.key);
    else await raw.putObject(change.key, { path: change.path }, { contentType: 'application/gzip' });
    return change;
  };
  const due = changes.filter(({ outcome }) => outcome !== 'unchanged');
  yield* readAhead(due, place, putsAtOnce);
}

interface Candidate {
  readonly day: Day;
  readonly chatId: number;
  readonly isStaged: boolean;
}

async function changeOf(
  { day, chatId, isStaged }: Candidate,
  { history, stage, raw, folder }: Placing,
): Promise<DayChange | undefined> {
  const key = importKey(day, chatId);
  const earlier = await objectOrNone(raw, key);
  if (!earlier && !isStaged) return undefined;
  const path = join(folder, `${chatId}_${day}.jsonl.gz`);
  const staged = stage.text(chatId, day);
  // Mostly there are none, and then the new text need not be cut into lines.
  const hasOthers = earlier && (await isAny(linesOnlyIn(earlier, chatId, history)));
  const text = hasOthers ? merged(linesOnlyIn(earlier, chatId, history), wholeLines(staged)) : staged;
  const { lines, sha256 } = await writeImportObject(text, path);
  await stage.discard(chatId, day);
  const outcome = earlier === undefined ? 'new' : await compare(earlier, lines, sha256);
  return { day, chatId, key, outcome, messages: lines, path, sizeBytes: (await stat(path)).size };
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

/**
 * Lines of messages that the history does not have, as far as the object is readable. A line that is no message cannot
 * be told from those of the history, and goes.
 */
async function* linesOnlyIn(earlier: Uint8Array, chatId: number, history: History): AsyncGenerator<string> {
  try {
    for await (const lines of importLines(earlier)) {
      for (const line of lines) {
        const start = importLineStart(line);
        if (start && !history.includes(chatId, start.messageId)) yield line;
      }
    }
  } catch (error) {
    if (!(error instanceof ImportObjectError)) throw error;
  }
}

async function isAny(items: AsyncIterable<unknown>): Promise<boolean> {
  for await (const _ of items) return true;
  return false;
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
