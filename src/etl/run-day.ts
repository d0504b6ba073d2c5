import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MessageRow, schemaVersion } from '../lake/columns.ts';
import type { Day } from '../lake/local-day.ts';
import { dayPrefix, enrichedKey, secondOfRawKey } from '../lake/object-keys.ts';
import { type ObjectEntry, ObjectNotFoundError, type ObjectStore } from '../lake/object-store.ts';
import { readAhead } from '../lake/read-ahead.ts';
import { readUpdate } from '../telegram/update.ts';
import { isNewerVersion, messageRow, type NoRow } from './message-row.ts';
import { createParquetFile } from './parquet-file.ts';

/** Why a raw object gave no row of its own. `superseded`: a newer version of the same message did. */
export type SkipReason = NoRow | 'unreadable' | 'superseded';

/** What the ETL did with one day. */
export interface DaySummary {
  readonly day: Day;
  /** `removed`: the day has no raw object any more. `empty`: it has none, and never had. */
  readonly outcome: 'rebuilt' | 'unchanged' | 'removed' | 'empty';
  readonly rows: number;
  readonly rawObjects: number;
  /** Raw objects without a row, by reason; empty unless rebuilt. */
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
  /** Told of each raw object that cannot be read as an update. */
  readonly onUnreadable?: (key: string) => void;
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
  const { raw, enriched, force = false } = options;
  const start = performance.now();
  const summary = (outcome: DaySummary['outcome'], facts: Partial<DaySummary>): DaySummary => {
    const milliseconds = Math.round(performance.now() - start);
    return { day, outcome, rows: 0, rawObjects: 0, skipped: {}, sizeBytes: 0, ...facts, milliseconds };
  };

  const key = enrichedKey(day);
  const current = await enriched.headObject(key);
  if (current && !force) {
    const listing = await fingerprintOf(raw.listObjects(dayPrefix(day)));
    if (listing.fingerprint === current.metadata.fingerprint) {
      const rows = Number(current.metadata['row-count']);
      return summary('unchanged', { rows, rawObjects: listing.rawObjects, sizeBytes: current.sizeBytes });
    }
  }

  const folder = await mkdtemp(join(tmpdir(), 'telegram-lake-'));
  try {
    const path = join(folder, 'messages.parquet');
    const { rawObjects, fingerprint, rows, skipped } = await buildFile(path, day, options);
    if (rawObjects === 0) {
      if (!current) return summary('empty', {});
      await enriched.deleteObject(key);
      return summary('removed', {});
    }
    const metadata = { fingerprint, 'row-count': String(rows), 'schema-version': String(schemaVersion) };
    await enriched.putObject(key, { path }, { contentType: 'application/vnd.apache.parquet', metadata });
    return summary('rebuilt', { rows, rawObjects, skipped, sizeBytes: (await stat(path)).size });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function buildFile(path: string, day: Day, { raw, concurrency = 64, onUnreadable }: RunDayOptions) {
  const skipped: Partial<Record<SkipReason, number>> = {};
  const skip = (reason: SkipReason) => {
    skipped[reason] = (skipped[reason] ?? 0) + 1;
  };

  async function read({ key }: ObjectEntry): Promise<{ second: string; row?: MessageRow }> {
    const second = secondOfRawKey(key);
    const row = await readRow(raw, key);
    if (typeof row === 'object') return { second, row };
    skip(row);
    if (row === 'unreadable') onUnreadable?.(key);
    return { second };
  }

  const listing = fingerprint();
  const file = await createParquetFile(path);
  let rows = 0;
  let second = '';
  let versions = new Map<string, MessageRow>();
  const flush = async () => {
    for (const row of [...versions.values()].sort(byIdentity)) await file.append(row);
    rows += versions.size;
    versions = new Map();
  };

  try {
    // All versions of a message share its second, and keys sort by it: one second is all there is to remember.
    for await (const item of readAhead(listing.of(raw.listObjects(dayPrefix(day))), read, concurrency)) {
      if (item.second !== second) await flush();
      second = item.second;
      if (!item.row) continue;
      const identity = `${item.row.chat_id}/${item.row.message_id}`;
      const other = versions.get(identity);
      if (other) skip('superseded');
      if (!other || isNewerVersion(item.row, other)) versions.set(identity, item.row);
    }
    await flush();
  } finally {
    await file.close();
  }
  return { rawObjects: listing.count(), fingerprint: listing.digest(), rows, skipped };
}

const decoder = new TextDecoder();

async function readRow(raw: ObjectStore, key: string): Promise<MessageRow | SkipReason> {
  try {
    const update = readUpdate(JSON.parse(decoder.decode(await raw.getObject(key))));
    return 'notAnUpdate' in update ? 'unreadable' : messageRow(update);
  } catch (error) {
    // Deleted since it was listed, or not JSON. Anything else is a failure of the store, hence of the day.
    if (error instanceof ObjectNotFoundError || error instanceof SyntaxError) return 'unreadable';
    throw error;
  }
}

function byIdentity(a: MessageRow, b: MessageRow): number {
  return (a.chat_id ?? 0) - (b.chat_id ?? 0) || (a.message_id ?? 0) - (b.message_id ?? 0);
}

async function fingerprintOf(entries: AsyncIterable<ObjectEntry>) {
  const listing = fingerprint();
  for await (const _ of listing.of(entries));
  return { fingerprint: listing.digest(), rawObjects: listing.count() };
}

/** A digest of the schema's version and of each entry that passed through. */
function fingerprint() {
  const hash = createHash('sha256').update(`schema ${schemaVersion}\n`);
  let count = 0;
  return {
    async *of(entries: AsyncIterable<ObjectEntry>): AsyncIterable<ObjectEntry> {
      for await (const entry of entries) {
        hash.update(`${entry.key}\t${entry.etag}\n`);
        count += 1;
        yield entry;
      }
    },
    count: () => count,
    digest: () => hash.digest('hex'),
  };
}
