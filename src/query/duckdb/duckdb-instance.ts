import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { DuckDBInstance } from '@duckdb/node-api';
import { tables } from '../../lake/tables.ts';
import { literal } from './duckdb-raw-table.ts';
import { enrichedFiles } from './duckdb-tables.ts';
import { trinoPrelude } from './trino-prelude.ts';

/** DuckDB's library is loaded at the first use, so that a command that asks nothing does not wait for it. */
export type DuckDb = typeof import('@duckdb/node-api');

interface InstanceOptions {
  /** Memory in bytes, beyond which DuckDB writes to `spill`; its own limit, most of the machine's, where undefined. */
  readonly limit: number | undefined;
  readonly threads: number | undefined;
  /** A folder of this process alone. */
  readonly spill: string;
}

/** A DuckDB that knows Trino's functions, reads nothing but these folders, and keeps to its settings. */
export async function openInstance(
  duckDb: DuckDb,
  folders: readonly string[],
  { limit, threads, spill }: InstanceOptions,
): Promise<DuckDBInstance> {
  const instance = await duckDb.DuckDBInstance.create(':memory:', {
    threads: String(threads ?? Math.min(4, availableParallelism())),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // Files are replaced under their name; nothing of the old one may be served.
    enable_external_file_cache: 'false',
    // Not the `.tmp` where the user happens to be.
    temp_directory: spill,
    ...(limit === undefined ? {} : { memory_limit: `${Math.ceil(limit / 1e6)}MB` }),
  });
  const connection = await instance.connect();
  try {
    await connection.run("SET GLOBAL TimeZone = 'UTC'");
    connection.registerScalarFunction(nfdFunction(duckDb));
    for (const statement of trinoPrelude) await connection.run(statement);
    await connection.run(`SET GLOBAL allowed_directories = [${folders.map(literal).join(', ')}]`);
    await connection.run('SET GLOBAL enable_external_access = false');
    await connection.run('SET GLOBAL lock_configuration = true');
  } finally {
    connection.closeSync();
  }
  return instance;
}

/** Most lakes need less. Far below it, what DuckDB holds beside its data would not fit. */
const leastBytes = 200e6;

// The questions of 93,000 messages, in files of 3 MB, take 120 MB without the comparison of all with all.
const bytesForEach = 40;

/**
 * How much memory DuckDB may take for a lake, in bytes: in proportion to its files. Left alone it takes 1.2 GB to compare
 * the questions of one day of 100,000 updates, and is no faster.
 */
export async function memoryLimitFor(enriched: string): Promise<number> {
  const files = (await Promise.all(tables.map((table) => enrichedFiles(enriched, table)))).flat();
  const sizes = await Promise.all(files.map(async (path) => (await stat(path)).size));
  return Math.max(leastBytes, bytesForEach * sizes.reduce((sum, size) => sum + size, 0));
}

/** Whether DuckDB could not do with the memory that it may take: some of its operators cannot write to the disk. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && /^Out of Memory Error/i.test(error.message);
}

/** NORMALIZE(…, NFD), which DuckDB lacks. JavaScript's is Unicode's own. */
function nfdFunction({ DuckDBScalarFunction, VARCHAR }: DuckDb) {
  return DuckDBScalarFunction.create({
    name: 'trino_nfd',
    parameterTypes: [VARCHAR],
    returnType: VARCHAR,
    mainFunction: (_, input, output) => {
      for (const [row, text] of input.getColumnValues(0).entries()) {
        output.setItem(row, typeof text === 'string' ? text.normalize('NFD') : null);
      }
      output.flush();
    },
  });
}
