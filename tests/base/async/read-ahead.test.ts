import { expect } from 'chai';
import { readAhead } from '../../../src/base/async/read-ahead.ts';

async function* numbers(count: number) {
  for (let n = 0; n < count; n++) yield n;
}

describe('read-ahead', () => {
  it('gives results in the order of the items, however late each comes', async () => {
    const results: number[] = [];
    const read = async (n: number) => {
      for (let turn = 0; turn < (n * 7) % 5; turn++) await new Promise(setImmediate);
      return n;
    };
    for await (const result of readAhead(numbers(100), read, 8)) results.push(result);
    expect(results).to.deep.equal([...Array(100).keys()]);
  });

  it('never has more reads under way than asked for', async () => {
    let underWay = 0;
    let most = 0;
    const read = async (n: number) => {
      most = Math.max(most, ++underWay);
      await new Promise(setImmediate);
      underWay--;
      return n;
    };
    for await (const _ of readAhead(numbers(50), read, 4));
    expect(most).to.equal(4);
  });

  it('ends with the first error, and leaves no rejection unhandled', async () => {
    const read = async (n: number) => {
      if (n >= 3) throw new Error(`item ${n}`);
      return n;
    };
    const results: number[] = [];
    let error: unknown;
    try {
      for await (const result of readAhead(numbers(20), read, 8)) results.push(result);
    } catch (caught) {
      error = caught;
    }
    await new Promise(setImmediate);
    expect(results).to.deep.equal([0, 1, 2]);
    expect(error).to.be.an('error').with.property('message', 'item 3');
  });
});
