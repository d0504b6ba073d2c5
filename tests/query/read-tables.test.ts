import { expect } from 'chai';
import { savedQueries, sqlFolder, viewsFolder } from '../../src/query/query-catalog.ts';
import { readTables } from '../../src/query/read-tables.ts';
import { savedViews } from '../../src/query/views.ts';

describe('readTables', () => {
  const cases: [sql: string, tables: string[]][] = [
    ['SELECT 1', []],
    ['SELECT messages, 1 AS answers FROM telegram', ['telegram']],
    ['SELECT 1 FROM telegram, messages', ['telegram', 'messages']],
    ['select 1 from telegram as t , Messages m\n, "questions"', ['telegram', 'messages', 'questions']],
    ['SELECT 1 FROM a JOIN b ON a.x = b.x AND f(a.y, b.y) = 1, c WHERE x IN (1, 2)', ['a', 'b', 'c']],
    ['SELECT 1 FROM a JOIN b USING (x, y), c GROUP BY d, e ORDER BY f, g', ['a', 'b', 'c']],
    ['SELECT 1 FROM (SELECT x, y FROM a, b) AS s(x, y), c', ['a', 'b', 'c']],
    ['SELECT 1 FROM a, UNNEST(split(a.x, b), c) AS t(d), e', ['a', 'e']],
    ['SELECT (SELECT max(x) FROM a), b FROM c UNION SELECT d, e FROM c', ['a', 'c', 'c']],
    ['SELECT 1 FROM ((a CROSS JOIN b)) JOIN lake.c ON true', ['a', 'b', 'lake.c']],
    ["SELECT 'it''s FROM a, b' -- FROM c, d\n/* FROM e */ FROM f", ['f']],
    ['SELECT x FROM a, b, a', ['a', 'b', 'a']],
  ];
  for (const [sql, tables] of cases) {
    it(`finds ${tables.join(' ') || 'nothing'} in: ${sql.replaceAll('\n', ' ')}`, () => {
      expect(readTables(sql)).to.deep.equal(tables);
    });
  }

  it('finds nothing but tables, views and names of the statement itself in sql/', () => {
    const views = savedViews(viewsFolder);
    const known = ['telegram', 'telegram_events', ...views.map(({ name }) => name)];
    for (const { name, sql } of [...savedQueries(sqlFolder), ...views]) {
      const own = [...sql.matchAll(/(\w+) (?:\([^()]+\) )?AS \(/g)].map(([, defined]) => defined);
      expect(new Set([...known, ...own]), name).to.include.all.keys(readTables(sql));
    }
  });
});
