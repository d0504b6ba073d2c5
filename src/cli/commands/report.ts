import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { Day } from '../../base/local-day.ts';
import { defaultLake, type Lake, openLake } from '../../lake/lake.ts';
import { dayOfPrefix, enrichedKey, quarantinePrefix, tablePrefix } from '../../lake/object-keys.ts';
import { savedQueries } from '../../query/query-catalog.ts';
import type { QueryRunner } from '../../query/query-runner.ts';
import { chartSpecs } from '../../report/charts/chart-specs.ts';
import {
  askForReport,
  type LanguageKey,
  languages,
  type ReportOptions,
  report,
} from '../../report/report.ts';
import { lakeRunner } from '../lake/lake-runner.ts';
import { pseudonymKey } from '../lake/pseudonym-key.ts';
import { describeStack, stackLake } from '../stack/stack.ts';
import { examples } from '../terminal/help-text.ts';
import { sqlFolder } from './query.ts';

interface ReportCommandOptions {
  readonly lake: string;
  readonly stack?: string;
  readonly out: string;
  readonly lang: LanguageKey;
  readonly title?: string;
  readonly anonymous?: true;
}

/** `telegram-lake report`: the group's story as one HTML file. */
export function reportCommand(): Command {
  return new Command('report')
    .description(
      "Write the group's story as one HTML page: rhythm, people, questions, content. It needs no network.",
    )
    .option('--lake <folder>', 'the lake', defaultLake)
    .addOption(
      new Option('--stack <name>', 'a deployed stack instead, asked through Athena').conflicts('lake'),
    )
    .option('--out <file>', 'where the page goes', 'report.html')
    .addOption(new Option('--lang <language>', 'of the page').choices(Object.keys(languages)).default('en'))
    .option('--title <text>', "the page's heading, such as the group's name")
    .option('--anonymous', 'pseudonyms instead of names, and hardly anything that people wrote')
    .addHelpText(
      'after',
      examples(
        'report --lake lake/demo --lang pt --out group.html',
        'report --stack telegram-lake --anonymous',
      ),
    )
    .action(writeReport);
}

async function writeReport({
  lake: folder,
  stack,
  out,
  lang,
  title,
  anonymous,
}: ReportCommandOptions): Promise<void> {
  const key = anonymous && pseudonymKey();
  const source = stack === undefined ? await localSource(folder) : await stackSource(stack);
  const page = await pageOf(source, { language: lang, title, pseudonymKey: key });
  writeFileSync(out, page);
  const kilobytes = Math.round(Buffer.byteLength(page) / 1000).toLocaleString('en');
  console.log(
    `${out}: ${kilobytes} kB, for any browser. It shows what people wrote${anonymous ? ' only in common, under pseudonyms' : ': share it as you would the chat'}.`,
  );
}

/** A lake, and an engine that answers for it. */
export interface ReportSource {
  readonly lake: Lake;
  readonly runner: QueryRunner;
}

/** The page of a lake as it is now. The runner is closed afterwards. */
export async function pageOf(
  { lake, runner }: ReportSource,
  options: Pick<ReportOptions, 'language' | 'title' | 'pseudonymKey' | 'isLive'>,
): Promise<string> {
  try {
    const queries = savedQueries(sqlFolder);
    const charts = chartSpecs(sqlFolder, queries);
    const results = await askForReport(runner, queries, charts, lake.timeZone);
    const now = Math.floor(Date.now() / 1000);
    const state = { quarantined: await quarantined(lake), builtAtSeconds: await builtAtSeconds(lake) };
    return await report(results, charts, { ...options, timeZone: lake.timeZone, state, now });
  } finally {
    runner.close();
  }
}

async function localSource(folder: string): Promise<ReportSource> {
  const lake = openLake(folder);
  return { lake, runner: await lakeRunner(folder) };
}

/** The SDK is loaded only here: a lake on this machine needs none. */
async function stackSource(name: string): Promise<ReportSource> {
  const stack = await describeStack(name);
  const { stackRunner } = await import('../stack/athena-source.ts');
  return { lake: await stackLake(stack), runner: stackRunner(stack) };
}

async function builtAtSeconds({ enriched }: Lake): Promise<number | undefined> {
  let newest: Day | undefined;
  for await (const folder of enriched.listFolders(tablePrefix)) newest = dayOfPrefix(folder) ?? newest;
  return newest === undefined ? undefined : (await enriched.headObject(enrichedKey(newest)))?.storedAtSeconds;
}

async function quarantined({ raw }: Lake): Promise<number> {
  let objects = 0;
  for await (const _ of raw.listObjects(quarantinePrefix)) objects += 1;
  return objects;
}
