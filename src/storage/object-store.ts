import { fileSystemProblem } from '../base/file-system-error.ts';

/** A file on this machine to store as an object, so that a large body need not be held in memory. */
export interface FileBody {
  readonly path: string;
}

/** What a listing says of one object. */
export interface ObjectEntry {
  readonly key: string;
  /** Changes whenever the bytes change, as S3's does. Opaque: compare it, never parse it. */
  readonly etag: string;
  readonly sizeBytes: number;
}

/** What is known of one object without reading it. Metadata names are lower case with hyphens, values ASCII. */
export interface ObjectHead {
  readonly etag: string;
  readonly sizeBytes: number;
  /** When it was put, by the store's clock, in whole Unix seconds. */
  readonly storedAtSeconds: number;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface PutOptions {
  readonly contentType?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Leave an object that is already there as it is. */
  readonly onlyIfAbsent?: boolean;
  /** Replace the object with this ETag, and no other: where it has changed since or is gone, all stays as it is. */
  readonly onlyIfEtag?: string;
}

/** `exists` is only returned for `onlyIfAbsent`, `changed` only for `onlyIfEtag`. */
export type PutOutcome = 'stored' | 'exists' | 'changed';

/**
 * Where raw objects and enriched files live: S3, a folder, or memory.
 *
 * Keys are `/`-separated paths of printable ASCII. A `put` is atomic: a reader sees the old object or the new one,
 * never a part. What was put is seen by every later read and listing. Methods reject with `ObjectNotFoundError`,
 * or with `StoreError` for anything else that went wrong.
 */
export interface ObjectStore {
  putObject(key: string, body: Uint8Array | FileBody, options?: PutOptions): Promise<PutOutcome>;

  /** @throws ObjectNotFoundError when there is no such object */
  getObject(key: string): Promise<Uint8Array>;

  /** Undefined when there is no such object. */
  headObject(key: string): Promise<ObjectHead | undefined>;

  /** Every object whose key begins with `prefix`, in the byte order of the keys. Lists as it is consumed. */
  listObjects(prefix: string): AsyncIterable<ObjectEntry>;

  /**
   * The folders directly below `prefix` (which ends with `/`), each with its trailing `/`, in byte order.
   * @example listFolders('telegram/') // 'telegram/context_date=2026-11-22/', …
   */
  listFolders(prefix: string): AsyncIterable<string>;

  /** Succeeds also when there is no such object. */
  deleteObject(key: string): Promise<void>;
}

/**
 * An object's bytes, or undefined where there is none.
 *
 * @throws StoreError
 */
export async function objectOrNone(store: ObjectStore, key: string): Promise<Uint8Array | undefined> {
  try {
    return await store.getObject(key);
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return undefined;
    throw error;
  }
}

/** The object asked for is not there; the store itself works. */
export class ObjectNotFoundError extends Error {
  override readonly name = 'ObjectNotFoundError';
  readonly key: string;

  constructor(key: string, options?: ErrorOptions) {
    super(`no object ${key}`, options);
    this.key = key;
  }
}

/** The store refused or did not answer: nothing is known of the object, and trying again later may work. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly key: string;

  constructor(action: string, key: string, cause: unknown) {
    super(`cannot ${action} ${key}: ${reason(cause)}`, { cause });
    this.key = key;
  }
}

function reason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const problem = fileSystemProblem(cause);
  if (problem !== undefined) return problem;
  const code = (cause as NodeJS.ErrnoException).code;
  return code && !cause.message.includes(code)
    ? `${code} ${cause.message}`
    : `${cause.name} ${cause.message}`.trim();
}
