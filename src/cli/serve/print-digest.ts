import type { LocalLake } from '../../lake/lake.ts';
import { savedQueries, sqlFolder } from '../../query/query-catalog.ts';
import { runQueries } from '../../query/run-queries.ts';
import { digest, showsColor } from '../../report/terminal/digest.ts';
import { lakeRunner } from '../lake/lake-runner.ts';

/**
 * Runs every saved query over a lake, and prints on one screen what they answer.
 *
 * @param queryCommand - the command that runs a saved query of this lake, up to its name
 */
export async function printDigest({ folder, timeZone }: LocalLake, queryCommand: string): Promise<void> {
  const queries = savedQueries(sqlFolder);
  const start = performance.now();
  const runner = await lakeRunner(folder);
  try {
    const answers = await runQueries(runner, queries, timeZone);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`Saved queries: ${queries.length} answered in ${seconds} s.\n`);
    process.stdout.write(digest(answers, { queries, queryCommand, color: showsColor(process.stdout) }));
  } finally {
    runner.close();
  }
}
