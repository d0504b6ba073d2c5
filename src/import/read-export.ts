import { open, stat } from 'node:fs/promises';
import { localTime, secondsOfLocalTime } from '../base/local-day.ts';
import { endOfTomorrow } from '../lake/calendar.ts';
import { importLine } from '../lake/import-line.ts';
import { compact } from '../lake/object-keys.ts';
import { type ChatHeader, ChatHeaders } from '../telegram/export/chat-headers.ts';
import { type BotApiMessage, ExportedMessages, type NotImported } from '../telegram/export/export-message.ts';
import { type ChatOfExport, chatOfExport, isWrittenBefore2021 } from '../telegram/export/export-peer.ts';
import {
  type ExportedChat,
  ExportReader,
  LateHeaderError,
  type ReadChat,
} from '../telegram/export/export-reader.ts';
import type { ExportedValue } from '../telegram/export/export-repair.ts';
import type { JsonDamageError } from '../telegram/export/json-scanner.ts';
import type { DayStage } from './day-stage.ts';

/** Why a message of the export is not in the lake. `forgotten`: its author was erased from it. */
export type SkippedMessage = NotImported | 'not supported by Telegram Desktop' | 'forgotten' | 'damaged';

export interface ReadExportOptions {
  /** Of the lake: where its days begin. */
  readonly timeZone: string;
  /** Of the machine that made the export, for exports that have nothing but its local times. */
  readonly exportTimeZone: string;
  /** The present, in Unix seconds: nothing was sent after tomorrow. */
  readonly nowSeconds: number;
  /** Which chat of the export to read, by what it is called there. */
  readonly wants: (chat: ExportedChat) => boolean;
  /** The basic group that became this supergroup, where it is known. */
  readonly migratedFrom: (supergroupId: number) => number | undefined;
  /** Who is a bot, by user id or by the name in the export. */
  readonly isBot?: (userId: number, name: string | undefined) => boolean;
  /** A line without what names people who were erased from the lake; undefined for a line of theirs. */
  readonly withoutForgotten: (line: string) => string | undefined;
  /** Whether a damaged message is left out; otherwise it throws. */
  readonly skipDamaged?: boolean;
  /** Called with the bytes read so far. */
  readonly onProgress?: (bytes: number) => void;
}

/** What an export held of one chat, once it is all on the stage. */
export interface ExportedHistory {
  /** Every chat of the export, also those that were not asked for. */
  readonly chats: readonly ReadChat[];
  /** The chat that was read; undefined where none was wanted, or it has no message. */
  readonly chat: ChatOfExport | undefined;
  readonly migratedFrom: number | undefined;
  readonly messages: number;
  readonly skipped: Readonly<Partial<Record<SkippedMessage, number>>>;
  /** The first message that was skipped for its date, and that date as the export has it. */
  readonly unreadDate: { readonly messageId: unknown; readonly date: unknown } | undefined;
  /** Of the skipped damage, the first. */
  readonly damage: readonly JsonDamageError[];
  /** Messages whose JSON had to be repaired. */
  readonly repaired: number;
  /** Messages from before a migration whose group is not known: they keep the export's negative ids. */
  readonly withoutGroup: number;
  /** Messages dated by the exporting machine's clock, since the export has nothing better. */
  readonly localDates: number;
  /** The highest id of the chat's messages; 0 where there are none. */
  readonly lastMessageId: number;
  /** As `ExportedMessages` has it: undefined where the export does not have the message. */
  readonly changedAt: (chatId: number, messageId: number) => number | undefined;
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
export async function readExport(
  path: string,
  stage: DayStage,
  options: ReadExportOptions,
): Promise<ExportedHistory> {
  const history = new HistoryReader(stage, options);
  try {
    return await history.read(path);
  } catch (error) {
    // Some programs save JSON with its names sorted: then "messages" comes before "type".
    const canReadAgain =
      error instanceof LateHeaderError && history.isUntouched && (await stat(path)).isFile();
    if (!canReadAgain) throw error;
    return new HistoryReader(stage, options).read(path, await chatHeaders(path));
  }
}

// More of them help nobody to mend a file.
const mostDamage = 20;

class HistoryReader {
  readonly #stage: DayStage;
  readonly #options: ReadExportOptions;
  readonly #skipped: Partial<Record<SkippedMessage, number>> = {};
  readonly #damage: JsonDamageError[] = [];
  #unreadDate: ExportedHistory['unreadDate'];
  #chat: ChatOfExport | undefined;
  #migratedFrom: number | undefined;
  #exported: ExportedMessages | undefined;
  #messages = 0;
  #repaired = 0;
  #withoutGroup = 0;
  #localDates = 0;
  #lastMessageId = 0;

