import type { Day } from '../base/local-day.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { enrichedFiles } from './enriched-files.ts';
import { listingOf } from './fingerprint.ts';

/** How a day's enriched files stand to its raw objects. */
export interface DayStatus {
  readonly day: Day;
  readonly rawObjects: number;
  /** Messages; null where there is no enriched file. */
  readonly rows: number | null;
  /** Things that happened and are no message; null as above. */
  readonly events: number | null;
  /** Of the enriched files. */
  readonly sizeBytes: number | null;
  /**
   * `fresh`: built from these raw objects by this version. `stale`: from others, or one of the files is missing. `not
   * built`: there is no file yet. `gap`: there is nothing of this day at all. `damaged`: a file holds other bytes than
   * were written. `unreadable`: the store failed.
   */
  readonly state: 'fresh' | 'stale' | 'not built' | 'gap' | 'damaged' | 'unreadable';
  /** Stale because an earlier version of the schema wrote the file. */
  readonly isOlderForm?: boolean;
}

/**
 * Looks at a day without changing it: one listing, and a look-up of each file.
 *
 * @param verify - read the files, too: see `enrichedFiles`
 * @throws StoreError
 */
export async function dayStatus(
  day: Day,
  { raw, enriched }: { readonly raw: ObjectStore; readonly enriched: ObjectStore },
  { verify }: { readonly verify: boolean },
): Promise<DayStatus> {
  const [{ rawObjects, fingerprint }, files] = await Promise.all([
    listingOf(day, raw),
    enrichedFiles(day, enriched, { verify }),
  ]);
  if (files.keys.length === 0) {
    const state = rawObjects > 0 ? 'not built' : 'gap';
    return { day, rawObjects, rows: null, events: null, sizeBytes: null, state };
  }
  const { rows = null, events = null, sizeBytes, isOlderForm } = files;
  const upToDate = files.fingerprint === fingerprint ? 'fresh' : 'stale';
  const state = files.damaged.length > 0 ? 'damaged' : upToDate;
  return { day, rawObjects, rows, events, sizeBytes, state, isOlderForm };
}
