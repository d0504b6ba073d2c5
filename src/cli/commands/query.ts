import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { UsageError } from '../../base/usage-error.ts';
import { defaultLake, openLake } from '../../lake/lake.ts';
import { inTimeZone, type SavedQuery, savedQueries, sqlFolder } from '../../query/query-catalog.ts';
import type { ListedQuery, QuerySource } from '../../query/query-source.ts';
import {
  formatResult,
  printable,
  type ResultFormat,
  resultFormats,
  wrapped,
} from '../../query/result-format.ts';
import { type LanguageKey, languages } from '../../report/language/languages.ts';
import { lakeRunner } from '../lake/lake-runner.ts';
import { describeStack } from '../stack/stack.ts';
import { examples } from '../terminal/help-text.ts';
import { languageOption } from '../terminal/language-option.ts';

interface QueryOptions {
  readonly lake: string;
  readonly stack?: string;
  readonly format: ResultFormat;
  readonly lang: LanguageKey;
  readonly sql?: string;
  readonly file?: string;
}

/** As wide as the narrowest terminals are. */
const terminalWidth = 80;

/** `telegram-lake query`: runs a saved query over a lake and prints its result. */
export function queryCommand(): Command {
  return new Command('query')
    .description(
      'Run a saved query, or SQL of your own, and print its result; without either, list the saved queries.',
    )
    .argument('[name]', 'the saved query: the name of its file in sql/, without .sql')
    .option('--lake <folder>', 'the lake', defaultLake)
    .addOption(
      new Option('--stack <name>', 'a deployed stack instead: the query as it is there, in Athena').conflicts(
        'lake',
      ),
    )
    .option('--sql <statement>', 'a statement of your own, over the tables and views of docs/data.md')
    .addOption(new Option('--file <file>', 'the same from a file').conflicts('sql'))
    .addOption(
      new Option('--format <format>', 'how the result is printed').choices(resultFormats).default('table'),
    )
    .addOption(languageOption('language of the list'))
    .addHelpText(
      'after',
      examples(
        'query messages-per-day --format csv',
        'query --sql "SELECT author_name, count(*) FROM messages GROUP BY 1"',
        'query messages-per-day --stack telegram-lake',
      ),
    )
    .action(async (name: string | undefined, { lake, stack, format, lang, sql, file }: QueryOptions) => {
      const statement = file === undefined ? sql : readStatement(file);
      if (statement !== undefined && name !== undefined) {
        throw new UsageError('query takes either the name of a saved query, or --sql or --file');
      }
      const queries = savedQueries(sqlFolder);
      const source = stack === undefined ? lakeSource(lake, queries) : await stackSource(stack, queries);
      if (statement !== undefined) {
        process.stdout.write(formatResult(await source.run(statement), format));
        return;
      }
      process.stdout.write(
        name === undefined
          ? formatCatalog(await source.list(), { format, lang })
          : formatResult(await source.answer(name), format),
      );
    });
}

function lakeSource(folder: string, queries: readonly SavedQuery[]): QuerySource {
  const run = async (sql: string, lake = openLake(folder)) => {
    const runner = await lakeRunner(lake);
    try {
      return await runner.run(sql);
    } finally {
      runner.close();
    }
  };
  return {
    list: async () => queries.map(({ file, ...query }) => ({ ...query, name: file })),
    answer: async (name) => {
      const query = queries.find(({ file }) => file === name);
      if (!query) throw new UsageError(`there is no saved query ${name}; the list: telegram-lake query`);
      const lake = openLake(folder);
      return run(inTimeZone(query.sql, lake.timeZone), lake);
    },
    run,
  };
}

function readStatement(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim().replace(/;$/, '');
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${(error as NodeJS.ErrnoException).code}`, { cause: error });
  }
}

/** The SDK is loaded only here: a lake on this machine needs none. */
async function stackSource(name: string, queries: readonly SavedQuery[]): Promise<QuerySource> {
  const { athenaSource } = await import('../stack/athena-source.ts');
  return athenaSource(await describeStack(name), queries);
}

/** The saved queries: whole descriptions for programs, for people the first sentence of each below its name. */
function formatCatalog(
  queries: readonly ListedQuery[],
  { format, lang }: Pick<QueryOptions, 'format' | 'lang'>,
): string {
  const described = queries.map(({ name, description, portuguese }) => ({
    name,
    description: (lang === 'pt' && portuguese) || description,
  }));
  if (format !== 'table') {
    const columns = ['name', 'description'].map((name) => ({ name, type: 'varchar' }));
    return formatResult({ columns, rows: described.map(Object.values) }, format);
  }
  const lines = described.flatMap(({ name, description }) => {
    const [sentence = ''] = description.split(/(?<=[.?]) /);
    return [printable(name), ...wrapped(`    ${sentence}`, terminalWidth, 4)];
  });
  const hint = languages[lang].digest.askForMore('npx telegram-lake query');
  return `${[...lines, '', hint].join('\n')}\n`;
}
