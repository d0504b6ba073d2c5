import { expect } from 'chai';
import { amountOf, greatest, median, rowsOf, sumOf, textOf } from '../../../src/report/data/records.ts';
import { resultTable } from '../../support/result-table.ts';

describe('rows by the names of their columns', () => {
  const rows = rowsOf(
    resultTable(
      'name varchar, amount bigint',
      ['a', 1],
      ['b', null],
      ['c', 3],
      [null, 3],
      ['e', '9007199254740993'],
    ),
  );

  it('have each value under its name, and are none of a query that was not asked', () => {
    expect(rows[0]).to.deep.equal({ name: 'a', amount: 1 });
    expect(rowsOf(undefined)).to.deep.equal([]);
  });

  it('read null, and what is not there, as 0 and as no text', () => {
    expect([
      amountOf(rows[1], 'amount'),
      amountOf(rows[0], 'other'),
      amountOf(undefined, 'amount'),
    ]).to.deep.equal([0, 0, 0]);
    expect([textOf(rows[3], 'name'), textOf(rows[0], 'other'), textOf(undefined, 'name')]).to.deep.equal([
      '',
      '',
      '',
    ]);
  });

  it('are added up, null as nothing', () => {
    expect(sumOf(rows.slice(0, 4), 'amount')).to.equal(7);
    expect(sumOf([], 'amount')).to.equal(0);
  });

  it('have a greatest, the first of several; none has none', () => {
    expect(greatest(rows.slice(0, 4), 'amount')).to.equal(rows[2]);
    expect(greatest(rows, 'amount')).to.equal(rows[4]);
    expect(greatest([], 'amount')).to.equal(undefined);
  });

  for (const [values, middle] of [
    [[], undefined],
    [[7], 7],
    [[9, 1], 5],
    [[100, 20, 3], 20],
    [[4, 1, 100, 3], 3.5],
    [[2, 2, 2, 2, 9], 2],
  ] as const) {
    it(`have the median ${middle} of ${values.join(', ') || 'none'}`, () => {
      expect(median(values)).to.equal(middle);
    });
  }
});
