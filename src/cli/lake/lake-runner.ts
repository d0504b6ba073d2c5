import { join } from 'node:path';
import type { LocalLake } from '../../lake/lake.ts';
import { type DuckDbRunnerOptions, duckDbRunner } from '../../query/duckdb/duckdb-runner.ts';
import type { Narrowing } from '../../query/narrowing.ts';
import type { QueryRunner } from '../../query/query-runner.ts';
import { printable } from '../../query/result-format.ts';
import { viewsInTimeZone } from '../../query/views.ts';
import { mustDoWithout, tellLeftOut } from './damaged-files.ts';

/**
 * A query runner over the lake of a folder, with the views of sql/views/. Damaged files are left out, and named on
 * stderr.
 */
export function lakeRunner(
  lake: LocalLake,
  narrowing: Narrowing = {},
  options: Pick<DuckDbRunnerOptions, 'fresh' | 'threads' | 'memoryShare'> = {},
): Promise<QueryRunner> {
  const { folder, timeZone } = lake;
  return duckDbRunner(join(folder, 'enriched'), {
    ...options,
    raw: join(folder, 'raw'),
    views: viewsInTimeZone(timeZone),
    narrowing,
    onPassedOver: tellOnce,
    isLeftOut: (key) => mustDoWithout(lake, key),
    onUnreadable: (key) => tellLeftOut(lake, key),
  });
}

/** The live page asks again and again. */
const told = new Set<string>();

function tellOnce(path: string): void {
  if (told.has(path)) return;
  told.add(path);
  console.error(`telegram-lake: skipped ${printable(path)}: it is no file within the lake`);
}
