/** What to do with a value that the scanner finds: look inside, pass its text on, or skip it. */
export type Interest = 'enter' | 'take' | 'skip';

export interface JsonScannerOptions {
  /**
   * Asked once for each member of an entered object, and once for each entered array's items together.
   *
   * @param path - `''` for the whole text, `'chats.list[].name'` for a member of the items of an array
   * @param position - the byte at which the value begins; for items, at which their array does
   */
  readonly interestIn: (path: string, position: number) => Interest;
  /**
   * Called with each taken value: its text, and the byte at which it begins. The buffer is reused: copy what you keep.
   * It may throw a JsonDamageError where the text is not JSON.
   */
  readonly onValue: (path: string, text: Buffer, position: number) => void;
  /** Called at the end of each entered object and array. */
  readonly onEnd?: (path: string) => void;
  /**
   * Called with each damage, which then costs one item of a taken array: the scan goes on with the next line that
   * begins an item as the damaged one began, or ends the array. Without it, and where no such item was found before,
   * damage throws.
   */
  readonly onDamage?: (damage: JsonDamageError) => void;
  /** A taken value of more bytes than this is an error. It bounds the memory. */
  readonly maximumBytes?: number;
  /** A taken value with more objects and arrays inside one another is an error: most programs could not read it. */
  readonly maximumLevels?: number;
}

/** The text is no JSON, or not all of it is there. */
export class JsonDamageError extends Error {
  override readonly name = 'JsonDamageError';
  readonly problem: string;
  /** Bytes before the damage. */
  readonly position: number;
  /** The item of a taken array that is damaged, if any: the bytes before it, and how its text begins. */
  item?: { readonly position: number; readonly beginning: string };
  /** Whether the rest can be read all the same: see `onDamage`. */
  canBeSkipped = false;

