/**
 * The results of `map` for each item, in the items' order, with up to `concurrency` calls at once.
 *
 * Items are taken in order. After an error no further item is taken.
 *
 * @throws the first error of a call, once the calls that were under way have ended
 */
export async function mapConcurrently<Item, Result>(
  items: Iterable<Item>,
  map: (item: Item) => Promise<Result>,
  concurrency: number,
): Promise<Result[]> {
  const results: Result[] = [];
  const failures: unknown[] = [];
  const waiting = [...items].entries();
  const work = async (): Promise<void> => {
    for (const [at, item] of waiting) {
      try {
        results[at] = await map(item);
      } catch (error) {
        failures.push(error);
      }
      if (failures.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  if (failures.length > 0) throw failures[0];
  return results;
}
