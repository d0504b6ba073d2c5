import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asObject, asString, parsedJson } from '../base/json.ts';
import { type Day, isTimeZone } from '../base/local-day.ts';
import { makeFolder } from '../base/make-folder.ts';
import { UsageError } from '../base/usage-error.ts';
import { folderStore } from '../storage/folder-store.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { isPlausibleDay } from './calendar.ts';
import { dayOfPrefix, tablePrefix } from './object-keys.ts';
import { defaultTimeZone } from './settings.ts';

/** The two stores of a lake, and the time zone its days are cut by. */
export interface Lake {
  readonly raw: ObjectStore;
  readonly enriched: ObjectStore;
  readonly timeZone: string;
}

/** A lake in a folder: `raw/` and `enriched/` as the buckets would hold them. */
export interface LocalLake extends Lake {
  readonly folder: string;
}

/** Where a lake is looked for when the command line names none. */
export const defaultLake = 'lake/demo';

/**
 * The lake of a folder, made if it is not there yet.
 *
 * Its time zone is noted in `lake.json` when it is made, because the days of a lake cannot change their zone later.
 *
 * @param timeZone - undefined for the lake's own, or the default zone for a new one
 * @throws UsageError when the lake was made in another time zone
 */
export function createLake(folder: string, timeZone: string | undefined): LocalLake {
  let noted = notedTimeZone(folder);
  if (!noted && !timeZone && existsSync(join(folder, 'raw'))) {
    throw new UsageError(
      `${folder} holds messages but no ${noteName}, so the time zone that its days are cut by is not known. ` +
        'Say it with --time-zone: another zone than before would put messages into two days',
    );
  }
  if (!noted) {
    writeNote(folder, timeZone ?? defaultTimeZone);
    // Another program may have made the same lake at this moment, in its zone.
    noted = notedTimeZone(folder);
  }
  if (noted && timeZone && noted !== timeZone) {
    throw new UsageError(`${folder} keeps its days in ${noted}; use another --lake for ${timeZone}`);
  }
  return lakeOf(folder, noted ?? timeZone ?? defaultTimeZone);
}

/**
 * The lake of a folder that has one: made by `createLake`, or copied from the buckets.
 *
 * @throws UsageError when the folder holds no lake
 */
export function openLake(folder: string): LocalLake {
  const noted = notedTimeZone(folder);
  if (!noted && !existsSync(join(folder, 'raw')) && !existsSync(join(folder, 'enriched'))) {
    throw new UsageError(`there is no lake in ${folder}; npm start makes one in ${defaultLake}`);
  }
  return lakeOf(folder, noted ?? defaultTimeZone);
}

/** The days that have raw objects or an enriched file, in order; none on which no message can have been sent. */
export async function daysOf(lake: Lake): Promise<Day[]> {
  return (await daysInFolders(lake)).filter((day) => isPlausibleDay(day));
}

/** The days before Telegram and in the far future that an earlier version of this program filed messages under. */
export async function impossibleDaysOf(lake: Lake): Promise<Day[]> {
  return (await daysInFolders(lake)).filter((day) => !isPlausibleDay(day));
}

async function daysInFolders({ raw, enriched }: Lake): Promise<Day[]> {
  const days = new Set<Day>();
  for (const store of [raw, enriched]) {
    for await (const prefix of store.listFolders(tablePrefix)) {
      const day = dayOfPrefix(prefix);
      if (day) days.add(day);
    }
  }
  return [...days].sort();
}

const noteName = 'lake.json';

function lakeOf(folder: string, timeZone: string): LocalLake {
  return { folder, raw: folderStore(folder, 'raw'), enriched: folderStore(folder, 'enriched'), timeZone };
}

function notedTimeZone(folder: string): string | undefined {
  const path = join(folder, noteName);
  if (!existsSync(path)) return undefined;
  const timeZone = asString(asObject(parsedJson(readFileSync(path, 'utf8')))?.timeZone);
  if (timeZone !== undefined && isTimeZone(timeZone)) return timeZone;
  throw new UsageError(
    `${path} does not name a time zone, such as {"timeZone":"America/Sao_Paulo"}. Nothing was changed: the days of a lake ` +
      'cannot be cut by another zone later. Write the zone that the lake was made with, or, in a new lake, delete the file',
  );
}

/** Writes the lake's note again where it is gone: its folder was removed while updates came. */
export function keepNote({ folder, timeZone }: LocalLake): void {
  if (!existsSync(join(folder, noteName))) writeNote(folder, timeZone);
}

/** Whole or not at all: half a note would make every later command fail. A note that is there stays as it is. */
function writeNote(folder: string, timeZone: string): void {
  makeFolder(folder);
  const incoming = join(folder, `.${noteName}-${process.pid}`);
  try {
    writeFileSync(incoming, `${JSON.stringify({ timeZone })}\n`, { mode: 0o600, flush: true });
    try {
      linkSync(incoming, join(folder, noteName));
    } catch (error) {
      // Some file systems have no hard links.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') renameSync(incoming, join(folder, noteName));
    }
  } finally {
    rmSync(incoming, { force: true });
  }
}
