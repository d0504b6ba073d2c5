import { expect } from 'chai';
import { duckDbRunner } from '../../../src/query/duckdb/duckdb-runner.ts';
import type { QueryRunner } from '../../../src/query/query-runner.ts';
import { rejection } from '../../support/rejection.ts';

describe('what DuckDB says of a statement', () => {
  let runner: QueryRunner;
  before(async () => {
    runner = await duckDbRunner('/nonexistent/enriched');
  });
  after(() => runner.close());

  const problemOf = async (sql: string) => (await rejection(runner.run(sql))).message;

  const wrong: [sql: string, problem: string | RegExp][] = [
    [
      'SELECT * FRM telegram',
      'SQL syntax error near telegram\n\nLINE 1: SELECT * FRM telegram\n                     ^',
    ],
    ['SELECT (1', /^SQL syntax error at the end$/],
    [
      'SELECT user_first_nam FROM telegram',
      /^there is no column user_first_nam here\. Similar: user_first_name, /,
    ],
    ['SELECT * FROM telegrm', /^there is no table or view telegrm\. Did you mean telegram\?\n/],
    ['SELECT from_unixtim(1)', /^there is no function from_unixtim\. Did you mean from_unixtime\?\n/],
    [
      "SELECT CAST('x' AS INT)",
      /^Could not convert string 'x' to INT32\. With try_cast such a value is null\n/,
    ],
  ];
  for (const [sql, problem] of wrong) {
    it(`is in words, with the line of the SQL below: ${sql}`, async () => {
      const message = await problemOf(sql);
      if (typeof problem === 'string') expect(message).to.equal(problem);
      else expect(message).to.match(problem);
    });
  }

  for (const text of ['Bom dia, gente', "it's ours", 'a "quoted" word']) {
    for (const type of [
      'INT',
      'DATE',
      'JSON',
      'BOOLEAN',
      'TIMESTAMP',
      'DOUBLE',
      'UUID',
      'INTERVAL',
      'DECIMAL(3, 1)',
    ]) {
      it(`holds no value that is not in the statement: ${text} as ${type}`, async () => {
        // The text comes from no constant, as one of a lake's.
        const spelled = [...text].map((character) => character.codePointAt(0)).join(', ');
        const value = `(SELECT list_aggregate(list_transform([${spelled}], lambda c: chr(c)), 'string_agg', ''))`;
        const message = await problemOf(`SELECT CAST(value AS ${type}) FROM (SELECT ${value} AS value)`);
        expect(message).to.include('…');
        for (const word of text.match(/\w{3,}/g) ?? []) expect(message).to.not.include(word);
      });
    }
  }
});
