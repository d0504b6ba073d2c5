/**
 * A set of integers of 0 or more that takes little room where many are near one another, as ids are that only count up:
 * a bit for each, in blocks of 512.
 */
export class IntegerSet {
  readonly #blocks = new Map<number, Uint8Array>();

  /** Adds an integer. Returns whether it is new. */
  add(integer: number): boolean {
    const number = Math.floor(integer / 512);
    const bit = integer % 512;
    const block = this.#blocks.get(number) ?? new Uint8Array(64);
    this.#blocks.set(number, block);
    const [index, mask] = [bit >> 3, 1 << (bit & 7)];
    const byte = block[index] ?? 0;
    if (byte & mask) return false;
    block[index] = byte | mask;
    return true;
  }
}
