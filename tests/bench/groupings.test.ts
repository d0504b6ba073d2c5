import { expect } from 'chai';
import { bCubed, pairs, score, topTen } from '../../tools/groupings.ts';

/** Items 1 to 6 of two kinds, of which one was put into the other's group. */
const truth = new Map([1, 2, 3, 4, 5, 6].map((item) => [item, item <= 4 ? 1 : 2]));
const found = new Map([1, 2, 3, 4, 5, 6].map((item) => [item, item <= 3 ? 10 : 20]));

describe('measures of what was found', () => {
  it('gives precision, recall and F of a set', () => {
    expect(score(new Set([1, 2, 3, 4]), new Set([3, 4, 5]))).to.deep.equal({ p: 2 / 3, r: 1 / 2, f: 4 / 7 });
    expect(score(new Set([1]), new Set())).to.deep.equal({ p: 0, r: 0, f: 0 });
  });

  it('gives B-cubed of a grouping, and 1 for the truth itself', () => {
    const { p, r } = bCubed(truth, found);
    // Items 1 to 3 are among their own; 4 is with two others; 5 and 6 with one.
    expect(p).to.be.closeTo((3 * 1 + 1 / 3 + 2 * (2 / 3)) / 6, 1e-9);
    expect(r).to.be.closeTo((3 * (3 / 4) + 1 / 4 + 2) / 6, 1e-9);
    expect(bCubed(truth, truth)).to.deep.equal({ p: 1, r: 1, f: 1 });
  });

  it('counts the pairs of items put together, so that items left alone give nothing', () => {
    // Together: 3 and 3 pairs; of one kind: 6 and 1; both: 3 and 1.
    expect(pairs(truth, found)).to.deep.equal({ p: 4 / 6, r: 4 / 7, f: 8 / 13 });
    expect(pairs(truth, new Map())).to.deep.equal({ p: 0, r: 0, f: 0 });
  });

  it('finds the largest kinds by the majority of the largest groups, with what does not belong', () => {
    expect(topTen(truth, found)).to.deep.equal({ ofTen: 2, purity: 5 / 6 });
    expect(topTen(truth, new Map([...found, [7, 10]]))).to.deep.equal({ ofTen: 2, purity: 5 / 7 });
  });
});
