import { join } from 'node:path';
import { duckDbRunner } from '../../query/duckdb/duckdb-runner.ts';
import type { QueryRunner } from '../../query/query-runner.ts';

/** A query runner over the lake of a folder. */
export function lakeRunner(folder: string): Promise<QueryRunner> {
  return duckDbRunner(join(folder, 'enriched'), join(folder, 'raw'));
}
