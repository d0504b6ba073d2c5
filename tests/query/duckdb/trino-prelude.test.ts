import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { duckDbRunner } from '../../../src/query/duckdb/duckdb-runner.ts';
import type { QueryRunner } from '../../../src/query/query-runner.ts';
import { rejection } from '../../support/rejection.ts';
import { knownDifferences, trinoAnswers } from '../../support/trino-answers.ts';

const refused = [
  "date_format(from_unixtime(0, 'UTC'), '%M')",
  "regexp_replace('a', '(a)', '$1')",
  "regexp_replace('a', '(a)', '\\1')",
];

describe('Trino prelude', () => {
  let runner: QueryRunner;
  before(async () => {
    runner = await duckDbRunner(join(tmpdir(), 'telegram-lake-test-without-a-lake'));
  });
  after(() => runner.close());

  for (const [sql, answer] of trinoAnswers) {
    it(`answers ${JSON.stringify(sql)} with ${JSON.stringify(answer)}`, async () => {
      expect((await runner.run(`SELECT ${sql}`)).rows).to.deep.equal([[answer]]);
    });
  }

  for (const sql of refused) {
    it(`refuses ${JSON.stringify(sql)} rather than answer otherwise than Trino`, async () => {
      expect((await rejection(runner.run(`SELECT ${sql}`))).message).to.match(/here/);
    });
  }

  for (const { expression, duckDb } of knownDifferences) {
    it(`answers ${JSON.stringify(expression)} with ${duckDb}, unlike Trino`, async () => {
      expect((await runner.run(`SELECT ${expression}`)).rows).to.deep.equal([[duckDb]]);
    });
  }

  it('normalizes every row of a long column', async () => {
    const sql =
      "SELECT count(DISTINCT normalize('é' || i, NFD)), min(normalize('é', NFD)) FROM range(5000) AS t(i)";
    expect((await runner.run(sql)).rows).to.deep.equal([[5000, 'e\u0301']]);
  });
});
