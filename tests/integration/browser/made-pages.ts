import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { savedQueries } from '../../../src/query/query-catalog.ts';
import { type Chart, chartSpecs } from '../../../src/report/charts/chart-specs.ts';
import type { LanguageKey } from '../../../src/report/language/languages.ts';
import { type CliRun, runProgram } from '../../support/run-cli.ts';
import { runFolder } from './started.ts';

const sqlFolder = join(import.meta.dirname, '..', '..', '..', 'sql');

/** The charts that the page has to show: one for each spec beside the saved queries. */
export const charts: readonly Chart[] = chartSpecs(sqlFolder, savedQueries(sqlFolder));

export interface Edition {
  readonly lang: LanguageKey;
  readonly anonymous: boolean;
}

/** The page in each language, with names and without. */
export const editions: readonly Edition[] = [
  { lang: 'en', anonymous: false },
  { lang: 'pt', anonymous: false },
  { lang: 'en', anonymous: true },
  { lang: 'pt', anonymous: true },
];

export const nameOf = ({ lang, anonymous }: Edition): string =>
  `--lang ${lang}${anonymous ? ' --anonymous' : ''}`;

let demoLake: Promise<string> | undefined;
const demoPages = new Map<string, Promise<string>>();

/** The demo group's lake, as `npm start` makes it; made once. */
export function demoLakeFolder(): Promise<string> {
  const folder = join(runFolder(), 'demo');
  demoLake ??= run('start', '--once', '--demo-until', '2026-11-22', '--lake', folder).then(() => folder);
  return demoLake;
}

/** The address of the demo group's page; each edition is made once. */
export function demoPage(edition: Edition): Promise<string> {
  const name = nameOf(edition);
  const made = demoPages.get(name) ?? demoLakeFolder().then((lake) => madePage(lake, edition));
  demoPages.set(name, made);
  return made;
}

/** The address of the page that `telegram-lake report` makes of a lake. */
export async function madePage(lake: string, { lang, anonymous }: Edition): Promise<string> {
  const out = join(lake, `report-${lang}${anonymous ? '-anonymous' : ''}.html`);
  mkdirSync(lake, { recursive: true });
  await run('report', '--lake', lake, '--lang', lang, '--out', out, ...(anonymous ? ['--anonymous'] : []));
  return pathToFileURL(out).href;
}

/** The command as a person runs it, with a key for pseudonyms of its own. */
async function run(...args: string[]): Promise<CliRun> {
  const done = await runProgram(args, { XDG_CONFIG_HOME: join(runFolder(), 'config') });
  if (done.code !== 0) throw new Error(`telegram-lake ${args.join(' ')}: ${done.code}\n${done.stderr}`);
  return done;
}
