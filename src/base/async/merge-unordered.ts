/** The items of several sources, each as soon as it is there. The first error ends it. */
export async function* mergeUnordered<Item>(sources: readonly AsyncIterator<Item>[]): AsyncGenerator<Item> {
  const next = async (source: AsyncIterator<Item>) => ({ source, result: await source.next() });
  const pending = new Map(sources.map((source) => [source, next(source)]));
  while (pending.size > 0) {
    const { source, result } = await Promise.race(pending.values());
    if (result.done) {
      pending.delete(source);
    } else {
      pending.set(source, next(source));
      yield result.value;
    }
  }
}
