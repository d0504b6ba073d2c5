import { asInteger } from '../../base/json.ts';
import {
  type ChatHeader,
  containersOfChats,
  maximumMessageBytes,
  maximumMessageLevels,
  memberOf,
  parsedMember,
  withinChat,
  withoutByteOrderMark,
} from './chat-headers.ts';
import { isWrittenBefore2021 } from './export-peer.ts';
import { type ExportedValue, parseExported } from './export-repair.ts';
import { type Interest, JsonDamageError, JsonScanner } from './json-scanner.ts';

/** What an export says of a chat besides its messages. */
export interface ExportedChat {
  readonly name: string;
  /** Telegram Desktop's name: `private_supergroup`, `personal_chat`… */
  readonly type: string;
  /** Without a sign, as the export has it. */
  readonly id: number;
  /** Whether the export is of a whole account, of which this is one chat. */
  readonly isInAccount: boolean;
}

/** A chat of an export, once it has been read. */
export interface ReadChat {
  readonly chat: ExportedChat;
  messages: number;
  /** By its first message; undefined until there is one that shows it. */
  isWrittenBefore2021: boolean | undefined;
}

export interface ExportReaderOptions {
  /** Asked once a chat, before its messages. Those of other chats are counted, not read. */
  readonly wants: (chat: ExportedChat) => boolean;
  readonly onMessage: (message: ExportedValue, chat: ExportedChat) => void;
  /** Called with each damage, which then costs one message. Without it, damage throws. */
  readonly onDamage?: (damage: JsonDamageError) => void;
  /** Of each chat in order, for a file that has them after the messages. */
  readonly headers?: readonly ChatHeader[];
}

/** The file says which chat its messages are of only after them: read its headers first, by `ChatHeaders`. */
export class LateHeaderError extends JsonDamageError {}

/**
 * Reads Telegram Desktop's `result.json` of any size while it streams by: one chat's, or a whole account's.
 *
 * In memory there is never more than one message and a piece of the file.
 */
export class ExportReader {
  /** Every chat so far. */
  readonly chats: ReadChat[] = [];
  readonly #options: ExportReaderOptions;
  readonly #scanner: JsonScanner;
  #header: ChatHeader = {};
  #wanted = false;
  #position = 0;
  #begun = false;

  constructor(options: ExportReaderOptions) {
    const { onDamage } = options;
    this.#options = options;
    this.#scanner = new JsonScanner({
      interestIn: (path, position) => this.#interestIn(path, position),
      onValue: (path, text, position) => this.#onValue(path, text, position),
      onEnd: (path) => {
        if (path.endsWith('list[]')) this.#header = {};
      },
      ...(onDamage && { onDamage }),
      maximumBytes: maximumMessageBytes,
      maximumLevels: maximumMessageLevels,
    });
  }

  /** Reads the next bytes of the file. @throws JsonDamageError */
  write(chunk: Buffer): void {
    const bytes = this.#position === 0 ? withoutByteOrderMark(chunk) : chunk;
    if (!this.#begun) this.#checkBeginning(bytes);
    this.#position += bytes.length;
    this.#scanner.write(bytes);
  }

  /** To be called at the end of the file. @throws JsonDamageError when it is not complete, or holds no chat */
  end(): void {
    this.#scanner.end();
    if (this.chats.length === 0) {
      throw new JsonDamageError(this.#position, 'there is no chat in this file');
    }
  }

  #checkBeginning(chunk: Buffer): void {
    const start = chunk.toString('latin1').search(/[^\s]/);
    if (start < 0) return;
    this.#begun = true;
    if (chunk[start] === 0x7b) return;
    throw new JsonDamageError(
      this.#position + start,
      'this is no JSON export (Telegram Desktop: Export chat history, format "Machine-readable JSON")',
    );
  }

  #interestIn(path: string, position: number): Interest {
    if (containersOfChats.has(path)) return 'enter';
    switch (withinChat(path)) {
      case 'messages':
        return 'enter';
      case 'messages[]':
        this.#beginChat(path, position);
        return 'take';
      case 'name':
      case 'type':
      case 'id':
        return 'take';
      default:
        return 'skip';
    }
  }

  #beginChat(path: string, position: number): void {
    const { headers } = this.#options;
    const { name, type, id } = headers?.[this.chats.length] ?? this.#header;
    if (typeof type !== 'string' || !isId(id)) {
      const problem =
        'the type and the id of the chat, which Telegram Desktop writes before its messages, are missing';
      const isMissing = type === undefined || id === undefined;
      throw isMissing && !headers
        ? new LateHeaderError(position, problem)
        : new JsonDamageError(position, problem);
    }
    const isInAccount = path !== 'messages[]';
    const chat = { name: typeof name === 'string' ? name : '', type, id, isInAccount };
    this.chats.push({ chat, messages: 0, isWrittenBefore2021: undefined });
    this.#wanted = this.#options.wants(chat);
  }

  #onValue(path: string, text: Buffer, position: number): void {
    try {
      if (path.endsWith('[]')) this.#onMessage(text);
      else this.#header = { ...this.#header, [memberOf(path)]: parsedMember(text) };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new JsonDamageError(position, 'the value that begins here is not JSON');
    }
  }

  #onMessage(text: Buffer): void {
    const current = this.chats.at(-1);
    if (!current) return;
    current.messages += 1;
    if (this.#wanted) {
      const message = parseExported(text.toString('utf8'));
      current.isWrittenBefore2021 ??= ageOf(message);
      this.#options.onMessage(message, current.chat);
    } else if (current.isWrittenBefore2021 === undefined) {
      current.isWrittenBefore2021 = ageOf(unlessDamaged(text));
    }
  }
}

/** One that is not supported has nothing but an id, which does not show the age of the export. */
function ageOf(message: ExportedValue | undefined): boolean | undefined {
  return message === undefined || message.value.type === 'unsupported'
    ? undefined
    : isWrittenBefore2021(message.value);
}

function unlessDamaged(text: Buffer): ExportedValue | undefined {
  try {
    return parseExported(text.toString('utf8'));
  } catch {
    return undefined;
  }
}

function isId(id: unknown): id is number {
  const number = asInteger(id);
  return number !== undefined && number > 0;
}
