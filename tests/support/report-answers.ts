import { join } from 'node:path';
import { inScratchFolder } from '../../src/base/scratch-folder.ts';
import type { MessageRow } from '../../src/lake/columns.ts';
import { duckDbRunner } from '../../src/query/duckdb/duckdb-runner.ts';
import type { ResultTable } from '../../src/query/query-runner.ts';
import { viewsInTimeZone } from '../../src/query/views.ts';
import { type Chart, chartSpecs } from '../../src/report/charts/chart-specs.ts';
import { runReportQueries } from '../../src/report/report.ts';
import { timeZone } from '../../tools/fixtures/message-rows.ts';
import { queries } from './asked-lake.ts';
import { fillEnriched } from './enriched-folder.ts';

/** The charts of the report, in the order of its story. */
export const charts: readonly Chart[] = chartSpecs(join(import.meta.dirname, '..', '..', 'sql'), queries);

/** What the report is made from: the answers of a lake that holds just these messages, by the saved queries' names. */
export async function reportAnswers(rows: readonly MessageRow[]): Promise<Map<string, ResultTable>> {
  return inScratchFolder(async (folder) => {
    const runner = await duckDbRunner(folder, { views: viewsInTimeZone(timeZone) });
    try {
      await fillEnriched(folder, rows);
      return new Map(await runReportQueries(runner, queries, charts, timeZone));
    } finally {
      runner.close();
    }
  });
}
