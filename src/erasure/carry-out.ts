import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readAhead } from '../base/async/read-ahead.ts';
import { textOf } from '../base/lines.ts';
import { writeImportObject } from '../lake/import-object.ts';
import { isImportKey, quarantinePrefix } from '../lake/object-keys.ts';
import { type ObjectStore, objectOrNone, StoreError } from '../storage/object-store.ts';
import type { ObjectVersions } from '../storage/object-versions.ts';
import { erasureOf } from './erasure-of.ts';
import { searchFor } from './person-search.ts';
import type { ErasurePlan } from './plan-erasure.ts';

export interface CarryOutOptions {
  readonly raw: ObjectStore;
  /** Of the raw bucket, where it keeps versions of what is overwritten or deleted. */
  readonly versions?: ObjectVersions | undefined;
  readonly userId: number;
  readonly names: ReadonlySet<string>;
  /** For objects on their way. It is the caller's to remove. */
  readonly folder: string;
  /** Told of the objects that are done. */
  readonly onProgress?: (objects: number) => void;
}

const changesAtOnce = 16;

/**
 * Deletes and replaces the raw objects of a plan, with their older versions. Each is read again: what changed since
 * the plan was made is erased as it is now. Done again, it changes nothing.
 *
 * @returns whether older versions had to be left, because they may not be deleted
 * @throws StoreError when the store fails: the objects before are done, and doing it again does the rest
 */
export async function carryOut(plan: ErasurePlan, options: CarryOutOptions): Promise<boolean> {
  let leftVersions = false;
  let done = 0;
  const change = async ({ key }: { readonly key: string }) => {
    const erase = key.startsWith(quarantinePrefix) ? deleteWhole : eraseFrom;
    if (!(await erase(key, options))) leftVersions = true;
  };
  for await (const _ of readAhead(plan.changes, change, changesAtOnce)) options.onProgress?.(++done);
  return leftVersions;
}

/** Answers whether no older version is left. */
async function eraseFrom(key: string, options: CarryOutOptions): Promise<boolean> {
  const { raw, userId, names, folder } = options;
  for (;;) {
    const etag = (await raw.headObject(key))?.etag;
    const body = await objectOrNone(raw, key);
    if (!body || etag === undefined) return true;
    const lines: string[] = [];
    const write = (line: string) => lines.push(line);
    const { outcome } = await erasureOf(key, body, searchFor(userId, names), { write });
    if (outcome === 'keep') return true;
    if (outcome === 'delete') {
      if ((await raw.headObject(key))?.etag !== etag) continue;
      return deleteWhole(key, options);
    }
    // An import that wrote it meanwhile has messages that would be lost: it is read again.
    if (await isReplaced(key, etag, lines, raw, folder)) return deleteVersions(key, true, options);
  }
}

/** Puts what is left of an object in its place; false where it is another one by now. */
async function isReplaced(
  key: string,
  etag: string,
  lines: readonly string[],
  raw: ObjectStore,
  folder: string,
): Promise<boolean> {
  if (!isImportKey(key)) {
    const json = { contentType: 'application/json', onlyIfEtag: etag };
    return (await raw.putObject(key, Buffer.from(lines.join('')), json)) === 'stored';
  }
  const path = join(folder, randomUUID());
  await writeImportObject(textOf(lines), path);
  const gzip = { contentType: 'application/gzip', onlyIfEtag: etag };
  const outcome = await raw.putObject(key, { path }, gzip);
  await rm(path);
  return outcome === 'stored';
}

async function deleteWhole(key: string, options: CarryOutOptions): Promise<boolean> {
  const isClean = await deleteVersions(key, false, options);
  if (!options.versions || !isClean) await options.raw.deleteObject(key);
  return isClean;
}

/** Answers false where that is not allowed. */
async function deleteVersions(
  key: string,
  keepNewest: boolean,
  { versions }: CarryOutOptions,
): Promise<boolean> {
  try {
    await versions?.deleteVersions(key, { keepNewest });
    return true;
  } catch (error) {
    if (error instanceof StoreError && isDenied(error.cause)) return false;
    throw error;
  }
}

function isDenied(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'AccessDenied';
}
