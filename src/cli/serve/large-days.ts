import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Day } from '../../base/local-day.ts';
import { openScratchFolder } from '../../base/scratch-folder.ts';
import type { DaySummary } from '../../etl/run-day.ts';
import type { LocalLake } from '../../lake/lake.ts';
import { dayPrefix, isImportKey, secondOfRawKey, tableKey } from '../../lake/object-keys.ts';
import { tables } from '../../lake/tables.ts';
import { folderStore } from '../../storage/folder-store.ts';
import type { ObjectEntry, ObjectStore } from '../../storage/object-store.ts';

/**
 * The days of a lake that are too large to be rebuilt for each message. Their newest rows lie beside the lake, in files of
 * their own that the page reads, too; the days' files are rebuilt now and then, by another process.
 */
export interface LargeDays {
  /** Where the newest rows are: a folder as `<lake>/enriched`. */
  readonly fresh: string;
  /** Changes whenever the newest rows do. */
  version(): number;
  /** Notes how large a day is. */
  note(summary: Pick<DaySummary, 'day' | 'rawObjects'>): void;
  isLarge(day: Day): boolean;
  /** Brings the rows of these new raw objects beside the lake. What that takes does not grow with the day. */
  add(day: Day, rawKeys: readonly string[]): Promise<void>;
  /** Rebuilds the days that have newer rows, and removes those rows. */
  stop(): Promise<void>;
}

export interface LargeDaysOptions {
  /** Called when the newest rows have changed, or were replaced by a rebuilt file. */
  readonly onChange: () => void;
  /** Called once for each day that is found to be large. */
  readonly onLarge?: (day: Day, rawObjects: number) => void;
  /** The day stays due: it is tried again later. */
  readonly onFailure: (error: unknown) => void;
  /** The raw objects from which on a day is large. Fewer are rebuilt within about a second. */
  readonly from?: number;
  /** How long rows may lie beside the lake, at least. */
  readonly restMilliseconds?: number;
  readonly rebuild?: (lake: LocalLake, day: Day) => Promise<void>;
}

const largeFrom = 10_000;
const rest = 30_000;

// The machine shall be free for at least that many times as long as it rebuilt.
const restsPerRebuild = 5;

interface LargeDay {
  /** All raw objects by their second, as far as this process knows. */
  readonly keys: Map<string, Set<string>>;
  /** The seconds that the day's file is behind in, with the number of the change that made them so. */
  readonly due: Map<string, number>;
  timer: NodeJS.Timeout | undefined;
  restUntil: number;
  rebuilding: Promise<void> | undefined;
}

/** The large days of a lake; none are at first. */
export function largeDays(lake: LocalLake, options: LargeDaysOptions): LargeDays {
  const { onChange, onLarge, onFailure, from = largeFrom, restMilliseconds = rest } = options;
  const { rebuild = rebuildByOtherProcess } = options;
  const scratch = openScratchFolder();
  const beside = folderStore(scratch.path, 'enriched');
  const sizes = new Map<Day, number>();
  const days = new Map<Day, Promise<LargeDay>>();
  let changes = 0;
  let version = 0;

  async function writeFresh(day: Day, { keys, due }: LargeDay): Promise<void> {
    if (due.size === 0) for (const table of tables) await beside.deleteObject(tableKey(day, table));
    else {
      // All of a second: the newest version of a message is found among them.
      const some = [...due.keys()].sort().flatMap((second) => [...(keys.get(second) ?? [])].sort());
      const { runDay } = await import('../../etl/run-day.ts');
      await runDay(day, { raw: onlyObjects(lake.raw, some), enriched: beside, force: true });
    }
    version += 1;
    onChange();
  }

  async function rebuildNow(day: Day, large: LargeDay): Promise<void> {
    clearTimeout(large.timer);
    large.timer = undefined;
    const start = Date.now();
    const upTo = changes;
    try {
      await rebuild(lake, day);
      for (const [second, change] of large.due) if (change <= upTo) large.due.delete(second);
      await writeFresh(day, large);
    } catch (error) {
      onFailure(error);
    }
    large.restUntil = Date.now() + restsPerRebuild * (Date.now() - start);
  }

  function schedule(day: Day, large: LargeDay): void {
    if (large.timer || large.rebuilding || large.due.size === 0) return;
    const wait = Math.max(restMilliseconds, large.restUntil - Date.now());
    large.timer = setTimeout(() => {
      large.rebuilding = rebuildNow(day, large).finally(() => {
        large.rebuilding = undefined;
        schedule(day, large);
      });
    }, wait).unref();
  }

  return {
    fresh: join(scratch.path, 'enriched'),
    version: () => version,
    note({ day, rawObjects }) {
      const wasLarge = (sizes.get(day) ?? 0) >= from;
      sizes.set(day, rawObjects);
      if (!wasLarge && rawObjects >= from) onLarge?.(day, rawObjects);
    },
    isLarge: (day) => (sizes.get(day) ?? 0) >= from,
    async add(day, rawKeys) {
      const found = days.get(day) ?? largeDayOf(lake.raw, day);
      days.set(day, found);
      const large = await found;
      changes += 1;
      for (const key of rawKeys) {
        const second = secondOfRawKey(key);
        large.keys.set(second, (large.keys.get(second) ?? new Set()).add(key));
        large.due.set(second, changes);
      }
      await writeFresh(day, large);
      schedule(day, large);
    },
    async stop() {
      for (const [day, found] of days) {
        const large = await found;
        await large.rebuilding;
        if (large.due.size > 0) await rebuildNow(day, large);
        clearTimeout(large.timer);
      }
      scratch.remove();
    },
  };
}

async function largeDayOf(raw: ObjectStore, day: Day): Promise<LargeDay> {
  const keys: LargeDay['keys'] = new Map();
  for await (const { key } of raw.listObjects(dayPrefix(day))) {
    if (isImportKey(key)) continue;
    const second = secondOfRawKey(key);
    keys.set(second, (keys.get(second) ?? new Set()).add(key));
  }
  return { keys, due: new Map(), timer: undefined, restUntil: 0, rebuilding: undefined };
}

/** A store as if it held these objects only, of which one is listed as it is read. */
function onlyObjects(store: ObjectStore, keys: readonly string[]): ObjectStore {
  const none = () => Promise.reject(new Error('these objects are only read'));
  return {
    putObject: none,
    deleteObject: none,
    headObject: (key) => store.headObject(key),
    listFolders: (prefix) => store.listFolders(prefix),
    getObject: (key) => store.getObject(key),
    async *listObjects(prefix): AsyncIterable<ObjectEntry> {
      for (const key of keys) if (key.startsWith(prefix)) yield { key, etag: '', sizeBytes: 1 };
    },
  };
}

/** Rebuilds a day without this process waiting for its disk and its processor. */
function rebuildByOtherProcess({ folder }: LocalLake, day: Day): Promise<void> {
  const program = fileURLToPath(new URL('../telegram-lake.js', import.meta.url));
  const command = ['etl', '--lake', folder, '--from', day, '--to', day];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--max-semi-space-size=16', program, ...command], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let problem = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      problem = `${problem}${text}`.slice(-2_000);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(problem.trim().replace(/^telegram-lake: /, '') || `the ETL of ${day} ended with ${code}`),
        );
    });
  });
}
