import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { inScratchFolder } from '../../src/base/scratch-folder.ts';

/**
 * The rows of a Parquet file, in its order, as DuckDB reads them: a reader that has nothing in common with the writer.
 *
 * @returns every column by its name, integers as numbers
 */
export async function rowsByDuckDb(file: Uint8Array): Promise<Record<string, unknown>[]> {
  return inScratchFolder(async (folder) => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    try {
      const path = join(folder, 'messages.parquet');
      await writeFile(path, file);
      const result = await connection.runAndReadAll(
        `SELECT * EXCLUDE (file_row_number) FROM read_parquet('${path}', file_row_number = true) ORDER BY file_row_number`,
      );
      return result.getRowObjectsJS().map(withNumbers);
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  });
}

function withNumbers(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(row);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
  );
}
