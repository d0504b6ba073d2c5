/** Numbers from 0 up to 1, evenly spread. */
export type Random = () => number;

/** The same sequence of numbers for the same seed, on every machine (mulberry32). Good for tests, not for secrets. */
export function randomNumbers(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number from 0 up to `end`, without it. */
export function below(random: Random, end: number): number {
  return Math.floor(random() * end);
}

/** One of the items, the earlier ones far more often: about as people write, and as words are used. */
export function pickSkewed<Item>(random: Random, items: readonly [Item, ...Item[]]): Item {
  return items[Math.floor(items.length ** random()) - 1] ?? items[0];
}
