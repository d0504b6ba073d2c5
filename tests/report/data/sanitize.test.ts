import { expect } from 'chai';
import fc from 'fast-check';
import { sanitizeResults, sanitizeText } from '../../../src/report/data/sanitize.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';
import { resultTable } from '../../support/result-table.ts';

const cases: [what: string, text: string, shown: string][] = [
  ['is plain text', 'Onde fica a <tabela>?', 'Onde fica a <tabela>?'],
  ['has line breaks and tabs', '  a\r\n\r\nb\tc\u2028d\u2029e\u0085f ', 'a b c d e f'],
  ['has control characters', 'a\u0000b\u001b[31mc\u007f', 'a b [31mc'],
  ['has many kinds of space', 'a\u00a0\u2003 \u3000b', 'a b'],
  ['has zero-width characters', 'A\u200bn\u2060a\ufeff\u00ad', 'Ana'],
  ['is made of what nobody sees', '\u200b\u200d\u2060\ufeff\u00ad\u3164\u2800 \ufe0f', ''],
  ['turns the direction', 'a\u202egnp.exe\u202c\u2066b\u2069\u200e\u200f\u061c', 'agnp.exeb'],
  ['leaves the direction turned', '\u202e\u2067x', 'x'],
  ['runs from right to left', 'مرحبا 288', '\u2068مرحبا 288\u2069'],
  ['has a letter from right to left', 'Ana (שלום)', '\u2068Ana (שלום)\u2069'],
  ['has half a pair', 'half \ud83d and \ude00 half', 'half and half'],
  ['heaps marks upon a letter', `e${'\u0301'.repeat(50)}x`, `e${'\u0301'.repeat(4)}x`],
  ['has a joined and a colored emoji', '👨‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇧🇷', '👨‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇧🇷'],
  ['is Hindi, which is written with joiners', 'क्‍ष नमस्ते', 'क्‍ष नमस्ते'],
  ['is called as a property', '__proto__', '__proto__'],
];

describe("a stranger's text in the report", () => {
  for (const [what, text, shown] of cases) {
    it(`is legible where it ${what}`, () => {
      expect(sanitizeText(text, 100)).to.equal(shown);
    });
  }

  it('is whole at its maximum, and ends in … behind it, cut in no emoji', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(sanitizeText('abcde', 5)).to.equal('abcde');
    expect(sanitizeText('abcdef', 5)).to.equal('abcd…');
    expect(sanitizeText('abc def', 5)).to.equal('abc…');
    expect(sanitizeText(family.repeat(5), 5)).to.equal(family.repeat(5));
    expect(sanitizeText(family.repeat(6), 5)).to.equal(`${family.repeat(4)}…`);
    expect(sanitizeText('🇧🇷'.repeat(6), 5)).to.equal(`${'🇧🇷'.repeat(4)}…`);
    expect(sanitizeText('é'.normalize('NFD').repeat(6), 5)).to.equal(`${'é'.normalize('NFD').repeat(4)}…`);
    expect(sanitizeText('a'.repeat(4096), 40)).to.equal(`${'a'.repeat(39)}…`);
  });

  // By Unicode's rules each of these is one character, however long, within which no line breaks.
  const endless: [what: string, text: string, shown: string][] = [
    ['emoji joined to one another', '👨\u200d'.repeat(1500), '👨\u200d👨\u200d…'],
    ['few such emoji', '👨\u200d'.repeat(10), '👨\u200d👨\u200d…'],
    ['letters of Hangul that begin one syllable', '\u1100'.repeat(40), `${'\u1100'.repeat(4)}…`],
    ['consonants of Hindi that make one cluster', 'क\u094d'.repeat(2048), 'क\u094dक\u094d…'],
    ['tags behind a flag', `🏴${'\u{e0067}'.repeat(2000)}`, `🏴${'\u{e0067}'.repeat(3)}…`],
    ['joiners', `a${'\u200d'.repeat(4000)}`, `a${'\u200d'.repeat(3)}…`],
    ['signs that stand before a number', `${'\u0600'.repeat(40)}1`, `\u2068${'\u0600'.repeat(4)}…\u2069`],
  ];
  for (const [what, text, shown] of endless) {
    it(`stays within its place where it is ${what}`, () => {
      expect(sanitizeText(text, 40)).to.equal(shown);
      expect(sanitizeText(`x ${text} y`, 3)).to.equal('x…');
      // Beginnings do not make one character of several.
      for (const { segment } of new Intl.Segmenter().segment(
        sanitizeText(`${text} `.repeat(9).replaceAll(' ', '!'), 200),
      ))
        expect(segment.length).to.be.at.most(20);
    });
  }

  it('is on one line, short, well-formed, turns nothing, and is the same when made legible again, whatever it was', () => {
    const unit = fc.oneof(
      fc.constantFrom(
        ...'abçΩж— ?\n\u00a0\u00ad\u0489\u0000\u200b\u200d\u202e\u2066\u2069\u0301\ud83d\ude00\ufe0f\u0627\u1100\u2800',
      ),
      fc.constantFrom(
        '👍🏽',
        '👨‍👩‍👧',
        '🇧🇷',
        'क्ष',
        '\u{e0067}',
        '👨\u200d'.repeat(9),
        '\u1100'.repeat(21),
        '\u0600'.repeat(21),
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    const text = fc.array(unit, { maxLength: 60 }).map((units) => units.join(''));
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 30 }), (some, maximum) => {
        const shown = sanitizeText(some, maximum);
        const inner = shown.replace(/^\u2068(.*)\u2069$/su, '$1');
        expect(inner).not.to.match(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/u);
        const characters = [...new Intl.Segmenter().segment(inner)].map(({ segment }) => segment.length);
        expect(characters.length).to.be.at.most(maximum);
        expect(Math.max(0, ...characters)).to.be.at.most(20);
        expect(shown.trim()).to.equal(shown);
        expect(sanitizeText(shown, maximum)).to.equal(shown);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is legible in every column of text of every result, and amounts stay as they are', () => {
    const [, hostile] = hostileTexts.find(([what]) => what === 'has control characters') ?? [];
    const result = resultTable('a varchar, b bigint, c varchar, d date', [
      hostile ?? '',
      7,
      null,
      '2026-11-22',
    ]);
    const shown = sanitizeResults(new Map([['query', result]]));
    expect(shown.get('query')).to.deep.equal({
      columns: result.columns,
      rows: [['a b c [31md e f g h', 7, null, '2026-11-22']],
    });
    const long = resultTable('a varchar', ['x'.repeat(4096)]);
    expect(sanitizeResults(new Map([['q', long]])).get('q')?.rows).to.deep.equal([[`${'x'.repeat(279)}…`]]);
  });
});
