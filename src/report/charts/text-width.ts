import stringWidth from 'string-width';

/** How wide a character is at most in the fonts of common systems, in em; the first that fits counts. */
const widths: readonly (readonly [characters: RegExp, em: number])[] = [
  [/\p{RGI_Emoji}/v, 1.3],
  [/^[ iljtfrI.,:;'|!()[\]-]/, 0.4],
  [/^[mwMW@%жшщыюфмЖШЩЫЮФМДЦ]/, 0.95],
  // Letters for mathematics, which people write their names in.
  [/^[\u{1D400}-\u{1D7FF}]/u, 0.85],
  [/^\p{Script=Tamil}/u, 1.3],
  [/^[\p{So}\p{Pd}]/v, 1.15],
  [
    /^[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Myanmar}\p{Script=Khmer}\p{Script=Tibetan}]/v,
    1,
  ],
  [/^[\p{Script=Ethiopic}\p{Script=Armenian}\p{Script=Georgian}]/v, 0.75],
  [/^\p{Lu}/u, 0.72],
];

const usualWidth = 0.6;
const doubleWidth = 1.05;

const characters = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * About how wide the page's fonts write a text, in em, rather too wide than too narrow: a label is cut where it is
 * longer than it was measured.
 */
export function textWidth(text: string): number {
  let width = 0.3;
  for (const { segment } of characters.segment(text)) {
    const known = widths.find(([which]) => which.test(segment))?.[1];
    width += known ?? (stringWidth(segment) > 1 ? doubleWidth : usualWidth);
  }
  return width;
}
