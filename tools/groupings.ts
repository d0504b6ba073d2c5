/** Precision, recall and their harmonic mean. */
export interface Score {
  readonly p: number;
  readonly r: number;
  readonly f: number;
}

/** Items by their group. */
type Groups = ReadonlyMap<number, number>;

const scored = (right: number, found: number, there: number): Score => ({
  p: found === 0 ? 0 : right / found,
  r: there === 0 ? 0 : right / there,
  f: found + there === 0 ? 0 : (2 * right) / (found + there),
});

/** Of a set that was found, and of the true one. */
export function score(truth: ReadonlySet<number>, found: ReadonlySet<number>): Score {
  return scored([...found].filter((item) => truth.has(item)).length, found.size, truth.size);
}

/**
 * B-cubed (Bagga and Baldwin, 1998): for each true item, how much of its group is of its kind, and how much of its kind is
 * in its group; then the means. An item that was not found stands alone.
 */
export function bCubed(truth: Groups, found: Groups): Score {
  const guess = completed(truth, found);
  const [kinds, groups, cells] = [sizes(truth), sizes(guess), crossed(truth, guess)];
  let [precision, recall] = [0, 0];
  for (const [item, kind] of truth) {
    const group = guess.get(item) ?? item;
    const both = cells.get(`${kind} ${group}`) ?? 0;
    precision += both / (groups.get(group) ?? 1);
    recall += both / (kinds.get(kind) ?? 1);
  }
  const [p, r] = [precision / truth.size, recall / truth.size];
  return { p, r, f: (2 * p * r) / (p + r) };
}

/** Of the pairs that were put together, and of those that belong together: items left alone give nothing. */
export function pairs(truth: Groups, found: Groups): Score {
  const guess = completed(truth, found);
  const count = (of: ReadonlyMap<unknown, number>) =>
    [...of.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  return scored(count(crossed(truth, guess)), count(sizes(guess)), count(sizes(truth)));
}

/** How many of the ten largest kinds the ten largest groups stand for, each by its majority, and how pure these groups are. */
export function topTen(truth: Groups, found: Groups): { ofTen: number; purity: number } {
  const kinds = sizes(truth);
  const tenth = [...kinds.values()].toSorted((one, other) => other - one)[9] ?? 1;
  const largest = [...sizes(found)].toSorted(([a, one], [b, other]) => other - one || a - b).slice(0, 10);
  const stoodFor = new Set<number>();
  let [majority, items] = [0, 0];
  for (const [group, size] of largest) {
    const inGroup = new Map(
      [...found].filter(([, of]) => of === group).map(([item]) => [item, truth.get(item) ?? -1]),
    );
    const [[kind, times] = [-1, 0]] = [...sizes(inGroup)].toSorted(([, one], [, other]) => other - one);
    if (kind >= 0 && (kinds.get(kind) ?? 0) >= tenth) stoodFor.add(kind);
    majority += kind >= 0 ? times : 0;
    items += size;
  }
  return { ofTen: stoodFor.size, purity: items === 0 ? 0 : majority / items };
}

/** The groups of the true items; those not found stand alone, under a number that no group has. */
const completed = (truth: Groups, found: Groups): Groups =>
  new Map([...truth.keys()].map((item) => [item, found.get(item) ?? -item]));

function sizes(groups: Groups): Map<number, number> {
  const counts = new Map<number, number>();
  for (const group of groups.values()) counts.set(group, (counts.get(group) ?? 0) + 1);
  return counts;
}

function crossed(truth: Groups, guess: Groups): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [item, kind] of truth) {
    const cell = `${kind} ${guess.get(item)}`;
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return counts;
}
