import type { Day } from '../base/local-day.ts';
import { tableKey } from '../lake/object-keys.ts';
import { eventTable, messageTable, tables } from '../lake/tables.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { isDamaged } from './file-checksum.ts';
import { hasOlderForm } from './older-form.ts';

/** A day's enriched files, one of each table, as they are now. */
export interface EnrichedFiles {
  /** Of those that are there. */
  readonly keys: readonly string[];
  /** By the keys. */
  readonly etags: ReadonlyMap<string, string>;
  /** Those whose bytes are not the ones that were written; empty where nobody looked. */
  readonly damaged: readonly string[];
  /**
   * Of the listing that all of them were built from; undefined where one is missing or damaged, or they were not built
   * together.
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
 * @param verify - read them, too, and compare their checksums. For a folder, whose disk may change bytes silently: S3
 * checks what it holds by itself
 * @throws StoreError
 */
export async function enrichedFiles(
  day: Day,
  enriched: ObjectStore,
  { verify = false }: { readonly verify?: boolean } = {},
): Promise<EnrichedFiles> {
  const files = await Promise.all(
    tables.map(async (table) => {
      const key = tableKey(day, table);
      return { table, key, head: await enriched.headObject(key) };
    }),
  );
  const there = files.filter(({ head }) => head !== undefined).map(({ key }) => key);
  const checked = verify ? await Promise.all(there.map((key) => isDamaged(enriched, key))) : [];
  const damaged = there.filter((_, index) => checked[index]);
  const rowsOf = (of: typeof messageTable): number | undefined => {
    const count = Number(files.find(({ table }) => table === of)?.head?.metadata['row-count']);
    return Number.isNaN(count) ? undefined : count;
  };
  const [fingerprint, ...others] = files.map(({ head }) => head?.metadata.fingerprint);
  return {
    keys: there,
    etags: new Map(files.flatMap(({ key, head }) => (head ? [[key, head.etag] as const] : []))),
    damaged,
    fingerprint:
      damaged.length === 0 && others.every((other) => other === fingerprint) ? fingerprint : undefined,
    rows: rowsOf(messageTable),
    events: rowsOf(eventTable),
    sizeBytes: files.reduce((sum, { head }) => sum + (head?.sizeBytes ?? 0), 0),
    isOlderForm: files.some(({ head }) => head !== undefined && hasOlderForm(head)),
  };
}
