import { seededRandom } from '../src/base/random.ts';

/** Numbers from 0 up to 1, evenly spread. */
export type Random = () => number;

/** The same sequence of numbers for the same seed, on every machine. Good for tests, not for secrets. */
export const randomNumbers = (seed: number): Random => seededRandom(seed).next;

/** A whole number from 0 up to `end`, without it. */
export function below(random: Random, end: number): number {
  return Math.floor(random() * end);
}

/** One of the items, the earlier ones far more often: about as people write, and as words are used. */
export function pickSkewed<Item>(random: Random, items: readonly [Item, ...Item[]]): Item {
  return items[Math.floor(items.length ** random()) - 1] ?? items[0];
}
