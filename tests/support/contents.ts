import type { ObjectStore } from '../../src/storage/object-store.ts';

/** Every object of a store: its key and its bytes as text. */
export async function contentsOf(store: ObjectStore): Promise<Record<string, string>> {
  const contents: Record<string, string> = {};
  for await (const { key } of store.listObjects('')) {
    contents[key] = Buffer.from(await store.getObject(key)).toString('utf8');
  }
  return contents;
}
