import type { LocalLake } from '../../lake/lake.ts';
import { savedQueries, sqlFolder } from '../../query/query-catalog.ts';
import { runQueries } from '../../query/run-queries.ts';
import { type LanguageKey, languages } from '../../report/language/languages.ts';
import { digest, queriesOfDigest, showsColor } from '../../report/terminal/digest.ts';
import { lakeRunner } from '../lake/lake-runner.ts';

/**
 * Prints what a lake's saved queries say, on one screen.
 *
 * @param queryCommand - the command that runs a saved query of this lake, up to its name
 */
export async function printDigest(
  lake: LocalLake,
  queryCommand: string,
  language: LanguageKey,
): Promise<void> {
  const queries = savedQueries(sqlFolder);
  const runner = await lakeRunner(lake);
  try {
    const read = queries.filter(({ file }) => queriesOfDigest.includes(file));
    const results = await runQueries(runner, read, lake.timeZone);
    const options = {
      queries,
      queryCommand,
      language: languages[language],
      color: showsColor(process.stdout),
    };
    process.stdout.write(`\n${digest(results, options)}`);
  } finally {
    runner.close();
  }
}
