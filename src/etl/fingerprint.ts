import { createHash } from 'node:crypto';
import type { Day } from '../base/local-day.ts';
import { schemaVersion } from '../lake/columns.ts';
import { dayPrefix, isImportKey } from '../lake/object-keys.ts';
import type { ObjectEntry, ObjectStore } from '../storage/object-store.ts';

/** A day's raw objects as one short text, which changes whenever one of them comes, changes or goes. */
export interface Listing {
  readonly fingerprint: string;
  readonly rawObjects: number;
  /** Those of the raw objects that are neither import objects nor empty. */
  readonly updates: number;
}

/** The listing of a day as it is now. A file that was built from these raw objects carries the same fingerprint. */
export async function listingOf(day: Day, raw: ObjectStore): Promise<Listing> {
  const digest = listingDigest();
  for await (const entry of raw.listObjects(dayPrefix(day))) digest.isUpdate(entry);
  return digest.result();
}

/**
 * Digests a listing, and the schema's version, while its entries are looked at.
 *
 * Import objects are read beside the updates, from a listing of their own: `imports`, where given, takes the place of
 * those that pass by, so that what is digested is never newer than what was read.
 */
export function listingDigest(imports?: readonly ObjectEntry[]) {
  const hash = createHash('sha256').update(`schema ${schemaVersion}\n`);
  const importsSeen: ObjectEntry[] = [];
  let rawObjects = 0;
  let updates = 0;
  const add = ({ key, etag }: ObjectEntry) => {
    hash.update(`${key}\t${etag}\n`);
    rawObjects += 1;
  };
  return {
    /** To be called with each entry, in order: whether it is an update, not an import object. */
    isUpdate(entry: ObjectEntry): boolean {
      if (isImportKey(entry.key)) {
        importsSeen.push(entry);
        return false;
      }
      add(entry);
      if (entry.sizeBytes > 0) updates += 1;
      return true;
    },
    /** To be called once, after the last entry. */
    result(): Listing {
      for (const entry of imports ?? importsSeen) add(entry);
      return { fingerprint: hash.digest('hex'), rawObjects, updates };
    },
  };
}
