import { asInteger } from '../../base/json.ts';
import { type ExportedValue, parseExported } from './export-repair.ts';
import { type Interest, JsonDamageError, JsonScanner } from './json-scanner.ts';

/** A chat as it stands in an export: what comes before its messages. */
export interface ExportedChat {
  readonly name: string;
  /** Telegram Desktop's name: `private_supergroup`, `personal_chat`… */
  readonly type: string;
  /** Without a sign, as the export has it. */
  readonly id: number;
  /** Whether the export is of a whole account, of which this is one chat. */
  readonly isInAccount: boolean;
}

export interface ExportReaderOptions {
  /** Asked once a chat, before its messages. Those of other chats are counted, not read. */
  readonly wants: (chat: ExportedChat) => boolean;
  readonly onMessage: (message: ExportedValue, chat: ExportedChat) => void;
}

/**
 * Reads Telegram Desktop's `result.json` of any size while it streams by: one chat's, or a whole account's.
 *
 * In memory there is never more than one message and a piece of the file.
 */
export class ExportReader {
  /** Every chat so far, with the number of its messages. */
  readonly chats: { readonly chat: ExportedChat; messages: number }[] = [];
  readonly #options: ExportReaderOptions;
  readonly #scanner: JsonScanner;
  #header: { name?: unknown; type?: unknown; id?: unknown } = {};
  #wanted = false;
  #position = 0;
  #begun = false;

  constructor(options: ExportReaderOptions) {
    this.#options = options;
    this.#scanner = new JsonScanner({
      interestIn: (path, position) => this.#interestIn(path, position),
      onValue: (path, text, position) => this.#onValue(path, text, position),
      onEnd: (path) => {
        if (path.endsWith('list[]')) this.#header = {};
      },
      maximumBytes: maximumMessageBytes,
    });
  }

  /** Takes the next bytes of the file. @throws JsonDamageError */
  write(chunk: Buffer): void {
    const bytes = this.#position === 0 ? withoutByteOrderMark(chunk) : chunk;
    if (!this.#begun) this.#checkBeginning(bytes);
    this.#position += bytes.length;
    this.#scanner.write(bytes);
  }

  /** Tells that the file is over. @throws JsonDamageError when it is not complete, or holds no chat */
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
    switch (path.replace(/^(?:left_)?chats\.list\[\]\./, '')) {
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
    const { name, type, id } = this.#header;
    if (typeof type !== 'string' || !isId(id)) {
      throw new JsonDamageError(
        position,
        'a type and an id of the chat are not before its messages, where Telegram Desktop writes them',
      );
    }
    const isInAccount = path !== 'messages[]';
    const chat = { name: typeof name === 'string' ? name : '', type, id, isInAccount };
    this.chats.push({ chat, messages: 0 });
    this.#wanted = this.#options.wants(chat);
  }

  #onValue(path: string, text: Buffer, position: number): void {
    try {
      if (!path.endsWith('[]')) {
        this.#header[path.slice(path.lastIndexOf('.') + 1) as 'name'] = parseExported(
          `{"value":${text}}`,
        ).value.value;
        return;
      }
      const current = this.chats.at(-1);
      if (!current) return;
      current.messages += 1;
      if (this.#wanted) this.#options.onMessage(parseExported(text.toString('utf8')), current.chat);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new JsonDamageError(position, 'the value that begins here is not JSON');
    }
  }
}

function isId(id: unknown): id is number {
  const number = asInteger(id);
  return number !== undefined && number > 0;
}

/** The mark that some editors put before a text, as spaces, so that positions stay as they are. */
function withoutByteOrderMark(chunk: Buffer): Buffer {
  const mark = Buffer.from('\uFEFF');
  return chunk.indexOf(mark) === 0
    ? Buffer.concat([Buffer.alloc(mark.length, ' '), chunk.subarray(mark.length)])
    : chunk;
}

/** Telegram's own limits keep messages far below. */
const maximumMessageBytes = 16 * 2 ** 20;

const containersOfChats = new Set([
  '',
  'chats',
  'chats.list',
  'chats.list[]',
  'left_chats',
  'left_chats.list',
  'left_chats.list[]',
]);
