import { isJsonObject } from './json.ts';

/**
 * A JSON text after a change of its value, with every part that did not change byte for byte as it was: also what
 * parsing and writing it again would spell in another way, such as numbers beyond 2^53, `1.0` and `\u00e1`.
 *
 * @param text - valid JSON
 * @param before - what JSON.parse made of it
 * @param after - the changed value. What did not change is the same object in both, or the same plain value
 */
export function respelled(text: string, before: unknown, after: unknown): string {
  return new Respelling(text).value(before, after);
}

class Respelling {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads one value, and returns how it is to be written. */
  value(before: unknown, after: unknown): string {
    const start = this.#skipSpace();
    if (isJsonObject(before) && isJsonObject(after) && before !== after) return this.#object(before, after);
    if (Array.isArray(before) && Array.isArray(after) && before.length === after.length && before !== after) {
      return this.#array(before, after);
    }
    this.#skipValue();
    return before === after ? this.#text.slice(start, this.#at) : JSON.stringify(after);
  }

  #object(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string {
    const members: string[] = [];
    this.#at += 1;
    while (this.#skipSpace() < this.#text.length && this.#text[this.#at] !== '}') {
      if (this.#text[this.#at] === ',') {
        this.#at += 1;
        continue;
      }
      const start = this.#at;
      this.#skipValue();
      const name = JSON.parse(this.#text.slice(start, this.#at)) as string;
      this.#skipSpace();
      this.#at += 1;
      const spelled = this.#text.slice(start, this.#at);
      const isKept = Object.hasOwn(after, name) && after[name] !== undefined;
      const value = this.value(before[name], isKept ? after[name] : null);
      if (isKept) members.push(`${spelled}${value}`);
    }
    this.#at += 1;
    for (const [name, value] of Object.entries(after)) {
      if (Object.hasOwn(before, name) || value === undefined) continue;
      members.push(`${JSON.stringify(name)}:${JSON.stringify(value)}`);
    }
    return `{${members.join(',')}}`;
  }

  #array(before: readonly unknown[], after: readonly unknown[]): string {
    const items: string[] = [];
    this.#at += 1;
    if (before.length === 0) this.#skipValue();
    for (const [index, item] of before.entries()) {
      items.push(this.value(item, after[index]));
      this.#skipSpace();
      this.#at += 1;
    }
    return `[${items.join(',')}]`;
  }

  #skipSpace(): number {
    while (isSpace(this.#text.charCodeAt(this.#at))) this.#at += 1;
    return this.#at;
  }

  #skipValue(): void {
    let depth = 0;
    do {
      token.lastIndex = this.#skipSpace();
      const found = token.exec(this.#text)?.[0] ?? '';
      this.#at += found.length || 1;
      if (found === '{' || found === '[') depth += 1;
      else if (found === '}' || found === ']') depth -= 1;
    } while (depth > 0);
  }
}

/** A string, a bracket, a mark between values, or a number or word. */
const token = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+/y;

/** @see RFC 8259, section 2 */
const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
