import { mapConcurrently } from '../base/async/map-concurrently.ts';
import type { Day } from '../base/local-day.ts';
import { schemaVersion } from '../lake/columns.ts';
import { dayOfPrefix, enrichedKey, tablePrefix } from '../lake/object-keys.ts';
import type { ObjectHead, ObjectStore } from '../storage/object-store.ts';

/** A day whose enriched file an earlier version wrote: columns that are new since then are empty in it. */
export interface OlderDay {
  readonly day: Day;
  readonly rows: number;
}

// Each is one small request: 1,000 days take a second, and cost 0.04 cents.
const headsAtOnce = 64;

/**
 * The days whose enriched files have the form of an earlier version of the schema, newest first.
 *
 * @throws StoreError
 */
export async function daysOfOlderForm(enriched: ObjectStore): Promise<OlderDay[]> {
  const days: Day[] = [];
  for await (const prefix of enriched.listFolders(tablePrefix)) {
    const day = dayOfPrefix(prefix);
    if (day) days.push(day);
  }
  const look = async (day: Day): Promise<OlderDay | undefined> => {
    const head = await enriched.headObject(enrichedKey(day));
    if (!head || !hasOlderForm(head)) return undefined;
    return { day, rows: Number(head.metadata['row-count']) || 0 };
  };
  const found = await mapConcurrently(days.reverse(), look, headsAtOnce);
  return found.filter((day) => day !== undefined);
}

/**
 * Whether an enriched file was written by a version with a lower schema version. Of a file that names none, nothing is
 * known.
 */
export function hasOlderForm({ metadata }: ObjectHead): boolean {
  return Number(metadata['schema-version']) < schemaVersion;
}
