/**
 * What `read` gives for each item, in the items' order, with up to `concurrency` reads under way at once. It is called
 * in that order, too, and leaves out an item by giving undefined at once.
 *
 * Holds at most that number of results. The first error ends it; reads still under way end by themselves.
 */
export async function* readAhead<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  read: (item: Item) => Promise<Result> | undefined,
  concurrency: number,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = [];
  for await (const item of items) {
    const reading = read(item);
    if (reading === undefined) continue;
    // It is awaited in its turn; until then a failure is no unhandled one.
    reading.catch(() => {});
    if (underWay.push(reading) < concurrency) continue;
    yield await (underWay.shift() as Promise<Result>);
  }
  for (const reading of underWay) yield await reading;
}
