import { expect } from 'chai';
import fc from 'fast-check';
import { IntegerSet } from '../../src/base/integer-set.ts';

describe('IntegerSet', () => {
  it('takes each integer once, as a Set does, near and far from one another', () => {
    const integers = fc.oneof(fc.nat({ max: 2_000 }), fc.maxSafeNat());
    fc.assert(
      fc.property(fc.array(integers), (added) => {
        const [own, known] = [new IntegerSet(), new Set<number>()];
        for (const integer of added) {
          expect(own.add(integer)).to.equal(!known.has(integer));
          known.add(integer);
        }
      }),
    );
  });
});
