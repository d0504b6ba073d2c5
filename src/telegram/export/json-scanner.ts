/** What to do with a value that the scanner comes upon: look inside, hand over its text, or pass over it. */
export type Interest = 'enter' | 'take' | 'skip';

export interface JsonScannerOptions {
  /**
   * Asked once for each member of an entered object, and once for each entered array's items together.
   *
   * @param path - `''` for the whole text, `'chats.list[].name'` for a member of the items of an array
   * @param position - the byte at which the value begins; for items, at which their array does
   */
  readonly interestIn: (path: string, position: number) => Interest;
  /** Told of each taken value: its text, and the byte at which it begins. The bytes are only lent. */
  readonly onValue: (path: string, text: Buffer, position: number) => void;
  /** Told of the end of each entered object and array. */
  readonly onEnd?: (path: string) => void;
  /** A taken value of more bytes than this is an error. It bounds the memory. */
  readonly maximumBytes?: number;
}

/** The text is no JSON, or not all of it is there. */
export class JsonDamageError extends Error {
  override readonly name = 'JsonDamageError';
  /** Bytes before the damage. */
  readonly position: number;

  constructor(position: number, problem: string) {
    super(`${problem}, at byte ${position.toLocaleString('en')}`);
    this.position = position;
  }
}

/** What may come next in an entered object or array. */
type Expected = 'first key' | 'key' | 'colon' | 'value' | 'first item' | 'comma' | 'nothing';

interface Container {
  readonly path: string;
  readonly isArray: boolean;
  /** Of the items of an array. */
  readonly itemInterest: Interest;
}

const maximumKeyBytes = 65_536;

/**
 * Finds values in a JSON text of any size while it streams by, without parsing them.
 *
 * It checks what it enters. Of the values it takes or skips it checks only that brackets and quotes are in balance,
 * which is all that is needed to find their end: so it is several times faster than a tokenizer, and text that is not
 * quite JSON inside a value can be repaired by whoever parses it.
 */
export class JsonScanner {
  readonly #options: JsonScannerOptions;
  readonly #maximumBytes: number;
  readonly #open: Container[] = [];
  #expected: Expected = 'value';
  #path = '';
  /** Begins with the bytes that cannot be told before more come: a key cut in two, or the beginning of a taken value. */
  #work = Buffer.allocUnsafeSlow(0);
  #pendingBytes = 0;
  /** Where in the text the pending bytes begin. */
  #position = 0;
  /** Of the value that is being passed over, or undefined between values. */
  #value:
    | { interest: Interest; start: number; scanned: number; depth: number; inString: boolean }
    | undefined;

  constructor(options: JsonScannerOptions) {
    this.#options = options;
    this.#maximumBytes = options.maximumBytes ?? Number.POSITIVE_INFINITY;
  }

  /** Takes the next bytes, and does not keep them: the chunk may be filled anew. @throws JsonDamageError */
  write(chunk: Buffer): void {
    const length = this.#pendingBytes + chunk.length;
    if (length > this.#work.length) {
      const larger = Buffer.allocUnsafeSlow(2 * length);
      this.#work.copy(larger, 0, 0, this.#pendingBytes);
      this.#work = larger;
    }
    chunk.copy(this.#work, this.#pendingBytes);
    const done = this.#scan(this.#work.subarray(0, length), this.#position);
    this.#work.copyWithin(0, done, length);
    this.#pendingBytes = length - done;
    this.#position += done;
  }

  /** Tells that no more bytes come. @throws JsonDamageError when the text is not complete */
  end(): void {
    const end = this.#position + this.#pendingBytes;
    if (this.#value?.interest === 'take') {
      const start = this.#value.start.toLocaleString('en');
      throw new JsonDamageError(end, `the file ends inside the value that begins at byte ${start}`);
    }
    if (this.#expected !== 'nothing') throw new JsonDamageError(end, 'the file ends too early');
  }

  /** Answers how many of the bytes are dealt with for good. */
  #scan(bytes: Buffer, base: number): number {
    let at = 0;
    for (;;) {
      if (this.#value) {
        const end = this.#scanValue(bytes, base);
        if (end === undefined)
          return this.#value.interest === 'take' ? this.#value.start - base : bytes.length;
        at = end;
      }
      at = skipSpace(bytes, at);
      const byte = bytes[at];
      if (byte === undefined) return at;
      const next = this.#step(bytes, at, byte, base);
      if (next === undefined) return at;
      at = next;
    }
  }

  /** One token of an entered container, or undefined where it is not whole yet. */
  #step(bytes: Buffer, at: number, byte: number, base: number): number | undefined {
    const container = this.#open.at(-1);
    switch (this.#expected) {
      case 'nothing':
        throw new JsonDamageError(base + at, 'the text goes on after its end');
      case 'first key':
        if (byte === closeBrace) return this.#close(at);
        return this.#key(bytes, at, base);
      case 'key':
        return this.#key(bytes, at, base);
      case 'colon':
        if (byte !== colon) throw unexpected(base + at, byte, '":"');
        this.#expected = 'value';
        return at + 1;
      case 'comma':
        if (byte === (container?.isArray ? closeBracket : closeBrace)) return this.#close(at);
        if (byte !== comma) throw unexpected(base + at, byte, '"," or the end');
        this.#expected = container?.isArray ? 'value' : 'key';
        return at + 1;
      case 'first item':
        if (byte === closeBracket) return this.#close(at);
        return this.#begin(at, byte, base);
      case 'value':
        return this.#begin(at, byte, base);
    }
  }

