import { usdOf } from '../src/cli/cost/prices.ts';
import { savedQueries, sqlFolder, viewsFolder } from '../src/query/query-catalog.ts';
import { savedViews, withViews } from '../src/query/views.ts';
import { chartSpecs } from '../src/report/charts/chart-specs.ts';
import { queriesOfReport } from '../src/report/report.ts';
import { markdownTable } from './markdown-table.ts';

const tables = ['telegram', 'telegram_events'] as const;

/** How often a statement reads a table, its views included: a WITH query that is named twice is read twice. */
export function readsOf(sql: string, table: (typeof tables)[number]): number {
  const text = withViews(sql, views)
    .replace(/--.*$/gm, '')
    .replace(/'(?:[^']|'')*'/g, "''");
  return readsIn(text, new Map([[table, 1]]));
}

const views = savedViews(viewsFolder);

/** @param known - what each name in scope reads */
function readsIn(text: string, known: ReadonlyMap<string, number>): number {
  const scope = new Map(known);
  let main = text;
  for (;;) {
    const found = /\b(\w+) AS \((?=\s*(?:SELECT|WITH)\b)/.exec(main);
    if (!found?.[1]) break;
    const begin = found.index + found[0].length;
    let end = begin;
    for (let depth = 1; depth > 0; end++) depth += main[end] === '(' ? 1 : main[end] === ')' ? -1 : 0;
    scope.set(found[1], readsIn(main.slice(begin, end - 1), scope));
    main = main.slice(0, found.index) + main.slice(end);
  }
  return [...main.matchAll(/\b(?:FROM|JOIN)\s+(\w+)/g)]
    .map(([, name = '']) => scope.get(name) ?? 0)
    .reduce((sum, count) => sum + count, 0);
}

const daysInYear = 365;

/** What each saved query, each view and the page list in a year of history, the most first. */
export function readsTable(): string {
  const queries = savedQueries(sqlFolder);
  const statements = [
    ...queries.map(({ file, sql }) => ({ name: `[${file}](../sql/${file}.sql)`, sql })),
    ...views.map(({ name }) => ({
      name: `view [${name}](../sql/views/${name}.sql)`,
      sql: `SELECT * FROM ${name}`,
    })),
  ];
  const rows = statements.map(({ name, sql }) => ({
    name,
    reads: tables.map((table) => readsOf(sql, table)),
  }));
  const total = ({ reads }: (typeof rows)[number]) => reads.reduce((sum, count) => sum + count, 0);
  const page = queriesOfReport(queries, chartSpecs(sqlFolder, queries)).map(({ sql }) => sql);
  const ofPage = page.flatMap((sql) => tables.map((table) => readsOf(sql, table)));
  const listsOfPage = ofPage.reduce((sum, count) => sum + count, 0) * daysInYear;
  const table = markdownTable(
    ['saved query or view', 'reads `telegram`', 'reads `telegram_events`', 'lists in a year', 'cents'],
    rows
      .toSorted((a, b) => total(b) - total(a))
      .map((row) => {
        const lists = total(row) * daysInYear;
        const cents = (usdOf('s3Put', lists) * 100).toFixed(1);
        return [row.name, ...row.reads.map(String), lists.toLocaleString('en'), cents];
      }),
  );
  const price = (usdOf('s3Put', listsOfPage) * 100).toFixed(0);
  return `${table}\n\nThe page of \`report\` makes ${listsOfPage.toLocaleString('en')} lists for a year of history: ${price} cents.`;
}
