import { expect } from 'chai';
import { sharedCtes } from '../../../src/query/duckdb/shared-ctes.ts';
import { queries } from '../../support/asked-lake.ts';

const cte = (name: string, body = 'SELECT 1 AS one') => `${name} AS (\n  ${body}\n)`;

describe('shared common table expressions', () => {
  it('are as many as two statements begin with, and the rest of each goes on from their names', () => {
    const first = `WITH ${cte('a')},\n${cte('b', 'SELECT * FROM a')},\n${cte('c')}\nSELECT * FROM a, b, c`;
    const second = `WITH ${cte('a')},\n${cte('b', 'SELECT * FROM a')}\nSELECT one FROM b`;
    expect(sharedCtes([first, 'SELECT 3', second])).to.deep.equal([
      {
        definition: `WITH ${cte('a')},\n${cte('b', 'SELECT * FROM a')}`,
        names: ['a', 'b'],
        rest: new Map([
          [0, `WITH\n${cte('c')}\nSELECT * FROM a, b, c`],
          [2, '\nSELECT one FROM b'],
        ]),
      },
    ]);
  });

  it('are named only where a statement uses them further down', () => {
    const sql = (column: string) =>
      `WITH ${cte('a')},\n${cte('b', 'SELECT * FROM a')}\nSELECT ${column} AS beta FROM b`;
    expect(sharedCtes([sql('one'), sql('2')]).map(({ names }) => names)).to.deep.equal([['b']]);
  });

  it('are none where the texts differ, or where only what is no such expression is alike', () => {
    const derived = (column: string) => `SELECT ${column}\nFROM (\n  SELECT 1 AS one\n)\nORDER BY 1`;
    expect(sharedCtes([])).to.deep.equal([]);
    expect(
      sharedCtes([`WITH ${cte('a')}\nSELECT 1`, `WITH ${cte('a', 'SELECT 2')}\nSELECT 1`]),
    ).to.deep.equal([]);
    expect(sharedCtes([derived('one'), derived('2')])).to.deep.equal([]);
    expect(
      sharedCtes(['with a as (select 1) select * from a', 'with a as (select 1) table a']),
    ).to.deep.equal([]);
  });

  it('are those that recognise a question, in the saved queries', () => {
    const groups = sharedCtes(queries.map(({ sql }) => sql));
    expect(groups.map(({ names, rest }) => ({ names, queries: rest.size }))).to.deep.equal([
      { names: ['people', 'questions'], queries: 4 },
    ]);
  });
});
