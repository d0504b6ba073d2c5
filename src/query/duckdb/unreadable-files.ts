import type { DuckDBConnection } from '@duckdb/node-api';
import { QueryError } from '../query-runner.ts';
import { literal } from './duckdb-raw-table.ts';

/** Whether an error of DuckDB is about the text of a statement, so that no file can be the reason. */
export function isOfStatement(error: unknown): boolean {
  if (error instanceof QueryError) return true;
  const message = error instanceof Error ? error.message : '';
  return /^(Parser|Binder|Catalog|Permission|Not implemented|Out of Memory) Error/i.test(message);
}

/** Those of the Parquet files that DuckDB cannot read to their end. DuckDB names none of them when a query fails. */
export async function unreadableFiles(
  connection: DuckDBConnection,
  files: readonly string[],
): Promise<string[]> {
  const failed: string[] = [];
  for (const file of files) {
    // The greatest of each column: nothing can be answered from the footer alone for texts.
    const read = connection.run(`SELECT max(COLUMNS(*)) FROM read_parquet([${literal(file)}])`);
    if (!(await read.then(() => true).catch(() => false))) failed.push(file);
  }
  return failed;
}
