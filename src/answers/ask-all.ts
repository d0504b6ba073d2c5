import { inTimeZone, type SavedQuery } from './query-catalog.ts';
import type { QueryRunner, ResultTable } from './query-runner.ts';

/**
 * What each saved query answers, by its file name, one query after the other.
 *
 * @param timeZone - the zone in which hours and weekdays are counted
 * @throws QueryError when the engine refuses or fails one of them
 */
export async function askAll(
  runner: QueryRunner,
  queries: readonly SavedQuery[],
  timeZone: string,
): Promise<Map<string, ResultTable>> {
  const answers = new Map<string, ResultTable>();
  for (const { file, sql } of queries) answers.set(file, await runner.run(inTimeZone(sql, timeZone)));
  return answers;
}
