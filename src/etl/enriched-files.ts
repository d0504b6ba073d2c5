import type { Day } from '../base/local-day.ts';
import { tableKey } from '../lake/object-keys.ts';
import { eventTable, messageTable, tables } from '../lake/tables.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { hasOlderForm } from './older-form.ts';

/** A day's enriched files, one of each table, as they are now. */
export interface EnrichedFiles {
  /** Of those that are there. */
  readonly keys: readonly string[];
  /**
   * Of the listing that all of them were built from; undefined where one is missing, or they were not built together.
   */
  readonly fingerprint: string | undefined;
  /** Messages; undefined where their file is missing, or does not say. */
  readonly rows: number | undefined;
  /** As `rows`, of events. */
  readonly events: number | undefined;
  readonly sizeBytes: number;
  /** Whether an earlier version of the schema wrote one of them. */
  readonly isOlderForm: boolean;
}

/**
 * Looks a day's enriched files up.
 *
 * @throws StoreError
 */
export async function enrichedFiles(day: Day, enriched: ObjectStore): Promise<EnrichedFiles> {
  const files = await Promise.all(
    tables.map(async (table) => {
      const key = tableKey(day, table);
      return { table, key, head: await enriched.headObject(key) };
    }),
  );
  const rowsOf = (of: typeof messageTable): number | undefined => {
    const count = Number(files.find(({ table }) => table === of)?.head?.metadata['row-count']);
    return Number.isNaN(count) ? undefined : count;
  };
  const [fingerprint, ...others] = files.map(({ head }) => head?.metadata.fingerprint);
  return {
    keys: files.filter(({ head }) => head !== undefined).map(({ key }) => key),
    fingerprint: others.every((other) => other === fingerprint) ? fingerprint : undefined,
    rows: rowsOf(messageTable),
    events: rowsOf(eventTable),
    sizeBytes: files.reduce((sum, { head }) => sum + (head?.sizeBytes ?? 0), 0),
    isOlderForm: files.some(({ head }) => head !== undefined && hasOlderForm(head)),
  };
}
