import { dirname, join } from 'node:path';
import type { MessageRow } from '../../src/lake/columns.ts';
import type { EventRow } from '../../src/lake/event-columns.ts';
import { duckDbRunner } from '../../src/query/duckdb/duckdb-runner.ts';
import { inTimeZone, savedQueries, viewsFolder } from '../../src/query/query-catalog.ts';
import type { QueryRunner, ResultTable, Value } from '../../src/query/query-runner.ts';
import { savedViews, withViews } from '../../src/query/views.ts';
import { fillEnriched } from './enriched-folder.ts';
import { suiteFolder } from './temporary-folder.ts';

/** The saved queries of the project. */
export const queries = savedQueries(join(dirname(dirname(import.meta.dirname)), 'sql'));

/** The views that they share. */
export const views = savedViews(viewsFolder);

/**
 * A lake for the suite that calls this, with one engine for all its tests. Answers how to ask it: the result of a saved
 * query over a lake that holds just these messages, and these events.
 */
export function askedLake(): (
  file: string,
  rows: readonly MessageRow[],
  timeZone?: string,
  events?: readonly EventRow[],
) => Promise<ResultTable> {
  const folder = suiteFolder();
  let runner: QueryRunner;
  before(async () => {
    runner = await duckDbRunner(folder());
  });
  after(() => runner.close());
  return async (file, rows, timeZone, events = []) => {
    const query = queries.find((candidate) => candidate.file === file);
    if (!query) throw new Error(`there is no sql/${file}.sql`);
    await fillEnriched(folder(), rows, events);
    const sql = withViews(query.sql, views);
    return runner.run(timeZone === undefined ? sql : inTimeZone(sql, timeZone));
  };
}

/** The names of a result's columns, in order. */
export const columnNames = ({ columns }: ResultTable): string[] => columns.map(({ name }) => name);

/** Each row's values of the named columns, in the order of the names. */
export function valuesOf(result: ResultTable, ...names: string[]): Value[][] {
  const indexes = names.map((name) => columnNames(result).indexOf(name));
  if (indexes.includes(-1)) throw new Error(`the result has no such columns: ${names.join(', ')}`);
  return result.rows.map((row) => indexes.map((index) => row[index] ?? null));
}
