import { join } from 'node:path';
import type { LocalLake } from '../../lake/lake.ts';
import { duckDbRunner } from '../../query/duckdb/duckdb-runner.ts';
import type { QueryRunner } from '../../query/query-runner.ts';
import { viewsInTimeZone } from '../../query/views.ts';

/** A query runner over the lake of a folder, with the views of sql/views/. */
export function lakeRunner({
  folder,
  timeZone,
}: Pick<LocalLake, 'folder' | 'timeZone'>): Promise<QueryRunner> {
  return duckDbRunner(join(folder, 'enriched'), join(folder, 'raw'), viewsInTimeZone(timeZone));
}
