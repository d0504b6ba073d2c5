import { expect } from 'chai';
import { textWidth } from '../../../src/report/charts/text-width.ts';

describe('width of a label', () => {
  it('grows with capitals, with letters for mathematics, and with scripts that are wide', () => {
    const letters = (text: string) => textWidth(text) / [...text].length;
    const latin = letters('грузовой');
    for (const wider of ['ГРУЗОВОЙ', '𝐒𝐨𝐦𝐞', '你好世界', 'नमस्ते'.slice(0, 2), '😀😀']) {
      expect(letters(wider), wider).to.be.greaterThan(latin);
    }
  });

  it('counts a letter with its accents, and an emoji of several parts, once', () => {
    expect(textWidth('a\u0301\u0323')).to.equal(textWidth('a'));
    expect(textWidth('👨‍👩‍👧‍👦')).to.equal(textWidth('😀'));
  });

  it('is small for an empty text', () => {
    expect(textWidth('')).to.be.lessThan(0.5);
  });
});
