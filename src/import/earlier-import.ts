import { readAhead } from '../base/async/read-ahead.ts';
import { type ImportLineStart, importLineChange, importLineStart } from '../lake/import-line.ts';
import { ImportObjectError, importLines } from '../lake/import-object.ts';
import { importKey } from '../lake/object-keys.ts';
import { objectOrNone } from '../storage/object-store.ts';
import type { Candidate, ImportContext } from './import-context.ts';
import type { ExportedHistory } from './read-export.ts';

/** What earlier imports of a chat left in the lake, beside a history that is to be imported. */
export interface EarlierImport {
  /** The ETag of each import object as it was read, by its key. */
  readonly etags: ReadonlyMap<string, string>;
  /** Of those with lines that stay. */
  readonly keysWithOthers: ReadonlySet<string>;
  readonly kept: KeptMessages;
}

/** Messages of the history of which the lake has a newer version. */
export class KeptMessages {
  readonly #history: ExportedHistory;
  readonly #ids = new Map<number, Set<number>>();
  count = 0;

  constructor(history: ExportedHistory) {
    this.#history = history;
  }

  add(chatId: number, messageId: number): void {
    const ids = this.#ids.get(chatId) ?? new Set();
    this.#ids.set(chatId, ids.add(messageId));
    this.count += 1;
  }

  has(chatId: number, messageId: number): boolean {
    return this.#ids.get(chatId)?.has(messageId) ?? false;
  }

  /** Whether the lake's version of the message stays. */
  isOnlyEarlier(chatId: number, messageId: number): boolean {
    return this.#history.changedAt(chatId, messageId) === undefined || this.has(chatId, messageId);
  }
}

const objectsAtOnce = 4;

/** Reads the earlier import objects, and compares them with the history. @throws StoreError */
export async function earlierImport(
  candidates: readonly Candidate[],
  context: ImportContext,
): Promise<EarlierImport> {
  const kept = new KeptMessages(context.history);
  const compare = (candidate: Candidate) => comparison(candidate, context);
  const comparisons: Comparison[] = [];
  for await (const found of readAhead(candidates, compare, objectsAtOnce)) if (found) comparisons.push(found);

  // The export with the older end is the older one. It has older names, which no edit shows.
  const lastMessageId = Math.max(0, ...comparisons.map((found) => found.lastMessageId));
  const isOlder = lastMessageId > context.history.lastMessageId;
  const withOthers = new Set<string>();
  for (const { key, chatId, hasOthers, newer, alike } of comparisons) {
    const staying = isOlder ? [...newer, ...alike] : newer;
    for (const messageId of staying) kept.add(chatId, messageId);
    if (hasOthers || staying.length > 0) withOthers.add(key);
  }
  const etags = new Map(comparisons.map(({ key, etag }) => [key, etag]));
  return { etags, keysWithOthers: withOthers, kept };
}

/** An import object beside the history. */
interface Comparison {
  readonly key: string;
  readonly etag: string;
  readonly chatId: number;
  /** Whether it has messages that the history does not have. */
  readonly hasOthers: boolean;
  /** Ids of messages that were changed later than the history knows, and of those that were not changed since. */
  readonly newer: readonly number[];
  readonly alike: readonly number[];
  readonly lastMessageId: number;
}

async function comparison(
  { day, chatId }: Candidate,
  { history, raw, withoutForgotten }: ImportContext,
): Promise<Comparison | undefined> {
  const key = importKey(day, chatId);
  // Before the object is read, so that a change in between is noticed, too, when it is to be replaced.
  const etag = (await raw.headObject(key))?.etag;
  const earlier = etag === undefined ? undefined : await objectOrNone(raw, key);
  if (etag === undefined || !earlier) return undefined;
  const [newer, alike]: [number[], number[]] = [[], []];
  let [hasOthers, lastMessageId] = [false, 0];
  const isOfChat = chatId === history.chat?.id;
  const isMoved = (messageId: number) => isOfChat && messageId < 0 && history.migratedFrom !== undefined;
  for await (const line of linesOf(earlier, () => true)) {
    const { messageId } = importLineStart(line) as ImportLineStart;
    if (isOfChat && messageId > lastMessageId) lastMessageId = messageId;
    const changedAt = history.changedAt(chatId, messageId);
    if (changedAt === undefined) hasOthers = true;
    else if (isMoved(messageId)) continue;
    else {
      const change = importLineChange(line);
      if (change < changedAt || withoutForgotten(line) !== line) continue;
      (change > changedAt ? newer : alike).push(messageId);
    }
  }
  return { key, etag, chatId, hasOthers, newer, alike, lastMessageId };
}

/**
 * Lines of an import object by their start, as far as the object is readable. A line that is not a message cannot be
 * distinguished from those of the history, and goes.
 */
export async function* linesOf(
  object: Uint8Array,
  isWanted: (start: ImportLineStart) => boolean,
): AsyncGenerator<string> {
  try {
    for await (const lines of importLines(object)) {
      for (const line of lines) {
        const start = importLineStart(line);
        if (start && isWanted(start)) yield line;
      }
    }
  } catch (error) {
    if (!(error instanceof ImportObjectError)) throw error;
  }
}
