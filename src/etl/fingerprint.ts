import { createHash } from 'node:crypto';
import { schemaVersion } from '../lake/columns.ts';
import type { Day } from '../lake/local-day.ts';
import { dayPrefix, isImportKey } from '../lake/object-keys.ts';
import type { ObjectEntry, ObjectStore } from '../lake/object-store.ts';

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
  for await (const _ of digest.updates(raw.listObjects(dayPrefix(day))));
  return digest.result();
}

/**
 * Digests a listing, and the schema's version, while its entries pass through.
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
    /** The entries that are no import objects. */
    async *updates(entries: AsyncIterable<ObjectEntry>): AsyncGenerator<ObjectEntry> {
      for await (const entry of entries) {
        if (isImportKey(entry.key)) {
          importsSeen.push(entry);
        } else {
          add(entry);
          if (entry.sizeBytes > 0) updates += 1;
          yield entry;
        }
      }
    },
    /** To be called once, after the last entry. */
    result(): Listing {
      for (const entry of imports ?? importsSeen) add(entry);
      return { fingerprint: hash.digest('hex'), rawObjects, updates };
    },
  };
}
