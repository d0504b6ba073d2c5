import { open } from 'node:fs/promises';
import { localTime, secondsOfLocalTime } from '../base/local-day.ts';
import { importLine } from '../lake/import-line.ts';
import { compact } from '../lake/object-keys.ts';
import { type BotApiMessage, ExportedMessages, type NotImported } from '../telegram/export/export-message.ts';
import { type ChatOfExport, chatOfExport, isWrittenBefore2021 } from '../telegram/export/export-peer.ts';
import { type ExportedChat, ExportReader } from '../telegram/export/export-reader.ts';
import type { ExportedValue } from '../telegram/export/export-repair.ts';
import type { DayStage } from './day-stage.ts';

/** Why a message of the export is not in the lake. `forgotten`: its sender was erased from it. */
export type SkippedMessage = NotImported | 'not supported by Telegram Desktop' | 'forgotten';

export interface ReadHistoryOptions {
  /** Of the lake: where its days begin. */
  readonly timeZone: string;
  /** Of the machine that made the export, for exports that tell nothing but its local times. */
  readonly exportTimeZone: string;
  /** Which chat of the export to read, by what it is called there. */
  readonly wants: (chat: ExportedChat) => boolean;
  /** The basic group that became this supergroup, where it is known. */
  readonly migratedFrom: (supergroupId: number) => number | undefined;
  /** A line without what tells of people who were erased from the lake; undefined for a line of theirs. */
  readonly withoutForgotten: (line: string) => string | undefined;
  /** Told of the bytes read so far. */
  readonly onProgress?: (bytes: number) => void;
}

/** What an export held, once it is all on the stage. */
export interface History {
  /** Every chat of the export, also those that were not asked for. */
  readonly chats: readonly { readonly chat: ExportedChat; readonly messages: number }[];
  /** The chat that was read; undefined where none was wanted, or it has no message. */
  readonly chat: ChatOfExport | undefined;
  readonly migratedFrom: number | undefined;
  readonly messages: number;
  readonly skipped: Readonly<Partial<Record<SkippedMessage, number>>>;
  /** Messages whose JSON had to be repaired. */
  readonly repaired: number;
  /** Messages from before a migration whose group is not known: they keep the export's negative ids. */
  readonly unplaced: number;
  /** Messages dated by the exporting machine's clock, for want of anything better. */
  readonly localDates: number;
  /** Whether the export has a message of this chat of the lake. */
  readonly includes: (chatId: number, messageId: number) => boolean;
}

/** The export is sound, but not of a kind that can be imported. */
export class UnknownExportError extends Error {
  override readonly name = 'UnknownExportError';
}

/**
 * Reads one chat of a Telegram Desktop export onto a stage, day by day.
 *
 * @throws JsonDamageError when the file is damaged or cut short
 * @throws UnknownExportError when the chat is of an unknown type
 */
export async function readHistory(
  path: string,
  stage: DayStage,
  options: ReadHistoryOptions,
): Promise<History> {
  const { timeZone, exportTimeZone, wants, withoutForgotten, onProgress } = options;
  const skipped: Partial<Record<SkippedMessage, number>> = {};
  const skip = (reason: SkippedMessage) => {
    skipped[reason] = (skipped[reason] ?? 0) + 1;
  };
  let chat: ChatOfExport | undefined;
  let migratedFrom: number | undefined;
  let exported: ExportedMessages | undefined;
  let [messages, repaired, unplaced, localDates] = [0, 0, 0, 0];

  function begin(header: ExportedChat, first: ExportedValue): ExportedMessages {
    chat = chatOfExport(header, isWrittenBefore2021(first.value));
    if (!chat) {
      throw new UnknownExportError(
        `the chat has the unknown type "${header.type}", so its id cannot be told`,
      );
    }
    migratedFrom = chat.type === 'supergroup' ? options.migratedFrom(chat.id) : undefined;
    return new ExportedMessages({
      chat,
      migratedFrom,
      secondsOfLocalTime: (local) => secondsOfLocalTime(local, exportTimeZone),
    });
  }

  function take(found: ExportedValue, header: ExportedChat): void {
    // It has nothing but an id, by which the age of the export cannot be told.
    if (found.value.type === 'unsupported') {
      skip('not supported by Telegram Desktop');
      return;
    }
    exported ??= begin(header, found);
    const message = exported.read(found.value);
    if (typeof message === 'string') skip(message);
    else put(message, found);
  }

  function put(message: BotApiMessage, found: ExportedValue): void {
    const { kind, payload, chatId, messageId, dateSeconds } = message;
    const time = localTime(dateSeconds, timeZone);
    const second = compact(time);
    const line = withoutForgotten(importLine({ updateId: null, kind, payload, second }, found.json));
    if (line === undefined) {
      skip('forgotten');
      return;
    }
    stage.add(chatId, time.slice(0, 10), second, messageId, line);
    messages += 1;
    if (found.repaired) repaired += 1;
    if (messageId < 0) unplaced += 1;
    if (message.isLocalDate) localDates += 1;
  }

  const reader = new ExportReader({ wants, onMessage: take });
  let bytes = 0;
  for await (const chunk of chunksOf(path)) {
    reader.write(chunk);
    bytes += chunk.length;
    onProgress?.(bytes);
  }
  reader.end();
  return {
    chats: reader.chats,
    chat,
    migratedFrom,
    messages,
    skipped,
    repaired,
    unplaced,
    localDates,
    includes: (chatId, messageId) => exported?.includes(chatId, messageId) ?? false,
  };
}

/** The bytes of a file, in one buffer that is filled again and again: a stream would leave its buffers to be collected. */
async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(2 ** 18);
  const file = await open(path);
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
