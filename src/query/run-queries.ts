import { inTimeZone, type SavedQuery } from './query-catalog.ts';
import type { QueryRunner, ResultTable } from './query-runner.ts';

/**
 * What each saved query answers, by its file name.
 *
 * @param timeZone - the zone in which hours and weekdays are counted
 * @throws QueryError when the engine refuses or fails one of them
 */
export async function runQueries(
  runner: QueryRunner,
  queries: readonly SavedQuery[],
  timeZone: string,
): Promise<Map<string, ResultTable>> {
  const results = await runner.runAll(queries.map(({ sql }) => inTimeZone(sql, timeZone)));
  return new Map(queries.flatMap(({ file }, at) => (results[at] ? [[file, results[at]]] : [])));
}
