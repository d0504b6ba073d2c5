import type { Day } from '../../base/local-day.ts';
import { isPlausibleDay } from '../../lake/calendar.ts';
import type { Lake, LocalLake } from '../../lake/lake.ts';
import { dayOfPrefix, enrichedKey, quarantinePrefix, tablePrefix } from '../../lake/object-keys.ts';
import { savedQueries, sqlFolder } from '../../query/query-catalog.ts';
import type { QueryRunner } from '../../query/query-runner.ts';
import { runQueries } from '../../query/run-queries.ts';
import { chartSpecs } from '../../report/charts/chart-specs.ts';
import { comparedQueries } from '../../report/data/comparison.ts';
import { type ReportOptions, report, reportSummary, runReportQueries } from '../../report/report.ts';
import { daysLeftOut } from './damaged-files.ts';

/** A lake, and an engine that answers for it. */
export interface ReportSource {
  readonly lake: Lake | LocalLake;
  readonly runner: QueryRunner;
  /**
   * One that sees the messages before the period, too, for what compares with them; where `runner` sees only a period.
   */
  readonly history?: QueryRunner;
  /** The period that `runner` sees, where it sees no other messages. */
  readonly period?: { readonly from: Day; readonly to: Day };
  /** One that sees the period before, of the same length, where the lake has all of it. */
  readonly before?: QueryRunner;
}

type PageOptions = Pick<ReportOptions, 'language' | 'title' | 'pseudonymKey' | 'isLive' | 'chooser'>;

/** The page of a lake as it is now. The runner is closed afterwards. */
export async function pageOf(source: ReportSource, options: PageOptions): Promise<string> {
  return (await pageAndSummaryOf(source, options)).page;
}

/** The page of a lake as it is now, and its summary in lines. The runner is closed afterwards. */
export async function pageAndSummaryOf(
  { lake, runner, history = runner, period, before }: ReportSource,
  options: PageOptions,
): Promise<{ readonly page: string; readonly summary: readonly string[] }> {
  try {
    const queries = savedQueries(sqlFolder);
    const charts = chartSpecs(sqlFolder, queries);
    const ofHistory = queries.filter(({ needsHistory }) => history !== runner && needsHistory);
    const others = queries.filter((query) => !ofHistory.includes(query));
    const results = new Map([
      ...(await runReportQueries(runner, others, charts, lake.timeZone)),
      ...(await runReportQueries(history, ofHistory, charts, lake.timeZone)),
    ]);
    const compared = queries.filter(({ file }) => comparedQueries.includes(file));
    const earlier = before && (await runQueries(before, compared, lake.timeZone));
    const now = Math.floor(Date.now() / 1000);
    const state = {
      quarantined: await quarantined(lake),
      builtAtSeconds: await builtAtSeconds(lake),
      damagedDays: 'folder' in lake ? daysLeftOut(lake) : [],
    };
    const whole = {
      ...options,
      timeZone: lake.timeZone,
      period: period && { ...period, before: earlier },
      state,
      now,
    };
    return { page: await report(results, charts, whole), summary: reportSummary(results, whole) };
  } finally {
    runner.close();
    before?.close();
    if (history !== runner) history.close();
  }
}

async function builtAtSeconds({ enriched }: Lake): Promise<number | undefined> {
  let newest: Day | undefined;
  for await (const folder of enriched.listFolders(tablePrefix)) {
    const day = dayOfPrefix(folder);
    if (day && isPlausibleDay(day)) newest = day;
  }
  return newest === undefined ? undefined : (await enriched.headObject(enrichedKey(newest)))?.storedAtSeconds;
}

async function quarantined({ raw }: Lake): Promise<number> {
  let objects = 0;
  for await (const _ of raw.listObjects(quarantinePrefix)) objects += 1;
  return objects;
}
