import { join } from 'node:path';
import { mergeSorted } from '../base/async/merge-sorted.ts';
import { readAhead } from '../base/async/read-ahead.ts';
import { IntegerSet } from '../base/integer-set.ts';
import type { Day } from '../base/local-day.ts';
import { inScratchFolder } from '../base/scratch-folder.ts';
import { isAfterDay } from '../lake/calendar.ts';
import { type MessageRow, schemaVersion } from '../lake/columns.ts';
import type { EventRow } from '../lake/event-columns.ts';
import { dayPrefix, importPrefix, secondOfRawKey, tableKey } from '../lake/object-keys.ts';
import { eventTable, messageTable } from '../lake/tables.ts';
import { type ObjectEntry, ObjectNotFoundError, type ObjectStore } from '../storage/object-store.ts';
import { parseRawObject } from '../telegram/update.ts';
import { enrichedFiles } from './enriched-files.ts';
import { checksumName } from './file-checksum.ts';
import { type Listing, listingDigest, listingOf } from './fingerprint.ts';
import { importedRows } from './imported-rows.ts';
import type { NoRow } from './message-row.ts';
import { newestVersions } from './newest-versions.ts';
import { createParquetFile } from './parquet-file.ts';
import type { ScaleOut } from './scale-out.ts';
import { rowsOfUpdate, type TimedRow } from './timed-row.ts';

/**
 * Why a raw object, or a line of an import object, gave no row of either table. `superseded`: a newer version of its
 * message did. `repeated`: the same update, under another key.
 */
export type SkipReason = Exclude<NoRow, 'not a message'> | 'unreadable' | 'superseded' | 'repeated';

/** What the ETL did with one day. */
export interface DaySummary {
  readonly day: Day;
  /** `removed`: the day has no raw object any more. `empty`: it has none, and never had. */
  readonly outcome: 'rebuilt' | 'unchanged' | 'removed' | 'empty';
  /** Messages. */
  readonly rows: number;
  /** Things that happened and are no message. */
  readonly events: number;
  readonly rawObjects: number;
  /** Raw objects, and lines of import objects, without a row, by reason; empty unless rebuilt. */
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>;
  /** Of the enriched files. */
  readonly sizeBytes: number;
  readonly milliseconds: number;
}

export interface RunDayOptions {
  readonly raw: ObjectStore;
  readonly enriched: ObjectStore;
  /** Rebuild also what has not changed. */
  readonly force?: boolean;
  /** Read the files, too, and rebuild those that are damaged: see `enrichedFiles`. */
  readonly verify?: boolean;
  /** Raw objects read at the same time. */
  readonly concurrency?: number;
  /** Told of each raw object that cannot be read as an update, in the order of the day. */
  readonly onUnreadable?: (key: string) => void;
  /** Where large days go; without it, this process reads every day. */
  readonly scaleOut?: ScaleOut;
}

/**
 * Brings one day's enriched files up to date with its raw objects, and does nothing when they are.
 *
 * The files, one of each table, are a pure function of the raw objects: run again, late, twice at once or after a
 * crash, they come out the same. What they were built from is noted on each as a fingerprint of the listing, taken
 * while it was read; an object that came too late for that makes the next run rebuild, and so does a file that is
 * missing or of another listing than its neighbour. A day without events has a file of them all the same, which says
 * that there are none. Each file is replaced in one put.
 *
 * @throws StoreError when a store fails: each of the day's files then is whole, as it was or as it is to be
 */
export async function runDay(day: Day, options: RunDayOptions): Promise<DaySummary> {
  const start = performance.now();
  for (let attempt = 1; ; attempt++) {
    const outcome = await attemptDay(day, options, attempt < attempts);
    if (outcome !== 'overtaken') return { ...outcome, milliseconds: Math.round(performance.now() - start) };
  }
}

/** More runs than this that overtake one another would be a mistake. The last one replaces what it finds. */
const attempts = 4;

/**
 * @param yields - whether files that another run has replaced meanwhile stay: it may have read a newer listing. The day
 * is then `overtaken`, and to be looked at again
 */
