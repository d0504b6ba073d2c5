import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { mergeSorted } from '../base/async/merge-sorted.ts';
import { readAhead } from '../base/async/read-ahead.ts';
import type { Day } from '../base/local-day.ts';
import { inScratchFolder } from '../base/scratch-folder.ts';
import { isAfterDay } from '../lake/calendar.ts';
import { type MessageRow, schemaVersion } from '../lake/columns.ts';
import { dayPrefix, enrichedKey, importPrefix, secondOfRawKey } from '../lake/object-keys.ts';
import { type ObjectEntry, ObjectNotFoundError, type ObjectStore } from '../storage/object-store.ts';
import { parseUpdate } from '../telegram/update.ts';
import { type Listing, listingDigest, listingOf } from './fingerprint.ts';
import { importedRows, type TimedRow } from './imported-rows.ts';
import { messageRow, type NoRow } from './message-row.ts';
import { newestVersions } from './newest-versions.ts';
import { createParquetFile } from './parquet-file.ts';
import type { ScaleOut } from './scale-out.ts';

/** Why a raw object, or a line of an import object, gave no row. `superseded`: a newer version of its message did. */
export type SkipReason = NoRow | 'unreadable' | 'superseded';

/** What the ETL did with one day. */
export interface DaySummary {
  readonly day: Day;
  /** `removed`: the day has no raw object any more. `empty`: it has none, and never had. */
  readonly outcome: 'rebuilt' | 'unchanged' | 'removed' | 'empty';
  readonly rows: number;
  readonly rawObjects: number;
  /** Raw objects, and lines of import objects, without a row, by reason; empty unless rebuilt. */
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>;
  /** Of the enriched file. */
  readonly sizeBytes: number;
  readonly milliseconds: number;
}

export interface RunDayOptions {
  readonly raw: ObjectStore;
  readonly enriched: ObjectStore;
  /** Rebuild also what has not changed. */
  readonly force?: boolean;
  /** Raw objects read at the same time. */
  readonly concurrency?: number;
  /** Told of each raw object that cannot be read as an update, in the order of the day. */
  readonly onUnreadable?: (key: string) => void;
  /** Where large days go; without it, this process reads every day. */
  readonly scaleOut?: ScaleOut;
}

/**
 * Brings one day's enriched file up to date with its raw objects, and does nothing when it is.
 *
 * The file is a pure function of the raw objects: run again, late, twice at once or after a crash, it comes out the
 * same. What it was built from is noted on it as a fingerprint of the listing, taken while it was read; an object
 * that came too late for that makes the next run rebuild. It is replaced in one put.
 *
 * @throws StoreError when a store fails: the day's file then is as it was
 */
export async function runDay(day: Day, options: RunDayOptions): Promise<DaySummary> {
  const { raw, enriched, force = false, scaleOut } = options;
  const start = performance.now();
  const summary = (outcome: DaySummary['outcome'], facts: Partial<DaySummary>): DaySummary => {
    const milliseconds = Math.round(performance.now() - start);
    return { day, outcome, rows: 0, rawObjects: 0, skipped: {}, sizeBytes: 0, ...facts, milliseconds };
  };

  const key = enrichedKey(day);
  const current = await enriched.headObject(key);
  const listing = (current && !force) || scaleOut ? await listingOf(day, raw) : undefined;
  if (current && !force && listing && listing.fingerprint === current.metadata.fingerprint) {
    const rows = Number(current.metadata['row-count']);
    return summary('unchanged', { rows, rawObjects: listing.rawObjects, sizeBytes: current.sizeBytes });
  }

  return inScratchFolder(async (folder) => {
    const path = join(folder, 'messages.parquet');
    const { rawObjects, fingerprint, rows, skipped } = await buildFile(path, day, listing, options);
    if (rawObjects === 0) {
      if (!current) return summary('empty', {});
      await enriched.deleteObject(key);
      return summary('removed', {});
    }
    const metadata = { fingerprint, 'row-count': String(rows), 'schema-version': String(schemaVersion) };
    await enriched.putObject(key, { path }, { contentType: 'application/vnd.apache.parquet', metadata });
    return summary('rebuilt', { rows, rawObjects, skipped, sizeBytes: (await stat(path)).size });
  });
}

async function buildFile(
  path: string,
  day: Day,
  listed: Listing | undefined,
  { raw, concurrency = 64, onUnreadable = () => {}, scaleOut }: RunDayOptions,
) {
  const skipped: Partial<Record<SkipReason, number>> = {};
  const skip = (reason: SkipReason, count = 1) => {
    if (count > 0) skipped[reason] = (skipped[reason] ?? 0) + count;
  };

  const read = (entry: ObjectEntry) =>
    listing.isUpdate(entry) ? readUpdate(raw, entry.key, day) : undefined;

  const imports = await Array.fromAsync(raw.listObjects(importPrefix(day)));
  const listing = listingDigest(imports);
  const handOver = listed && scaleOut && listed.updates >= scaleOut.fromObjects;
  const updates = handOver
    ? scaleOut.rowsOf(day, listed)
    : readAhead(raw.listObjects(dayPrefix(day)), read, concurrency);
  const sources = [updates, ...imports.map(({ key }) => importedRows(day, key, raw))];

  const file = await createParquetFile(path);
  let rows = 0;
  let second = '';
  let versions: MessageRow[] = [];
  const uncertain = new WeakSet<MessageRow>();
  // Filed by their arrival, so that the versions of one message need not share a second.
  const misdated: MessageRow[] = [];
  const flush = async () => {
    const newest = newestVersions(versions);
    for (const row of newest) {
      const writing = file.append(uncertain.has(row) ? { ...row, edit_date: null } : row);
      if (writing) await writing;
    }
    rows += newest.length;
    skip('superseded', versions.length - newest.length);
    versions = [];
  };

  try {
    // All versions of a message share its second, and all sources are sorted by it: one second is all there is to remember.
    for await (const item of mergeSorted(sources, (timed) => timed.second)) {
      if (item.second !== second && versions.length > 0) await flush();
      second = item.second;
      if (item.unreadableKey !== undefined) onUnreadable(item.unreadableKey);
      if (item.isEditUncertain && typeof item.row !== 'string') uncertain.add(item.row);
      if (typeof item.row === 'string') skip(item.row);
      else if (item.row.date === null || isAfterDay(item.row.date, day)) misdated.push(item.row);
      else versions.push(item.row);
    }
    await flush();
    versions = misdated;
    await flush();
  } finally {
    await file.close();
  }
  return { ...(handOver ? listed : listing.result()), rows, skipped };
}

async function readUpdate(raw: ObjectStore, key: string, day: Day): Promise<TimedRow> {
  const second = secondOfRawKey(key);
  try {
    const update = parseUpdate(await raw.getObject(key));
    if (!('notAnUpdate' in update)) return { second, row: messageRow(update, day) };
  } catch (error) {
    // Deleted since it was listed. Anything else is a failure of the store, hence of the day.
    if (!(error instanceof ObjectNotFoundError)) throw error;
  }
  return { second, row: 'unreadable', unreadableKey: key };
}