  #begin(at: number, byte: number, base: number): number {
    if (byte === comma || byte === colon || byte === closeBrace || byte === closeBracket) {
      throw unexpected(base + at, byte, 'a value');
    }
    const container = this.#open.at(-1);
    const path = container?.isArray ? `${container.path}[]` : this.#path;
    const interest = container?.isArray ? container.itemInterest : this.#options.interestIn(path, base + at);
    if (interest === 'enter' && (byte === openBrace || byte === openBracket)) {
      const isArray = byte === openBracket;
      const itemInterest = isArray ? this.#options.interestIn(`${path}[]`, base + at) : 'skip';
      this.#open.push({ path, isArray, itemInterest });
      this.#expected = isArray ? 'first item' : 'first key';
      return at + 1;
    }
    this.#path = path;
    this.#value = {
      interest: interest === 'take' ? 'take' : 'skip',
      start: base + at,
      scanned: base + at,
      depth: 0,
      inString: false,
    };
    return at;
  }

  #key(bytes: Buffer, at: number, base: number): number | undefined {
    if (bytes[at] !== quote) throw unexpected(base + at, bytes[at], 'a name in quotes');
    let end = at + 1;
    while (end < bytes.length && bytes[end] !== quote) end += bytes[end] === backslash ? 2 : 1;
    if (end - at > maximumKeyBytes) throw new JsonDamageError(base + at, 'a name without an end');
    if (end >= bytes.length) return undefined;
    const container = this.#open.at(-1)?.path ?? '';
    const name = bytes.toString('utf8', at + 1, end);
    this.#path = container === '' ? name : `${container}.${name}`;
    this.#expected = 'colon';
    return end + 1;
  }

  #close(at: number): number {
    const container = this.#open.pop();
    this.#options.onEnd?.(container?.path ?? '');
    this.#expected = this.#open.length > 0 ? 'comma' : 'nothing';
    return at + 1;
  }

  /** Where the current value ends, or undefined where it does not yet. */
  #scanValue(bytes: Buffer, base: number): number | undefined {
    const value = this.#value;
    if (!value) return undefined;
    const end = endOfValue(bytes, base, value);
    const length = (end === undefined ? base + bytes.length : base + end) - value.start;
    if (value.interest === 'take' && length > this.#maximumBytes) {
      throw new JsonDamageError(
        value.start,
        `a value of more than ${this.#maximumBytes.toLocaleString('en')} bytes`,
      );
    }
    if (end === undefined) return undefined;
    this.#value = undefined;
    this.#expected = this.#open.length > 0 ? 'comma' : 'nothing';
    if (value.interest === 'take') {
      this.#options.onValue(this.#path, bytes.subarray(value.start - base, end), value.start);
    }
    return end;
  }
}

/** Goes on from `value.scanned`; where the value does not end within the bytes, notes how far it came. */
function endOfValue(
  bytes: Buffer,
  base: number,
  value: { scanned: number; depth: number; inString: boolean },
): number | undefined {
  const length = bytes.length;
  let at = value.scanned - base;
  let { depth, inString } = value;
  for (; at < length; at++) {
    const byte = bytes[at] as number;
    if (inString) {
      if (byte === quote) {
        inString = false;
        if (depth === 0) return at + 1;
      } else if (byte === backslash) at++;
    } else if (byte === quote) {
      inString = true;
    } else if (byte === openBrace || byte === openBracket) {
      depth++;
    } else if (byte === closeBrace || byte === closeBracket) {
      // A number or a name ends where its container does.
      if (depth === 0) return at;
      if (--depth === 0) return at + 1;
    } else if (depth === 0 && (byte === comma || isSpace(byte))) {
      return at;
    }
  }
  value.scanned = base + at;
  value.depth = depth;
  value.inString = inString;
  return undefined;
}

const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];
const [comma, colon, quote, backslash] = [0x2c, 0x3a, 0x22, 0x5c];

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function skipSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && isSpace(bytes[at] as number)) at++;
  return at;
}

function unexpected(position: number, byte: number | undefined, wanted: string): JsonDamageError {
  const found =
    byte !== undefined && byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : 'a byte';
  return new JsonDamageError(position, `${found} where ${wanted} should be`);
}
