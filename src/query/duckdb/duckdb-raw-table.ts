import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Day } from '../../base/local-day.ts';
import { isPlausibleDay } from '../../lake/calendar.ts';
import { dayOfPrefix, dayPrefix, tablePrefix } from '../../lake/object-keys.ts';
import { isWithin, type Narrowing, updateCondition } from '../narrowing.ts';

/** The table's name in Glue, Athena, DuckDB and the saved queries. */
export const rawTableName = 'telegram_raw';

/** As far back as any saved query looks: each update is a file, and opening one takes longer than reading it. */
export const daysInRawTable = 31;

export interface RawTable {
  /** The newest day that has raw objects; undefined where there are none. */
  readonly newestDay: Day | undefined;
  /** The statement that makes the view. */
  readonly view: string;
}

/**
 * The table `telegram_raw` as it is in Athena, each line of the raw objects with its day, of the newest days of a lake.
 * Lines that are not UTF-8 are left out.
 *
 * @param raw - the folder that stands for the raw bucket: `<lake>/raw`; it need not exist, nor be given
 * @param onPassedOver - called with each path that is no file
 */
export async function rawTable(
  raw: string | undefined,
  narrowing: Narrowing = {},
  onPassedOver: (path: string) => void = () => {},
): Promise<RawTable> {
  const condition = updateCondition(narrowing);
  if (raw === undefined) return { newestDay: undefined, view: viewOver([], condition) };
  const folders = await entriesOf(join(raw, tablePrefix));
  const days = folders
    .map(({ name }) => dayOfPrefix(`${tablePrefix}${name}/`))
    .filter((day) => day !== undefined && isPlausibleDay(day) && isWithin(day, narrowing)) as Day[];
  const newest = days.sort().slice(-daysInRawTable);
  const files = await Promise.all(
    newest.map(async (day) => {
      const folder = join(raw, dayPrefix(day));
      // DuckDB may follow no link out of the lake.
      const isWithinLake = await isWithinFolder(folder, raw);
      if (!isWithinLake) onPassedOver(folder);
      const names = isWithinLake ? await filesIn(folder, raw, onPassedOver) : [];
      return names.map((name) => ({ day, name }));
    }),
  );
  const paths = files.flat().map(({ day, name }) => join(raw, dayPrefix(day), name));
  return { newestDay: files.flat().at(-1)?.day, view: viewOver(paths, condition) };
}

function viewOver(paths: readonly string[], condition: string | undefined): string {
  const day = String.raw`CAST(regexp_extract(filename, '(\d{4}-\d\d-\d\d).[^/\\]+$', 1) AS DATE)`;
  const tables = [
    'SELECT CAST(NULL AS VARCHAR) AS update_json, CAST(NULL AS DATE) AS context_date WHERE false',
  ];
  const packed = paths.filter((path) => path.endsWith('.gz'));
  const plain = paths.filter((path) => !path.endsWith('.gz'));
  if (packed.length > 0) {
    // A line is a value: nothing divides or quotes it.
    tables.push(`
      SELECT update_json, ${day} AS context_date
      FROM read_csv([${packed.map(literal).join(', ')}],
        columns = {'update_json': 'VARCHAR'}, delim = '\\n', quote = '', escape = '', header = false,
        auto_detect = false, strict_mode = false, ignore_errors = true, filename = true, hive_partitioning = false)`);
  }
  if (plain.length > 0) {
    // One update each, thousands a day: opened with half the work that read_csv has with a file.
    tables.push(`
      SELECT unnest(string_split(try(decode(content)), chr(10))) AS update_json, ${day} AS context_date
      FROM read_blob([${plain.map(literal).join(', ')}])`);
  }
  const rows = tables.join(' UNION ALL ');
  const seen = condition ? `SELECT * FROM (${rows}) WHERE ${condition}` : rows;
  return `CREATE TEMP VIEW ${rawTableName} AS ${seen}`;
}

/** A text as SQL writes it. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * The files of a day by name. What DuckDB could not open would make each query fail, or wait for ever: named pipes,
 * sockets, folders, links that lead nowhere or out of the lake. Names that begin with a dot are no raw objects.
 */
async function filesIn(folder: string, raw: string, onPassedOver: (path: string) => void): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await entriesOf(folder)) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isFile() || (entry.isSymbolicLink() && (await isFileWithin(path, raw)))) names.push(entry.name);
    else onPassedOver(path);
  }
  return names;
}

async function isFileWithin(link: string, folder: string): Promise<boolean> {
  return (await isWithinFolder(link, folder)) && (await stat(link)).isFile();
}

/** Whether a path leads to something within a folder, wherever links on the way lead. */
async function isWithinFolder(path: string, folder: string): Promise<boolean> {
  try {
    const [target, top] = await Promise.all([realpath(path), realpath(folder)]);
    return target.startsWith(join(top, sep));
  } catch {
    return false;
  }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
