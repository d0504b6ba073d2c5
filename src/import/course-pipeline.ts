import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { asInteger } from '../base/json.ts';
import { type Day, isDay, localDay } from '../base/local-day.ts';
import { oneLine } from '../base/one-line.ts';
import { filedAtSeconds } from '../lake/calendar.ts';
import { rawKey } from '../lake/object-keys.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { parseUpdate, type Update } from '../telegram/update.ts';

/** What a data course's own pipeline stored, and what became of it. */
export interface CourseImport {
  readonly files: number;
  /** Files that hold a message, in any version. */
  readonly messageFiles: number;
  /** Messages, each counted once. */
  readonly messages: number;
  /** Files that repeat an update of another file. */
  readonly repeated: number;
  /** Files with a later version of a message. */
  readonly edits: number;
  /** Files of messages that lie under another day than the group's own clock says. */
  readonly otherDay: number;
  /** Updates that are no message. */
  readonly otherUpdates: number;
  readonly otherChats: number;
  /** Files that hold no update, by their paths. */
  readonly damaged: readonly string[];
  readonly stored: number;
  readonly alreadyStored: number;
  /** Of what was stored. */
  readonly days: ReadonlySet<Day>;
}

export interface CourseImportOptions {
  /** The lake's raw layer. */
  readonly raw: ObjectStore;
  readonly timeZone: string;
  /** Whether a chat's messages are wanted. */
  readonly wants: (chatId: number) => boolean;
  /** A line of JSON without people who were erased; undefined where nothing of it stays. */
  readonly withoutForgotten: (line: string) => string | undefined;
  readonly dryRun: boolean;
  /** The present, in Unix seconds: for updates that have no date, of files whose names tell none. */
  readonly nowSeconds: number;
  readonly onProgress: (files: number, of: number) => void;
}

const dayFolder = /^context_date=(\d{4}-\d\d-\d\d)$/;
const messageKinds = /^(edited_)?(message|channel_post)$/;

interface CourseFile {
  readonly path: string;
  /** That the pipeline filed it under. */
  readonly day: Day;
}

/**
 * The raw files of a data course's pipeline in a folder: `…/context_date=2026-11-01/20261101213000123456.json`, as a
 * bucket has them. Undefined where there is no such folder in it, nor one level below.
 */
export function courseFiles(folder: string): CourseFile[] | undefined {
  const days = [folder, ...foldersIn(folder)].flatMap((parent) =>
    foldersIn(parent).filter((path) => dayFolder.test(baseOf(path))),
  );
  if (days.length === 0) return undefined;
  return days.flatMap((path) => {
    const day = dayFolder.exec(baseOf(path))?.[1] ?? '';
    return isDay(day)
      ? readdirSync(path)
          .filter((name) => name.endsWith('.json'))
          .sort()
          .map((name) => ({ path: join(path, name), day }))
      : [];
  });
}

/**
 * Stores the updates of a course's pipeline in a lake, each once, under the day of the group's own clock. What the lake
 * has already stays as it is, so the same import again changes nothing.
 *
 * The pipeline wrote each update's JSON anew, so that it is not byte for byte as Telegram sent it; the values are.
 *
 * @throws StoreError when the store fails; the same import again stores the rest
 */
export async function importCourseFiles(
  files: readonly CourseFile[],
  options: CourseImportOptions,
): Promise<CourseImport> {
  const count = { messageFiles: 0, repeated: 0, edits: 0, otherDay: 0, otherUpdates: 0, otherChats: 0 };
  const stores = { stored: 0, alreadyStored: 0 };
  const updates = new Set<number>();
  const messages = new Set<string>();
  const damaged: string[] = [];
  const days = new Set<Day>();

  async function take({ path, day }: CourseFile): Promise<void> {
    const bytes = readFileSync(path);
    const update = parseUpdate(bytes);
    if ('notAnUpdate' in update) {
      damaged.push(path);
      return;
    }
    if (update.chatId === undefined || !options.wants(update.chatId)) {
      count.otherChats += 1;
      return;
    }
    const filedAt = filedAtSeconds(update.dateSeconds, arrival(path) ?? options.nowSeconds, options.timeZone);
    noteWhatItIs(update, day, filedAt);
    if (updates.has(update.updateId)) return;
    updates.add(update.updateId);
    const line = options.withoutForgotten(Buffer.from(oneLine(bytes)).toString('utf8'));
    if (line === undefined) return;
    if (await store(rawKey(filedAt, update.updateId, options.timeZone), line)) {
      days.add(localDay(filedAt, options.timeZone));
    }
  }

  function noteWhatItIs({ kind, payload, updateId, chatId }: Update, day: Day, filedAt: number): void {
    if (!messageKinds.test(kind)) {
      count.otherUpdates += 1;
      return;
    }
    count.messageFiles += 1;
    if (localDay(filedAt, options.timeZone) !== day) count.otherDay += 1;
    if (updates.has(updateId)) count.repeated += 1;
    else if (kind.startsWith('edited_')) count.edits += 1;
    messages.add(`${chatId}/${asInteger(payload.message_id)}`);
  }

  async function store(key: string, line: string): Promise<boolean> {
    const isThere = options.dryRun
      ? (await options.raw.headObject(key)) !== undefined
      : (await options.raw.putObject(key, Buffer.from(line), {
          contentType: 'application/json',
          onlyIfAbsent: true,
        })) !== 'stored';
    stores[isThere ? 'alreadyStored' : 'stored'] += 1;
    return !isThere;
  }

  for (const [index, file] of files.entries()) {
    await take(file);
    options.onProgress(index + 1, files.length);
  }
  return { files: files.length, ...count, messages: messages.size, damaged, ...stores, days };
}

/** When a file was written, by the name that the pipeline gave it: a time in UTC to the second, or to the microsecond. */
function arrival(path: string): number | undefined {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\d*\.json$/.exec(baseOf(path)) ?? [];
  const [year, month, day, hour, minute, second] = parts.map(Number);
  if (year === undefined || month === undefined) return undefined;
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}

const baseOf = (path: string): string => path.split(/[/\\]/).at(-1) ?? path;

function foldersIn(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory());
}
