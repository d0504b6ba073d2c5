import { expect } from 'chai';
import { mapConcurrently } from '../../../src/base/async/map-concurrently.ts';
import { rejection } from '../../support/rejection.ts';

describe('mapConcurrently', () => {
  it('returns results in the order of the items, whichever ends first', async () => {
    const ends = new Map<number, () => void>();
    const started: number[] = [];
    const call = (item: number) =>
      new Promise<string>((resolve) => {
        started.push(item);
        ends.set(item, () => resolve(`result ${item}`));
      });
    const results = mapConcurrently([1, 2, 3], call, 2);
    expect(started).to.deep.equal([1, 2]);
    ends.get(2)?.();
    await new Promise(setImmediate);
    expect(started).to.deep.equal([1, 2, 3]);
    ends.get(3)?.();
    ends.get(1)?.();
    expect(await results).to.deep.equal(['result 1', 'result 2', 'result 3']);
  });

  it('takes no further item after an error, and throws it once the other calls have ended', async () => {
    const taken: number[] = [];
    let hasEnded = false;
    const error = await rejection(
      mapConcurrently(
        [1, 2, 3, 4],
        async (item) => {
          taken.push(item);
          if (item === 1) throw new Error('first');
          await new Promise(setImmediate);
          hasEnded = true;
        },
        2,
      ),
    );
    expect(error.message).to.equal('first');
    expect({ taken, hasEnded }).to.deep.equal({ taken: [1, 2], hasEnded: true });
  });

  it('returns nothing for no items', async () => {
    expect(await mapConcurrently([], async (item) => item, 3)).to.deep.equal([]);
  });
});