  constructor(position: number, problem: string) {
    super(`${problem}, at byte ${position.toLocaleString('en')}`);
    this.problem = problem;
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

/** Where a scan goes on when the newest item of a taken array is damaged. */
interface Item {
  /** Bytes before it. */
  position: number;
  /** The array, and the containers that it is in. */
  list: Container | undefined;
  open: readonly Container[];
  /** Bytes before each item in its line, by the first; undefined where that has other values in its line. */
  column: number | undefined;
}

const maximumKeyBytes = 65_536;
/** Of an item, enough to hold what names it. */
const beginningBytes = 200;

/**
 * Finds values in a JSON text of any size while it streams by, without parsing them.
 *
 * It checks what it enters. Of the values it takes or skips it checks only that brackets and quotes are in balance,
 * which is all that is needed to find their end: so it is several times faster than a tokenizer, and text that is not
 * quite JSON inside a value can be repaired by the caller that parses it.
 */
export class JsonScanner {
  readonly #options: JsonScannerOptions;
  readonly #maximumBytes: number;
  readonly #open: Container[] = [];
  #expected: Expected = 'value';
  #path = '';
  /**
   * Begins with the bytes that cannot be decided before more come: a key cut in two, or the beginning of a taken value.
   */
  #work = Buffer.allocUnsafeSlow(0);
  #pendingBytes = 0;
  /** Where in the text the pending bytes begin. */
  #position = 0;
  /** Of the value that is being passed over, or undefined between values. */
  #value:
    | {
        interest: Interest;
        start: number;
        scanned: number;
        depth: number;
        deepest: number;
        inString: boolean;
      }
    | undefined;

  /** The byte after the last line break between tokens; undefined once a token follows it. */
  #lineStart: number | undefined;
  readonly #item: Item = { position: -1, column: undefined, list: undefined, open: [] };
  /** Whether it looks for the item after a damaged one, and where such a search ended last. */
  #isSeeking = false;
  #foundAt = -1;

  constructor(options: JsonScannerOptions) {
    this.#options = options;
    this.#maximumBytes = options.maximumBytes ?? Number.POSITIVE_INFINITY;
  }

  /** Scans the next bytes, and does not keep them: the chunk may be reused. @throws JsonDamageError */
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

  /** To be called after the last bytes. @throws JsonDamageError when the text is not complete */
  end(): void {
    while (this.#expected !== 'nothing' || this.#value || this.#isSeeking) {
      const taken = this.#value?.interest === 'take' ? this.#value.start : undefined;
      const problem =
        taken === undefined
          ? 'the file ends too early'
          : `the file ends inside the value that begins at byte ${taken.toLocaleString('en')}`;
      const damage = new JsonDamageError(this.#position + this.#pendingBytes, problem);
      const isInItem = taken !== undefined && taken === this.#item.position;
      damage.canBeSkipped = this.#item.list !== undefined;
      if (isInItem) this.#nameItem(damage, this.#work.subarray(0, this.#pendingBytes), this.#position);
      if (!this.#options.onDamage || !this.#item.list) throw damage;
      this.#options.onDamage(damage);
      // A lost quote hides where an item ends, and all that comes after it.
      if (!isInItem || this.#item.column === undefined) return;
      this.#rescan();
      if (this.#isSeeking) return;
    }
  }

  #rescan(): void {
    this.#isSeeking = true;
    this.#value = undefined;
    const bytes = this.#work.subarray(0, this.#pendingBytes);
    const done = this.#scan(bytes, this.#position, this.#item.position + 1 - this.#position);
    bytes.copyWithin(0, done);
    this.#pendingBytes -= done;
    this.#position += done;
  }

  /** Returns how many of the bytes are scanned for good. */
  #scan(bytes: Buffer, base: number, start = 0): number {
    for (let from = start; ; from = Math.max(0, this.#item.position + 1 - base, this.#foundAt + 1 - base)) {
      try {
        return this.#scanFrom(from, bytes, base);
      } catch (error) {
        if (!(error instanceof JsonDamageError) || !this.#isInList()) throw error;
        if (error.position === this.#item.position) this.#nameItem(error, bytes, base);
        error.canBeSkipped ||= this.#item.column !== undefined;
        if (!this.#options.onDamage || this.#item.column === undefined) throw error;
        this.#options.onDamage(error);
        this.#isSeeking = true;
        this.#value = undefined;
      }
    }
  }

  /** Also right after its end, which may be nothing but a wrong bracket. */
  #isInList(): boolean {
    const { list, open } = this.#item;
    return !this.#isSeeking && !!list && (this.#open.includes(list) || this.#open.at(-1) === open.at(-2));
  }

  #nameItem(damage: JsonDamageError, bytes: Buffer, base: number): void {
    const { position } = this.#item;
    const start = position - base;
    damage.item = { position, beginning: bytes.toString('utf8', start, start + beginningBytes) };
  }

  #scanFrom(from: number, bytes: Buffer, base: number): number {
    let at = from;
    for (;;) {
      if (this.#isSeeking) {
        at = this.#seekItem(bytes, at, base);
        if (this.#isSeeking) return at;
      }
      if (this.#value) {
        const end = this.#scanValue(bytes, base);
        if (end === undefined)
          return this.#value.interest === 'take' ? this.#value.start - base : bytes.length;
        at = end;
      }
      at = this.#skipSpace(bytes, at, base);
      const byte = bytes[at];
      if (byte === undefined) return at;
      const next = this.#step(bytes, at, byte, base);
      if (next === undefined) return at;
      this.#lineStart = undefined;
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
    if (container?.isArray && interest === 'take') this.#beginItem(base + at, container);
    this.#value = {
      interest: interest === 'take' ? 'take' : 'skip',
      start: base + at,
      scanned: base + at,
      depth: 0,
      deepest: 0,
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

  #beginItem(position: number, list: Container): void {
    this.#item.position = position;
    if (this.#item.list === list) return;
    this.#item.list = list;
    this.#item.open = [...this.#open];
    this.#item.column = this.#lineStart === undefined ? undefined : position - this.#lineStart;
  }

  /**
   * Goes to the line break before the next item, or before the end of the array, and ends the seeking there.
   *
   * @throws JsonDamageError where the array is over without an end
   */
  #seekItem(bytes: Buffer, from: number, base: number): number {
    const { column = 0, open } = this.#item;
    for (let lineBreak = bytes.indexOf(newLine, from); lineBreak >= 0; ) {
      const line = bracketLine(bytes, lineBreak + 1);
      if (line === 'cut') return lineBreak;
      if (line && line.indentation <= column) {
        const { bracket, indentation } = line;
        const isItem = bracket === openBrace && indentation === column;
        const isEnd = bracket === closeBracket && indentation < column;
        if (isItem || isEnd) {
          this.#open.splice(0, this.#open.length, ...open);
          this.#expected = isItem ? 'value' : 'comma';
          this.#isSeeking = false;
          this.#foundAt = base + lineBreak;
          return lineBreak;
        }
        if (indentation < column) {
          throw unexpected(base + lineBreak + 1 + indentation, bracket, 'the end of the list');
        }
      }
      lineBreak = bytes.indexOf(newLine, lineBreak + 1);
    }
    return bytes.length;
  }

  #skipSpace(bytes: Buffer, from: number, base: number): number {
    let at = from;
    for (; at < bytes.length && isSpace(bytes[at] as number); at++) {
      if (bytes[at] === newLine) this.#lineStart = base + at + 1;
    }
    return at;
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
      this.#passOn(bytes.subarray(value.start - base, end), value.start, value.deepest);
    }
    return end;
  }

  #passOn(text: Buffer, position: number, levels: number): void {
    const { maximumLevels = Number.POSITIVE_INFINITY } = this.#options;
    try {
      if (levels > maximumLevels) {
        throw new JsonDamageError(
          position,
          `a value of more than ${maximumLevels.toLocaleString('en')} levels of objects and lists`,
        );
      }
      this.#options.onValue(this.#path, text, position);
    } catch (error) {
      const { onDamage } = this.#options;
      const isWholeItem = this.#item.position === position && this.#item.column === undefined;
      if (!(error instanceof JsonDamageError) || !isWholeItem) throw error;
      error.canBeSkipped = true;
      if (!onDamage) throw error;
      // All in one line: then its own end, where brackets and quotes are in balance, is all there is to go by.
      this.#nameItem(error, text, position);
      onDamage(error);
    }
  }
}

/** Goes on from `value.scanned`; where the value does not end within the bytes, notes how far it came. */
function endOfValue(
  bytes: Buffer,
  base: number,
  value: { scanned: number; depth: number; deepest: number; inString: boolean },
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
      if (++depth > value.deepest) value.deepest = depth;
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
const [newLine, carriageReturn] = [0x0a, 0x0d];

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

interface BracketLine {
  readonly bracket: number;
  /** How many spaces are before it. */
  readonly indentation: number;
}

/**
 * A line that is nothing but one bracket, with a comma where it closes: as programs write JSON that people can read.
 *
 * @returns undefined for another line, and 'cut' where the bytes end too early to know
 */
function bracketLine(bytes: Buffer, start: number): BracketLine | 'cut' | undefined {
  let at = start;
  while (bytes[at] === 0x20 || bytes[at] === 0x09) at++;
  const bracket = bytes[at];
  const end = bracket !== openBrace && bytes[at + 1] === comma ? at + 2 : at + 1;
  if (bracket === undefined || end >= bytes.length) return 'cut';
  const isBracket = bracket === openBrace || bracket === closeBrace || bracket === closeBracket;
  if (!isBracket || (bytes[end] !== newLine && bytes[end] !== carriageReturn)) return undefined;
  return { bracket, indentation: at - start };
}

function unexpected(position: number, byte: number | undefined, wanted: string): JsonDamageError {
  const found =
    byte !== undefined && byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : 'a byte';
  return new JsonDamageError(position, `${found} where ${wanted} should be`);
}
