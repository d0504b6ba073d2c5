import { appendFileSync, createReadStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { textOf } from '../base/lines.ts';
import type { Day } from '../base/local-day.ts';
import { type ImportLineStart, importLineStart } from '../lake/import-line.ts';

interface StagedDay {
  readonly path: string;
  lastSecond: string;
  lastMessageId: number;
  isSorted: boolean;
}

const heldBytes = 2 ** 18;

/**
 * Lines on their way into the lake, each day's in a file of its own: so a history of any length and in any order is
 * sorted into days in little memory. It is fast where lines of a day come together, as they do in an export.
 */
export class DayStage {
  readonly #folder: string;
  readonly #days = new Map<string, StagedDay>();
  /**
   * Text that is not in its file yet, all of one day. Not kept as strings: those would outlive the garbage collector's
   * nursery.
   */
  readonly #held = Buffer.allocUnsafeSlow(heldBytes);
  #heldLength = 0;
  #heldDay: StagedDay | undefined;

  /** @param folder - an empty one; it is the caller's to remove */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param second - of the message in the lake's time zone, as the line has it: `20261122235959` */
  add(chatId: number, day: Day, second: string, messageId: number, line: string): void {
    const staged = this.#stagedDay(chatId, day);
    if (second < staged.lastSecond || (second === staged.lastSecond && messageId < staged.lastMessageId)) {
      staged.isSorted = false;
    }
    staged.lastSecond = second;
    staged.lastMessageId = messageId;
    this.#hold(staged, `${line}\n`);
  }

  /** The days that have lines of this chat, in order. */
  days(chatId: number): Day[] {
    const prefix = `${chatId}/`;
    const keys = [...this.#days.keys()].filter((key) => key.startsWith(prefix));
    return keys.map((key) => key.slice(prefix.length)).sort();
  }

  /** A day's lines, sorted, as text. Histories are mostly in order already; a day that is not is sorted in memory. */
  async *text(chatId: number, day: Day): AsyncGenerator<Buffer> {
    this.#write();
    const staged = this.#days.get(`${chatId}/${day}`);
    if (!staged) return;
    if (staged.isSorted) yield* createReadStream(staged.path);
    else yield* textOf(sortedLines(await readFile(staged.path, 'utf8')));
  }

  /** Frees the disk of a day that is done. */
  async discard(chatId: number, day: Day): Promise<void> {
    const key = `${chatId}/${day}`;
    const staged = this.#days.get(key);
    this.#days.delete(key);
    if (staged) await rm(staged.path, { force: true });
  }

  #stagedDay(chatId: number, day: Day): StagedDay {
    const key = `${chatId}/${day}`;
    let staged = this.#days.get(key);
    if (!staged) {
      const path = join(this.#folder, `${chatId}_${day}.jsonl`);
      staged = { path, lastSecond: '', lastMessageId: 0, isSorted: true };
      this.#days.set(key, staged);
    }
    return staged;
  }

  #hold(staged: StagedDay, text: string): void {
    // UTF-8 takes at most three bytes for each unit of a string.
    const mayTake = 3 * text.length;
    if (staged !== this.#heldDay || this.#heldLength + mayTake > heldBytes) this.#write();
    this.#heldDay = staged;
    if (mayTake > heldBytes) appendFileSync(staged.path, text);
    else this.#heldLength += this.#held.write(text, this.#heldLength);
  }

  #write(): void {
    if (this.#heldDay && this.#heldLength > 0) {
      appendFileSync(this.#heldDay.path, this.#held.subarray(0, this.#heldLength));
    }
    this.#heldLength = 0;
  }
}

function sortedLines(text: string): string[] {
  const lines = text.split('\n').slice(0, -1);
  const started = lines.map((line) => ({ line, start: importLineStart(line) }));
  started.sort((a, b) => compareStarts(a.start, b.start));
  return started.map(({ line }) => line);
}

function compareStarts(a: ImportLineStart | undefined, b: ImportLineStart | undefined): number {
  if (!a || !b) return 0;
  return a.second === b.second ? a.messageId - b.messageId : a.second < b.second ? -1 : 1;
}
