import { expect } from 'chai';
import { fillWithDemoGroup } from '../../../src/demo/fill-demo.ts';
import { daysOf } from '../../../src/lake/lake.ts';
import { narrowedStatement } from '../../../src/query/narrowing.ts';
import { inTimeZone, onDay, savedQueries } from '../../../src/query/query-catalog.ts';
import type { ResultTable } from '../../../src/query/query-runner.ts';
import { savedViews, withViews } from '../../../src/query/views.ts';
import { courseQueries } from '../../support/course-queries.ts';
import { edgeCases } from './edge-cases.ts';
import { createLakeInStack, type LakeInStack } from './lake-in-stack.ts';

const queries = savedQueries('sql');
const views = savedViews('sql/views');

/** Declares a test for each saved query: the deployed text gives on Trino what the file gives on DuckDB. */
function sameAnswersOn(lake: () => LakeInStack, timeZone: string): void {
  it('are deployed to the letter', () => {
    const files = queries.map(({ name, sql }) => [name, inTimeZone(sql, timeZone)] as const);
    expect([...lake().savedQueries]).to.have.deep.members(files);
  });

  for (const view of views) {
    it(`the view ${view.name} has the same columns and as many rows as a table of Glue`, async () => {
      const { trino, duckDb } = lake();
      const none = `SELECT * FROM ${view.name} LIMIT 0`;
      expect((await trino.run(none)).columns).to.deep.equal((await duckDb.run(none)).columns);
      const count = `SELECT count(*) FROM ${view.name}`;
      expect((await trino.run(count)).rows).to.deep.equal((await duckDb.run(count)).rows);
    });
  }

  for (const { file, name, sql } of queries) {
    it(`${file} gives the same rows in the same order`, async () => {
      const { local, trino, duckDb, savedQueries } = lake();
      const today = (await daysOf(local)).at(-1) ?? '';
      const deployed = await trino.run(onDay(savedQueries.get(name) ?? '', today));
      const here = await duckDb.run(inTimeZone(sql, timeZone));
      expect(deployed.columns).to.deep.equal(here.columns);
      expect(asLines(deployed)).to.equal(asLines(here));
      expect(deployed.rows).not.to.be.empty;
    });
  }
}

/** Mocha shows where two texts differ by line. */
function asLines({ rows }: ResultTable): string {
  return rows.map((row) => JSON.stringify(row)).join('\n');
}

describe('saved queries on Trino and DuckDB', () => {
  for (const [index, timeZone] of ['America/Sao_Paulo', 'America/St_Johns'].entries()) {
    describe(`over the demo group in ${timeZone}`, () => {
      let lake: LakeInStack;
      before(async () => {
        const parameters = { FirstDay: '2026-10-20' };
        lake = await createLakeInStack(`demo-${index}`, { timeZone, parameters }, fillWithDemoGroup);
      });
      after(() => lake?.remove());

      sameAnswersOn(() => lake, timeZone);

      for (const [name, written] of Object.entries(courseQueries)) {
        // A cast rounds a half up on Trino and to the even number on DuckDB: without the cast both must be equal.
        const sql = written.replace(/CAST\((AVG\(.*?\))\) AS INT\)/, 'round($1), 9)');
        it(`the course's query gives the same rows: ${name}`, async () => {
          await lake.trino.run(written);
          const [here, there] = [await lake.duckDb.run(sql), await lake.trino.run(sql)];
          const sorted = ({ rows }: ResultTable) => rows.map((row) => JSON.stringify(row)).sort();
          expect(sorted(there)).to.deep.equal(sorted(here)).and.to.not.be.empty;
        });
      }

      it('see the same part of the lake', async () => {
        const narrowing = { from: '2026-11-02', to: '2026-11-15' };
        const count = 'SELECT (SELECT count(*) FROM messages), (SELECT count(*) FROM telegram_raw)';
        const narrowed = narrowedStatement(withViews(count, views), narrowing, lake.database);
        const period = "context_date BETWEEN DATE '2026-11-02' AND DATE '2026-11-15'";
        const expected = `SELECT (SELECT count(*) FROM messages WHERE ${period}), (SELECT count(*) FROM telegram_raw WHERE ${period})`;
        expect((await lake.trino.run(narrowed)).rows).to.deep.equal((await lake.duckDb.run(expected)).rows);
      });
    });
  }

  describe('over edge cases', () => {
    let lake: LakeInStack;
    before(async () => {
      const { stack, fillRaw, addEnriched } = edgeCases;
      lake = await createLakeInStack('edge', stack, fillRaw, addEnriched);
    });
    after(() => lake?.remove());

    it('hold every edge case', async () => {
      const counts = `SELECT count(*), count("date"), count(DISTINCT context_date), min(chat_id), max(user_id) FROM telegram`;
      const { rows, days } = edgeCases;
      const expected = [[rows(), rows() - 1, days, -9007199254740991, 9007199254740991]];
      expect((await lake.duckDb.run(counts)).rows).to.deep.equal(expected);
      expect((await lake.trino.run(counts)).rows).to.deep.equal(expected);
    });

    sameAnswersOn(() => lake, edgeCases.stack.timeZone);
  });
});
