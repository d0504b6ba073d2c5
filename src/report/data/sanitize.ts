import type { Results } from '../../query/query-runner.ts';
import { isText } from './cell-text.ts';

const longest = 280;

/**
 * The results with every text of a stranger as it can stand in a page, whatever it was made of.
 *
 * Once, before anything is written with them: charts, sentences, tables and hover texts all get the same words.
 */
export function sanitizeResults(results: Results): Results {
  return new Map(
    [...results].map(([query, { columns, rows }]) => {
      const areText = columns.map(isText);
      const legibleRow = (row: (typeof rows)[number]) =>
        row.map((value, at) =>
          areText[at] && typeof value === 'string' ? sanitizeText(value, longest) : value,
        );
      return [query, { columns, rows: rows.map(legibleRow) }];
    }),
  );
}

/**
 * A stranger's text on one line, which stays within its place: without control characters and characters that nobody
 * sees, without marks heaped upon a letter, and without what turns the direction of its surroundings. Text in a script
 * that is written from right to left is isolated, so that what follows it stays in order.
 *
 * @param maximum - in characters as people count them; a longer text ends in `…`
 * @returns nothing where there is nothing to see
 */
export function sanitizeText(text: string, maximum: number): string {
  if (text.length <= maximum && isPlain(text)) return text;
  const line = text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(unseen, '')
    .replaceAll(/(\p{M}{4})\p{M}+/gu, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (/^[\p{Default_Ignorable_Code_Point}\u2800\s]*$/u.test(line)) return '';
  const short = cut(line, maximum);
  return rightToLeft.test(short) ? `\u2068${short}\u2069` : short;
}

/**
 * What most texts are, and soon seen to be: letters of Latin, Greek and Cyrillic and the usual signs, each of them a
 * character of its own, with single spaces between words.
 */
function isPlain(text: string): boolean {
  return plain.test(text) && !/^ | {2}| $/.test(text) && text !== '';
}

const plain = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u20ac]*$/;

/** Joiners and selectors stay, which emoji and some scripts are made with. */
const unseen =
  /[[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cs}]--[\u200c\u200d\ufe00-\ufe0f\u{e0020}-\u{e007f}]]/gv;

/** The blocks of Hebrew, Arabic and the other scripts that run from right to left. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

const segmenter = new Intl.Segmenter();

/**
 * By Unicode's rules one character may go on without end, of joined emoji for one, and no line breaks within it. No
 * emoji and no cluster of a script is longer than this, in code units; what is longer is cut to its beginning, in code
 * points.
 */
const longestCharacter = 20;
const beginning = 4;

function cut(text: string, maximum: number): string {
  if (text.length <= Math.min(maximum, longestCharacter)) return text;
  const characters: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    if (segment.length <= longestCharacter) characters.push(segment);
    else characters.push([...segment].slice(0, beginning).join(''), '…');
    if (characters.length > maximum)
      return `${characters
        .slice(0, maximum - 1)
        .join('')
        .trimEnd()}…`;
  }
  return characters.join('');
}