  constructor(stage: DayStage, options: ReadExportOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  /** Whether nothing is on the stage yet. */
  get isUntouched(): boolean {
    return this.#messages === 0;
  }

  /** @param headers - of the file's chats, where they come after the messages */
  async read(path: string, headers?: readonly ChatHeader[]): Promise<ExportedHistory> {
    const { wants, skipDamaged, onProgress } = this.#options;
    const reader = new ExportReader({
      wants,
      onMessage: (message, chat) => this.#take(message, chat),
      ...(skipDamaged && { onDamage: (damage) => this.#skipDamaged(damage) }),
      ...(headers && { headers }),
    });
    let bytes = 0;
    for await (const chunk of chunksOf(path)) {
      reader.write(chunk);
      bytes += chunk.length;
      onProgress?.(bytes);
    }
    reader.end();
    return {
      chats: reader.chats,
      chat: this.#chat,
      migratedFrom: this.#migratedFrom,
      messages: this.#messages,
      skipped: this.#skipped,
      unreadDate: this.#unreadDate,
      damage: this.#damage,
      repaired: this.#repaired,
      withoutGroup: this.#withoutGroup,
      localDates: this.#localDates,
      lastMessageId: this.#lastMessageId,
      changedAt: (chatId, messageId) => this.#exported?.changedAt(chatId, messageId),
    };
  }

  #take(found: ExportedValue, header: ExportedChat): void {
    // It has nothing but an id, which does not show the age of the export.
    if (found.value.type === 'unsupported') {
      this.#skip('not supported by Telegram Desktop');
      return;
    }
    this.#exported ??= this.#begin(header, found);
    const message = this.#exported.read(found.value);
    if (typeof message !== 'string') {
      this.#put(message, found);
      return;
    }
    this.#skip(message);
    if (message === 'no date' || message === 'impossible date') {
      const { id, date, date_unixtime } = found.value;
      this.#unreadDate ??= { messageId: id, date: date ?? date_unixtime };
    }
  }

  #begin(header: ExportedChat, first: ExportedValue): ExportedMessages {
    const { timeZone, exportTimeZone, nowSeconds, migratedFrom, isBot } = this.#options;
    const chat = chatOfExport(header, isWrittenBefore2021(first.value));
    if (!chat) {
      throw new UnknownExportError(
        `the chat has the unknown type "${header.type}", so its id in the lake is unknown, too`,
      );
    }
    this.#chat = chat;
    this.#migratedFrom = chat.type === 'supergroup' ? migratedFrom(chat.id) : undefined;
    return new ExportedMessages({
      chat,
      migratedFrom: this.#migratedFrom,
      ...(isBot && { isBot }),
      secondsOfLocalTime: (local) => secondsOfLocalTime(local, exportTimeZone),
      lastSecond: endOfTomorrow(nowSeconds, timeZone),
    });
  }

  #put(message: BotApiMessage, found: ExportedValue): void {
    const { timeZone, withoutForgotten } = this.#options;
    const { kind, payload, chatId, messageId, dateSeconds } = message;
    const time = localTime(dateSeconds, timeZone);
    const second = compact(time);
    const line = withoutForgotten(importLine({ updateId: null, kind, payload, second }, found.json));
    if (line === undefined) {
      this.#skip('forgotten');
      return;
    }
    this.#stage.add(chatId, time.slice(0, 10), second, messageId, line);
    this.#messages += 1;
    if (found.repaired) this.#repaired += 1;
    if (messageId < 0) this.#withoutGroup += 1;
    if (message.isLocalDate) this.#localDates += 1;
    if (chatId === this.#chat?.id) this.#lastMessageId = Math.max(this.#lastMessageId, messageId);
  }

  #skip(reason: SkippedMessage): void {
    this.#skipped[reason] = (this.#skipped[reason] ?? 0) + 1;
  }

  #skipDamaged(damage: JsonDamageError): void {
    this.#skip('damaged');
    if (this.#damage.length < mostDamage) this.#damage.push(damage);
  }
}

async function chatHeaders(path: string): Promise<readonly ChatHeader[]> {
  const headers = new ChatHeaders();
  for await (const chunk of chunksOf(path)) headers.write(chunk);
  return headers.headers;
}

/**
 * The bytes of a file, in one buffer that is filled again and again: a stream would leave its buffers to be collected.
 */
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
