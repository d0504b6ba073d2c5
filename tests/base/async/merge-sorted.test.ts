import { expect } from 'chai';
import fc from 'fast-check';
import { mergeSorted } from '../../../src/base/async/merge-sorted.ts';

async function* from(items: readonly string[]): AsyncGenerator<string> {
  yield* items;
}

describe('merge of sorted sources', () => {
  it('gives every item once, in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.string({ maxLength: 3 }))), async (lists) => {
        const sources = lists.map((list) => from(list.toSorted()));
        expect(await Array.fromAsync(mergeSorted(sources, (item) => item))).to.deep.equal(
          lists.flat().toSorted(),
        );
      }),
    );
  });

  it('gives items of the same key source by source', async () => {
    const merged = mergeSorted([from(['a1', 'b1']), from(['a2', 'a3'])], (item) => item.charAt(0));
    expect(await Array.fromAsync(merged)).to.deep.equal(['a1', 'a2', 'a3', 'b1']);
  });

  it('lets go of every source when its reader stops, and when one of them fails', async () => {
    const closed: string[] = [];
    async function* source(name: string, fails: boolean): AsyncGenerator<string> {
      try {
        yield `a ${name}`;
        if (fails) throw new Error(name);
        yield `b ${name}`;
      } finally {
        closed.push(name);
      }
    }
    for await (const _ of mergeSorted([source('x', false), source('y', false)], (item) => item)) break;
    expect(closed.toSorted()).to.deep.equal(['x', 'y']);
    const failing = Array.fromAsync(mergeSorted([source('p', true), source('q', false)], (item) => item));
    expect((await failing.catch((error) => error)).message).to.equal('p');
    expect(closed.toSorted()).to.deep.equal(['p', 'q', 'x', 'y']);
  });
});
