import type { Day } from '../base/local-day.ts';
import { enrichedKey } from '../lake/object-keys.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { listingOf } from './fingerprint.ts';

/** How a day's enriched file stands to its raw objects. */
export interface DayStatus {
  readonly day: Day;
  readonly rawObjects: number;
  /** Of the enriched file; null where there is none. */
  readonly rows: number | null;
  readonly sizeBytes: number | null;
  /**
   * `fresh`: built from these raw objects by this version. `stale`: from others. `not built`: there is no file yet.
   * `gap`: there is nothing of this day at all. `unreadable`: the store failed.
   */
  readonly state: 'fresh' | 'stale' | 'not built' | 'gap' | 'unreadable';
}

/**
 * Looks at a day without changing it: one listing and one look-up.
 *
 * @throws StoreError
 */
export async function dayStatus(
  day: Day,
  { raw, enriched }: { readonly raw: ObjectStore; readonly enriched: ObjectStore },
): Promise<DayStatus> {
  const [{ rawObjects, fingerprint }, file] = await Promise.all([
    listingOf(day, raw),
    enriched.headObject(enrichedKey(day)),
  ]);
  if (!file) {
    return { day, rawObjects, rows: null, sizeBytes: null, state: rawObjects > 0 ? 'not built' : 'gap' };
  }
  const rows = Number(file.metadata['row-count']);
  const state = file.metadata.fingerprint === fingerprint ? 'fresh' : 'stale';
  return { day, rawObjects, rows: Number.isNaN(rows) ? null : rows, sizeBytes: file.sizeBytes, state };
}
