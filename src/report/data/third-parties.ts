import type { Results } from '../../query/query-runner.ts';

/** Columns that hold what somebody is called. */
const nameColumns = /^(reply_to_)?(user_)?(first_name|username|name)$/;

/** Shorter ones are words, too, or parts of them. */
const shortestName = 3;

/**
 * Tells texts of many people that nevertheless tell of one: of somebody whom the results name, or by six digits and
 * more, as in the number of a telephone or of a document. Names of people who are not in the results are not known.
 */
export function tellsOfSomebody(results: Results): (text: string) => boolean {
  const names = new Set<string>();
  for (const { columns, rows } of results.values()) {
    const places = columns.flatMap(({ name }, at) => (nameColumns.test(name) ? [at] : []));
    for (const row of rows) for (const at of places) names.add(inWords(String(row[at] ?? '')));
  }
  const known = [...names].filter((name) => name.replaceAll(' ', '').length >= shortestName);
  return (text) => {
    const words = ` ${inWords(text)} `;
    return longNumber.test(text) || known.some((name) => words.includes(` ${name} `));
  };
}

const longNumber = /\d(?:[\s().+/-]*\d){5}/;

/** As questions and terms are compared: small letters without accents, words with one space between them. */
const inWords = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
