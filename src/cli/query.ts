import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { duckDbRunner } from '../answers/duckdb-runner.ts';
import { inTimeZone, type SavedQuery, savedQueries } from '../answers/query-catalog.ts';
import { formatResult, type ResultFormat, resultFormats, textTable } from '../answers/result-format.ts';
import { defaultLake, openLake } from './local-lake.ts';
import { UsageError } from './usage-error.ts';

interface QueryOptions {
  readonly lake: string;
  readonly format: ResultFormat;
}

/** `telegram-lake query`: runs a saved query over a lake and prints its result. */
export function queryCommand(): Command {
  return new Command('query')
    .description('Run a saved query and print its result; without a name, list the saved queries.')
    .argument('[name]', 'the saved query: the name of its file in sql/, without .sql')
    .option('--lake <folder>', 'the lake', defaultLake)
    .addOption(
      new Option('--format <format>', 'how the result is printed').choices(resultFormats).default('table'),
    )
    .addHelpText('after', '\nExample:\n  $ npx telegram-lake query messages-per-day --format csv')
    .action(async (name: string | undefined, options: QueryOptions) => {
      const queries = savedQueries(sqlFolder);
      process.stdout.write(
        name === undefined ? catalog(queries, options.format) : await answer(chosen(queries, name), options),
      );
    });
}

/** The folder of the saved queries, wherever the program is run from. */
export const sqlFolder = fileURLToPath(new URL('../../sql', import.meta.url));

async function answer({ sql }: SavedQuery, { lake: folder, format }: QueryOptions): Promise<string> {
  const lake = openLake(folder);
  const runner = await duckDbRunner(join(lake.folder, 'enriched'));
  try {
    return formatResult(await runner.run(inTimeZone(sql, lake.timeZone)), format);
  } finally {
    runner.close();
  }
}

function catalog(queries: readonly SavedQuery[], format: ResultFormat): string {
  const columns = ['name', 'description'].map((name) => ({ name, type: 'varchar' }));
  const rows = queries.map(({ file, description }) => [file, description]);
  // Descriptions are read whole, on as many lines of the terminal as they take.
  return format === 'table' ? textTable({ columns, rows }, 1_000) : formatResult({ columns, rows }, format);
}

function chosen(queries: readonly SavedQuery[], name: string): SavedQuery {
  const query = queries.find(({ file }) => file === name);
  if (query) return query;
  throw new UsageError(`there is no saved query ${name}; the list: telegram-lake query`);
}
