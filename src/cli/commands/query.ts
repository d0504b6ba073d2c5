import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { fileSystemProblem } from '../../base/file-system-error.ts';
import { UsageError } from '../../base/usage-error.ts';
import { defaultLake } from '../../lake/lake.ts';
import type { ResultTable } from '../../query/query-runner.ts';
import type { ListedQuery } from '../../query/query-source.ts';
import { printable, wrapped } from '../../query/result-format.ts';
import { type LanguageKey, languages } from '../../report/language/languages.ts';
import { querySource, type SourceOptions } from '../lake/lake-source.ts';
import { noteOlderFormOf } from '../lake/older-form-note.ts';
import { examples } from '../terminal/help-text.ts';
import { languageOption } from '../terminal/language-option.ts';
import { withNarrowingOptions } from '../terminal/narrowing-options.ts';
import { outFile, results } from '../terminal/out-file.ts';
import { formatOf, printResult, type ResultOptions, withResultOptions } from '../terminal/result-options.ts';

interface QueryOptions extends ResultOptions, SourceOptions {
  readonly lang: LanguageKey;
  readonly sql?: string;
  readonly file?: string;
}

/** As wide as the narrowest terminals are. */
const terminalWidth = 80;

/** `telegram-lake query`: runs a saved query over a lake and prints its result. */
export function queryCommand(): Command {
  return withResultOptions(withNarrowingOptions(new Command('query')))
    .description(
      'Run a saved query, or SQL of your own, and print its result; without either, list the saved queries.',
    )
    .argument('[name]', 'the saved query: the name of its file in sql/ or in <lake>/sql/, without .sql')
    .option('--lake <folder>', 'the lake', defaultLake)
    .addOption(
      new Option('--stack <name>', 'a deployed stack instead: the query as it is there, in Athena').conflicts(
        'lake',
      ),
    )
    .option('--sql <statement>', 'a statement of your own, over the tables and views of docs/data.md')
    .addOption(new Option('--file <file>', 'the same from a file').conflicts('sql'))
    .option('--user <who>', 'only messages of this person: an id, @username or first name')
    .addOption(languageOption('language of the list'))
    .addHelpText(
      'after',
      examples(
        'query messages-per-day --format csv',
        'query most-active-users --last 7d --excel --out people.csv',
        'query busiest-hour --user @maria --from 2026-11-01',
        'query --sql "SELECT author_name, count(*) FROM messages GROUP BY 1"',
        'query messages-per-day --stack telegram-lake',
      ),
    )
    .action(async (name: string | undefined, options: QueryOptions) => {
      const { lang, sql, file } = options;
      const statement = file === undefined ? sql : readStatement(file);
      if (statement !== undefined && name !== undefined) {
        throw new UsageError('query takes either the name of a saved query, or --sql or --file');
      }
      // A form or place that cannot be had is refused before the query costs anything.
      if (options.out !== undefined) outFile(options.out, results);
      const format = formatOf(options);
      const source = await querySource(options);
      // Beside the query, which takes longer.
      const answerOf = async (answer: Promise<ResultTable>) =>
        (await Promise.all([answer, noteOlderFormOf(options)]))[0];
      if (statement !== undefined) printResult(await answerOf(source.run(statement)), options);
      else if (name !== undefined) printResult(await answerOf(source.answer(name)), options);
      else if (format === 'table' && options.out === undefined) {
        process.stdout.write(catalogText(await source.list(), lang));
      } else printResult(catalogTable(await source.list(), lang), options);
    });
}

function readStatement(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim().replace(/;$/, '');
  } catch (error) {
    throw new UsageError(`cannot read --file: ${fileSystemProblem(error) ?? error}`, { cause: error });
  }
}

/** The saved queries with their whole descriptions, for programs. */
function catalogTable(queries: readonly ListedQuery[], lang: LanguageKey): ResultTable {
  const columns = ['name', 'description'].map((name) => ({ name, type: 'varchar' }));
  return { columns, rows: queries.map((query) => [query.name, describedIn(lang, query)]) };
}

/** The saved queries for people: the first sentence of each below its name. */
function catalogText(queries: readonly ListedQuery[], lang: LanguageKey): string {
  const lines = queries.flatMap((query) => {
    const [sentence = ''] = describedIn(lang, query).split(/(?<=[.?]) /);
    return [printable(query.name), ...wrapped(`    ${sentence}`, terminalWidth, 4)];
  });
  const hint = languages[lang].digest.askForMore('npx telegram-lake query');
  return `${[...lines, '', hint].join('\n')}\n`;
}

function describedIn(lang: LanguageKey, { description, portuguese }: ListedQuery): string {
  return (lang === 'pt' && portuguese) || description;
}
