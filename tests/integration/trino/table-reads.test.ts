import { expect } from 'chai';
import { savedQueries, sqlFolder, viewsFolder } from '../../../src/query/query-catalog.ts';
import type { QueryRunner } from '../../../src/query/query-runner.ts';
import { savedViews } from '../../../src/query/views.ts';
import { createStack } from '../../../tools/engines/stack.ts';
import { startedEngines } from '../../../tools/engines/started.ts';
import { readsOf } from '../../../tools/table-reads.ts';

const name = 'reads';
const tables = ['telegram', 'telegram_events'] as const;

describe('plans of Trino over the views of a stack', () => {
  let trino: Pick<QueryRunner, 'run'>;
  before(async () => {
    const engines = startedEngines();
    await createStack(engines.account, name);
    trino = engines.trino.runner(name);
  });

  const statements = [
    ...savedQueries(sqlFolder).map(({ file, sql }) => ({ file, sql })),
    ...savedViews(viewsFolder).map((view) => ({
      file: `views/${view.name}`,
      sql: `SELECT * FROM ${view.name}`,
    })),
  ];
  for (const { file, sql } of statements) {
    it(`scan the tables as often as docs/cost.md counts: ${file}`, async () => {
      const { rows } = await trino.run(`EXPLAIN (TYPE LOGICAL) ${sql}`);
      const scanned = [...rows.join('\n').matchAll(/Scan\w*\[table = awsdatacatalog:reads:(\w+)/g)];
      const timesOf = (table: string) => scanned.filter(([, found]) => found === table).length;
      expect(tables.map(timesOf)).to.deep.equal(tables.map((table) => readsOf(sql, table)));
    });
  }
});
