import type { SavedQuery } from '../query/query-catalog.ts';
import type { QueryRunner, Results, ResultTable } from '../query/query-runner.ts';
import { runQueries } from '../query/run-queries.ts';
import type { Chart } from './charts/chart-specs.ts';
import { anonymous, withDistinctNames } from './data/people.ts';
import { sanitizeResults } from './data/sanitize.ts';
import { type LanguageKey, languages } from './language/languages.ts';
import type { Chooser } from './page/chooser.ts';
import type { Period } from './page/overview.ts';
import { reportPage } from './page/page.ts';
import type { LakeState } from './page/quality.ts';
import { summaryOf } from './summary.ts';

/** The saved queries that the page reads besides those of its charts. */
const listed = ['groups', 'group-at-a-glance', 'most-frequent-questions', 'open-questions', 'data-quality'];

/** Those of the saved queries that have a picture or a list in the report. */
export function queriesOfReport(queries: readonly SavedQuery[], charts: readonly Chart[]): SavedQuery[] {
  const needed = new Set([...listed, ...charts.map(({ query }) => query)]);
  return queries.filter(({ file }) => needed.has(file));
}

/**
 * The answers of a lake that its report is made from.
 *
 * @throws {QueryError} when the engine refuses or fails one of the saved queries
 */
export function runReportQueries(
  runner: QueryRunner,
  queries: readonly SavedQuery[],
  charts: readonly Chart[],
  timeZone: string,
): Promise<Results> {
  return runQueries(runner, queriesOfReport(queries, charts), timeZone);
}

export interface ReportOptions {
  readonly language: LanguageKey;
  readonly timeZone: string;
  /** The page's heading; the group's own name where it is left out. */
  readonly title?: string | undefined;
  /** Hides who people are; the key of their pseudonyms. */
  readonly pseudonymKey?: Uint8Array | undefined;
  /** Where the results are of a part of the history only. */
  readonly period?: Period | undefined;
  /** Links to the pages of the groups that a server has. */
  readonly chooser?: Chooser | undefined;
  readonly state?: LakeState | undefined;
  /** For the page that a server keeps up to date: it reloads when the server reports a change. */
  readonly isLive?: boolean;
  /** In Unix seconds. */
  readonly now: number;
}

/** A group's story as one HTML page that needs no network, no script and nothing else. */
export function report(results: Results, charts: readonly Chart[], options: ReportOptions): Promise<string> {
  const { pseudonymKey, language: key, ...rest } = options;
  const language = languages[key];
  const shown = shownResults(results, options);
  return reportPage(shown, charts, { ...rest, language, anonymous: pseudonymKey !== undefined });
}

/** The same in a few lines of text. */
export function reportSummary(results: Results, options: ReportOptions): string[] {
  return summaryOf(shownResults(results, options), languages[options.language], options.period);
}

function shownResults(results: Results, { pseudonymKey, language }: ReportOptions): Results {
  const sanitized = sanitizeResults(results);
  return pseudonymKey
    ? anonymous(sanitized, pseudonymKey, languages[language])
    : withDistinctNames(sanitized);
}

/**
 * The result of a saved query without who people are, as on an anonymous page.
 *
 * @param key - of the pseudonyms
 */
export function anonymousResults(query: string, result: ResultTable, key: Uint8Array): ResultTable {
  return (
    anonymous(sanitizeResults(new Map([[query, result]])), key, languages.en).get(query) ?? {
      columns: [],
      rows: [],
    }
  );
}
