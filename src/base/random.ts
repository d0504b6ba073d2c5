/** A source of chance that repeats itself: the same seed gives the same choices on every machine. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  pick<T>(choices: readonly [T, ...T[]] | readonly T[]): T;
  /** One of the choices, each as likely as its weight; weights need not add up to 1. */
  weighted<T>(choices: readonly T[], weight: (choice: T) => number): T;
  /** A positive number, half of the time below `median`, now and then far above: how long people take. */
  logNormal(median: number, sigma: number): number;
}

/** A {@link Random} by the mulberry32 generator: small, fast, and good enough to invent small talk. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(next() * choices.length)] as T;
  return {
    next,
    pick,
    between: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (probability) => next() < probability,
    weighted: (choices, weight) => {
      let rest = next() * choices.reduce((sum, choice) => sum + weight(choice), 0);
      for (const choice of choices) {
        rest -= weight(choice);
        if (rest < 0) return choice;
      }
      return choices.at(-1) as (typeof choices)[number];
    },
    logNormal: (median, sigma) => {
      // Box–Muller; 1 - next() is never 0, so the logarithm is finite.
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return median * Math.exp(sigma * normal);
    },
  };
}
