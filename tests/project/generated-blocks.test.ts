import { dirname } from 'node:path';
import { expect } from 'chai';
import { fillBlock, generatedFiles } from '../../tools/generated-blocks.ts';

const root = dirname(dirname(import.meta.dirname));

describe('generated blocks', () => {
  it('are up to date in every file (else: npm run generate)', async () => {
    for (const { file, current, expected } of await generatedFiles(root)) {
      expect(current, file).to.equal(expected);
    }
  });

  it('are filled between their markers, with the indentation of the first', () => {
    const text = 'a:\n  # BEGIN GENERATED b\n  old\n  # END GENERATED b\nc: 1\n';
    const filled = 'a:\n  # BEGIN GENERATED b\n  x\n\n    y\n  # END GENERATED b\nc: 1\n';
    expect(fillBlock(text, 'b', 'x\n\n  y')).to.equal(filled);
    expect(fillBlock(filled, 'b', 'old')).to.equal(text);
  });

  it('may be empty', () => {
    const text = '<!-- BEGIN GENERATED b -->\nold\n<!-- END GENERATED b -->';
    expect(fillBlock(text, 'b', '')).to.equal('<!-- BEGIN GENERATED b -->\n<!-- END GENERATED b -->');
  });

  it('are not mistaken for a block whose name only begins the same', () => {
    const text = '# BEGIN GENERATED b-c\n# END GENERATED b-c\n# BEGIN GENERATED b\n# END GENERATED b';
    expect(fillBlock(text, 'b', 'new').split('\n')[3]).to.equal('new');
  });

  for (const text of [
    'no block',
    '# BEGIN GENERATED b',
    '# END GENERATED b\n# BEGIN GENERATED b',
    '# BEGIN GENERATED b\n# BEGIN GENERATED b\n# END GENERATED b',
  ]) {
    it(`are refused in ${JSON.stringify(text)}`, () => {
      expect(() => fillBlock(text, 'b', 'new')).to.throw(/"(BEGIN|END) GENERATED b"|ends before/);
    });
  }
});