async function attemptDay(
  day: Day,
  options: RunDayOptions,
  yields: boolean,
): Promise<Omit<DaySummary, 'milliseconds'> | 'overtaken'> {
  const { raw, enriched, force = false, verify = false, scaleOut } = options;
  const summary = (outcome: DaySummary['outcome'], facts: Partial<DaySummary>) => {
    const nothing = { rows: 0, events: 0, rawObjects: 0, skipped: {}, sizeBytes: 0 };
    return { day, outcome, ...nothing, ...facts };
  };

  const current = await enrichedFiles(day, enriched, { verify: verify && !force });
  const listing = (current.fingerprint && !force) || scaleOut ? await listingOf(day, raw) : undefined;
  if (current.fingerprint && !force && listing && listing.fingerprint === current.fingerprint) {
    const { rows = 0, events = 0, sizeBytes } = current;
    return summary('unchanged', { rows, events, rawObjects: listing.rawObjects, sizeBytes });
  }

  return inScratchFolder(async (folder) => {
    const built = await buildFiles(folder, day, listing, options);
    const { rawObjects, fingerprint, skipped, files, ...counts } = built;
    if (rawObjects === 0) {
      if (current.keys.length === 0) return summary('empty', {});
      // The messages last: by their file a run that was broken off finds the day again.
      for (const key of current.keys.toReversed()) {
        // A delete has no condition that every S3 server knows.
        const isReplaced = (await enriched.headObject(key))?.etag !== current.etags.get(key);
        if (isReplaced && yields) return 'overtaken';
        await enriched.deleteObject(key);
      }
      return summary('removed', {});
    }
    let sizeBytes = 0;
    for (const { table, rowCount, sha256, sizeBytes: fileBytes } of files) {
      const metadata = {
        fingerprint,
        'row-count': String(rowCount),
        'schema-version': String(schemaVersion),
        [checksumName]: sha256,
      };
      const key = tableKey(day, table);
      const etag = current.etags.get(key);
      const condition = etag === undefined ? { onlyIfAbsent: true } : { onlyIfEtag: etag };
      const put = await enriched.putObject(
        key,
        { path: join(folder, table.fileName) },
        { contentType: 'application/vnd.apache.parquet', metadata, ...(yields && condition) },
      );
      if (put !== 'stored') return 'overtaken';
      sizeBytes += fileBytes;
    }
    return summary('rebuilt', { ...counts, rawObjects, skipped, sizeBytes });
  });
}

async function buildFiles(
  folder: string,
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

  const messages = await createParquetFile<MessageRow>(join(folder, messageTable.fileName), messageTable);
  const happened = await createParquetFile<EventRow>(join(folder, eventTable.fileName), eventTable);
  let rows = 0;
  let events = 0;
  let second = '';
  let versions: MessageRow[] = [];
  const uncertain = new WeakSet<MessageRow>();
  const eventsOf = new WeakMap<MessageRow, readonly EventRow[]>();
  const updateIds = new IntegerSet();
  // Filed by their arrival, so that the versions of one message need not share a second.
  const misdated: MessageRow[] = [];
  const writeEvents = async (given: readonly EventRow[]) => {
    for (const event of given) {
      const writing = happened.append(event);
      if (writing) await writing;
    }
    events += given.length;
  };
  const flush = async () => {
    const newest = newestVersions(versions);
    for (const row of newest) {
      const writing = messages.append(uncertain.has(row) ? { ...row, edit_date: null } : row);
      if (writing) await writing;
      const reported = eventsOf.get(row);
      if (reported) await writeEvents(reported);
    }
    rows += newest.length;
    skip('superseded', versions.length - newest.length);
    versions = [];
  };

  try {
    // All versions of a message share its second, and all sources are sorted by it: one second is all there is to
    // remember.
    for await (const item of mergeSorted(sources, (timed) => timed.second)) {
      if (item.second !== second && versions.length > 0) await flush();
      second = item.second;
      if (item.unreadableKey !== undefined) onUnreadable(item.unreadableKey);
      // Updates without a date lie where they arrived: delivered twice, under two keys.
      if (item.updateId !== undefined && !updateIds.add(item.updateId)) {
        skip('repeated');
        continue;
      }
      if (item.events) await writeEvents(item.events);
      const { row } = item;
      if (row === 'not a message') continue;
      if (typeof row === 'string') {
        skip(row);
        continue;
      }
      if (item.isEditUncertain) uncertain.add(row);
      if (item.eventsOfMessage) eventsOf.set(row, item.eventsOfMessage);
      if (row.date === null || isAfterDay(row.date, day)) misdated.push(row);
      else versions.push(row);
    }
    await flush();
    versions = misdated;
    await flush();
  } catch (error) {
    await Promise.allSettled([messages.close(), happened.close()]);
    throw error;
  }
  const [ofMessages, ofEvents] = await Promise.all([messages.close(), happened.close()]);
  // The messages last: a day that is rebuilt then has its events.
  const files = [
    { ...ofEvents, table: eventTable, rowCount: events },
    { ...ofMessages, table: messageTable, rowCount: rows },
  ];
  return { ...(handOver ? listed : listing.result()), rows, events, skipped, files };
}

async function readUpdate(raw: ObjectStore, key: string, day: Day): Promise<TimedRow> {
  const second = secondOfRawKey(key);
  try {
    const update = parseRawObject(await raw.getObject(key));
    if (!('notAnUpdate' in update)) return rowsOfUpdate(update, key, second, day);
  } catch (error) {
    // Deleted since it was listed. Anything else is a failure of the store, so of the day.
    if (!(error instanceof ObjectNotFoundError)) throw error;
  }
  return { second, row: 'unreadable', unreadableKey: key };
}
