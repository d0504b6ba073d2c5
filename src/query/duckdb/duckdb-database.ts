import { join, resolve } from 'node:path';
import { type Table, tables } from '../../lake/tables.ts';
import { QueryError } from '../query-runner.ts';
import type { View } from '../views.ts';
import { rawTableName } from './duckdb-raw-table.ts';
import { enrichedFiles, enrichedTable } from './duckdb-tables.ts';
import { trinoPrelude } from './trino-prelude.ts';

/**
 * Makes a DuckDB database that has the table, the views and the saved queries of a lake, for other programs to open. It
 * holds no messages itself: its views read the lake's Parquet files, so it sees new days, and nothing of a person who
 * was erased.
 *
 * @param file - it does not exist yet
 * @param enriched - `<lake>/enriched`
 * @param views - each after those that it names
 * @returns the names of the views, besides the table `telegram`
 * @throws {QueryError} when the lake has no days yet
 */
export async function writeDatabase(
  file: string,
  enriched: string,
  views: readonly View[],
): Promise<string[]> {
  const folder = resolve(enriched);
  const files = await Promise.all(tables.map((table) => enrichedFiles(folder, table)));
  if (files[0]?.length === 0) {
    throw new QueryError(`${enriched} has no days yet, so there is nothing for a database to show`);
  }
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  try {
    for (const statement of databasePrelude) await connection.run(statement);
    for (const [at, table] of tables.entries()) {
      // DuckDB refuses a pattern that no file has.
      const paths = files[at]?.length ? [pattern(folder, table)] : [];
      await connection.run(enrichedTable('VIEW', table, paths));
    }
    const made = views.filter(({ sql }) => !sql.includes(rawTableName));
    for (const { name, sql } of made) await connection.run(`CREATE VIEW "${name}" AS ${sql}`);
    await connection.run('CHECKPOINT');
    return made.map(({ name }) => name);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/**
 * The prelude as far as a file can keep it: macros, no settings and no function of this program. DuckDB has no NFD;
 * without its accents a text stays the same when accents are removed again, as the views do.
 */
const databasePrelude = [
  ...trinoPrelude.filter(
    (statement) => statement.startsWith('CREATE MACRO') && !statement.includes('trino_nfd'),
  ),
  'CREATE MACRO normalize(subject, form) AS strip_accents(subject)',
];

/** All days that there are when it is read. A folder's name may hold what is special in a pattern. */
function pattern(folder: string, { name, fileName }: Table): string {
  const plain = folder.replaceAll('\\', '/').replaceAll(/[[*?]/g, '[$&]');
  return join(plain, name, 'context_date=*', fileName).replaceAll('\\', '/');
}
