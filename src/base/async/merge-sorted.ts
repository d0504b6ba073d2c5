/**
 * The items of several sources as one, in the order of their keys: each source must already be in that order.
 *
 * Holds one item of each source. Items of the same key come source by source.
 */
export function mergeSorted<Item>(
  sources: readonly AsyncIterable<Item>[],
  keyOf: (item: Item) => string,
): AsyncIterable<Item> {
  const [only] = sources;
  // Handed through, each item would wait for some turns of the event loop's queue.
  return sources.length === 1 && only ? only : merged(sources, keyOf);
}

async function* merged<Item>(
  sources: readonly AsyncIterable<Item>[],
  keyOf: (item: Item) => string,
): AsyncGenerator<Item> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]());
  try {
    const heads = await Promise.all(iterators.map((iterator) => iterator.next()));
    for (;;) {
      const next = indexOfLowest(heads, keyOf);
      const iterator = iterators[next];
      const head = heads[next];
      if (!iterator || !head || head.done) return;
      yield head.value;
      heads[next] = await iterator.next();
    }
  } finally {
    await Promise.all(iterators.map((iterator) => iterator.return?.()));
  }
}

function indexOfLowest<Item>(heads: readonly IteratorResult<Item>[], keyOf: (item: Item) => string): number {
  let lowest = -1;
  let lowestKey = '';
  for (const [index, head] of heads.entries()) {
    if (head.done) continue;
    const key = keyOf(head.value);
    if (lowest >= 0 && key >= lowestKey) continue;
    lowest = index;
    lowestKey = key;
  }
  return lowest;
}
