import { mostLevels } from '../update.ts';
import { parseExported } from './export-repair.ts';
import { type Interest, JsonScanner } from './json-scanner.ts';

/** The members of a chat that say which it is. */
export type ChatHeader = Readonly<Partial<Record<'name' | 'type' | 'id', unknown>>>;

/** Reads what a file says of its chats and nothing else, for files that say it after the messages. */
export class ChatHeaders {
  /** Of each chat that has messages, in order. */
  readonly headers: ChatHeader[] = [];
  readonly #scanner: JsonScanner;
  #header: Record<string, unknown> = {};
  #hasMessages = false;
  #isBegun = false;

  constructor() {
    this.#scanner = new JsonScanner({
      interestIn: (path) => this.#interestIn(path),
      onValue: (path, text) => {
        this.#header[memberOf(path)] = parsedMember(text);
      },
      onEnd: (path) => {
        if (path === '' || path.endsWith('list[]')) this.#endChat();
      },
      maximumBytes: maximumMessageBytes,
      maximumLevels: maximumMessageLevels,
    });
  }

  /** @throws JsonDamageError, SyntaxError */
  write(chunk: Buffer): void {
    this.#scanner.write(this.#isBegun ? chunk : withoutByteOrderMark(chunk));
    this.#isBegun = true;
  }

  #interestIn(path: string): Interest {
    if (containersOfChats.has(path)) return 'enter';
    const member = withinChat(path);
    if (member === 'messages') this.#hasMessages = true;
    return member === 'name' || member === 'type' || member === 'id' ? 'take' : 'skip';
  }

  #endChat(): void {
    if (this.#hasMessages) this.headers.push(this.#header);
    this.#header = {};
    this.#hasMessages = false;
  }
}

/** A path below a chat, as in the export of one chat. */
export function withinChat(path: string): string {
  return path.replace(/^(?:left_)?chats\.list\[\]\./, '');
}

export function memberOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

export function parsedMember(text: Buffer): unknown {
  return parseExported(`{"value":${text}}`).value.value;
}

/** The mark that some editors put before a text, as spaces, so that positions stay as they are. */
export function withoutByteOrderMark(chunk: Buffer): Buffer {
  const mark = Buffer.from('\uFEFF');
  return chunk.indexOf(mark) === 0
    ? Buffer.concat([Buffer.alloc(mark.length, ' '), chunk.subarray(mark.length)])
    : chunk;
}

/** Telegram's own limits keep messages far below. */
export const maximumMessageBytes = 16 * 2 ** 20;

/** As of an update. */
export const maximumMessageLevels = mostLevels;

/** The objects and arrays of an export that hold chats, or are one. */
export const containersOfChats = new Set([
  '',
  'chats',
  'chats.list',
  'chats.list[]',
  'left_chats',
  'left_chats.list',
  'left_chats.list[]',
]);
