import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { mapConcurrently } from '../../base/async/map-concurrently.ts';
import type { Day } from '../../base/local-day.ts';
import { isPlausibleDay } from '../../lake/calendar.ts';
import type { ColumnType } from '../../lake/columns.ts';
import { dayOfPrefix, tableKey, tablePrefix } from '../../lake/object-keys.ts';
import { messageTable, type Table } from '../../lake/tables.ts';
import { isWithin, messageCondition, type Narrowing } from '../narrowing.ts';
import { literal } from './duckdb-raw-table.ts';

/** A table's file of each day of the period, in order of days; without those whose key `isLeftOut` approves of. */
export async function enrichedFiles(
  folder: string,
  table: Table,
  narrowing: Narrowing = {},
  isLeftOut: (key: string) => Promise<boolean> = async () => false,
): Promise<string[]> {
  const names = (await ifThere(readdir(join(folder, table.name)))) ?? [];
  const keys = names
    .map((name) => dayOfPrefix(`${tablePrefix}${name}/`))
    .filter((day) => day !== undefined && isPlausibleDay(day) && isWithin(day, narrowing))
    .sort()
    .map((day) => tableKey(day as Day, table));
  const isThere = async (key: string) => (await ifThere(stat(join(folder, key))))?.isFile() ?? false;
  const found = await mapConcurrently(
    keys,
    async (key) => (await isThere(key)) && !(await isLeftOut(key)),
    filesAtOnce,
  );
  return keys.filter((_, index) => found[index]).map((key) => join(folder, key));
}

// Each may be read whole.
const filesAtOnce = 16;

async function ifThere<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const duckDbTypes: Readonly<Record<ColumnType, string>> = {
  bigint: 'BIGINT',
  boolean: 'BOOLEAN',
  string: 'VARCHAR',
};

/**
 * A table over the given files. An empty relation with every column comes first: it gives the columns that all
 * files lack, and the whole table when there is no file, which read_parquet would refuse.
 *
 * @param files - paths, or a pattern of them
 * @param fresh - more of them, whose rows take the place of those of the same message or update
 */
export function enrichedTable(
  kind: 'TEMP TABLE' | 'TEMP VIEW' | 'VIEW',
  table: Table,
  files: readonly string[],
  narrowing: Narrowing = {},
  fresh: readonly string[] = [],
): string {
  const { name: tableName, columns } = table;
  const empty = columns.map(({ name, type }) => `CAST(NULL AS ${duckDbTypes[type]}) AS ${name}`);
  const known = columns.map(({ name }) => literal(name)).join(', ');
  // The partition is read from the path's end: folders further up may be named like partitions, too.
  const day = String.raw`CAST(regexp_extract(filename, '(\d{4}-\d\d-\d\d).[^/\\]+$', 1) AS DATE)`;
  const rowsOf = (paths: readonly string[]) => `
    SELECT COLUMNS(lambda name: name IN (${known})), ${day} AS context_date
    FROM read_parquet([${paths.map(literal).join(', ')}],
      union_by_name = true, filename = true, hive_partitioning = false)`;
  const isReplaced = identity(table)
    .map((column) => `fresh.${column} = stored.${column}`)
    .join(' AND ');
  const stored =
    fresh.length === 0
      ? rowsOf(files)
      : `SELECT stored.* FROM (${rowsOf(files)}) AS stored
    WHERE NOT EXISTS (SELECT 1 FROM read_parquet([${fresh.map(literal).join(', ')}]) AS fresh WHERE ${isReplaced})`;
  const all = [...(files.length > 0 ? [stored] : []), ...(fresh.length > 0 ? [rowsOf(fresh)] : [])];
  return `CREATE ${kind} ${tableName} AS
    SELECT ${columns.map(({ name }) => `"${name}"`).join(', ')}, context_date
    FROM (SELECT ${empty.join(', ')}, CAST(NULL AS DATE) AS context_date WHERE false
    ${all.map((rows) => `UNION ALL BY NAME ${rows}`).join('\n')})
    WHERE ${messageCondition(narrowing) ?? 'true'}`;
}

/** What rows of a table have in common that come from the same message, or the same update. */
function identity(table: Table): readonly string[] {
  return table.name === messageTable.name ? ['chat_id', 'message_id'] : ['update_id'];
}
