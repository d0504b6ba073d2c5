import { join } from 'node:path';
import { askAll } from '../../src/answers/ask-all.ts';
import type { ResultTable } from '../../src/answers/query-runner.ts';
import { digest } from '../../src/cli/digest.ts';
import { fillWithDemoGroup } from '../../src/cli/fill-demo.ts';
import { lakeRunner } from '../../src/cli/lake-runner.ts';
import { createLake, daysOf } from '../../src/cli/local-lake.ts';
import { rebuildDays } from '../../src/cli/rebuild-days.ts';
import { queries } from './asked-lake.ts';

/** Where the golden results are kept: one CSV file for each saved query, and the digest of them. */
export const goldenFolder = join(import.meta.dirname, '..', 'answers', 'golden');

/**
 * What each saved query answers over the demo group, by its file name, after the whole way: the updates through the
 * ingest into a folder, its days through the ETL, the queries through DuckDB.
 *
 * @param folder - an empty folder for the lake
 */
export async function demoAnswers(folder: string): Promise<Map<string, ResultTable>> {
  const lake = createLake(folder, undefined);
  await fillWithDemoGroup(lake);
  for await (const _ of rebuildDays(lake, await daysOf(lake), { force: false }));
  const runner = await lakeRunner(folder);
  try {
    return await askAll(runner, queries, lake.timeZone);
  } finally {
    runner.close();
  }
}

/** What `npm start` prints of these answers, without color. */
export function demoDigest(answers: ReadonlyMap<string, ResultTable>): string {
  return digest(answers, { queries, queryCommand: 'npx telegram-lake query', color: false });
}
