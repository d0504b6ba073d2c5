import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  type FileBody,
  type ObjectEntry,
  type ObjectHead,
  ObjectNotFoundError,
  type ObjectStore,
  type PutOptions,
  type PutOutcome,
  StoreError,
} from '../../src/storage/object-store.ts';

interface StoredObject {
  readonly bytes: Buffer;
  readonly etag: string;
  readonly storedAtSeconds: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * An object store in memory, for tests of what uses one. It passes the contract suite, so it behaves as S3 and the
 * folder do; subclass it to make single calls fail.
 */
export class MemoryStore implements ObjectStore {
  readonly #objects = new Map<string, StoredObject>();

  async putObject(
    key: string,
    body: Uint8Array | FileBody,
    { metadata = {}, onlyIfAbsent = false, onlyIfEtag }: PutOptions = {},
  ): Promise<PutOutcome> {
    const bytes = body instanceof Uint8Array ? Buffer.from(body) : await readBody(key, body);
    if (onlyIfAbsent && this.#objects.has(key)) return 'exists';
    if (onlyIfEtag !== undefined && this.#objects.get(key)?.etag !== onlyIfEtag) return 'changed';
    const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
    const storedAtSeconds = Math.floor(Date.now() / 1000);
    this.#objects.set(key, { bytes, etag, storedAtSeconds, metadata: { ...metadata } });
    return 'stored';
  }

  async getObject(key: string): Promise<Uint8Array> {
    const object = this.#objects.get(key);
    if (!object) throw new ObjectNotFoundError(key);
    return new Uint8Array(object.bytes);
  }

  async headObject(key: string): Promise<ObjectHead | undefined> {
    const object = this.#objects.get(key);
    if (!object) return undefined;
    const { bytes, ...head } = object;
    return { ...head, sizeBytes: bytes.length };
  }

  async *listObjects(prefix: string): AsyncIterable<ObjectEntry> {
    for (const key of this.#keys(prefix)) {
      const object = this.#objects.get(key);
      if (object) yield { key, etag: object.etag, sizeBytes: object.bytes.length };
    }
  }

  async *listFolders(prefix: string): AsyncIterable<string> {
    const names = this.#keys(prefix).map((key) => key.slice(prefix.length));
    const folders = names.filter((name) => name.includes('/')).map((name) => name.split('/', 1)[0]);
    for (const folder of new Set(folders)) yield `${prefix}${folder}/`;
  }

  async deleteObject(key: string): Promise<void> {
    this.#objects.delete(key);
  }

  /** Keys are ASCII, so that the order of their UTF-16 units is the order of their bytes. */
  #keys(prefix: string): string[] {
    return [...this.#objects.keys()].filter((key) => key.startsWith(prefix)).sort();
  }
}

async function readBody(key: string, { path }: FileBody): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new StoreError('store', key, error);
  }
}
