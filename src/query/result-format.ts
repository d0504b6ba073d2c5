import stringWidth from 'string-width';
import type { ResultTable, Value } from './query-runner.ts';

/** The forms in which a result can be printed. */
export const resultFormats = ['table', 'csv', 'json'] as const;

export type ResultFormat = (typeof resultFormats)[number];

/** A result in one of the forms: text that ends with a line break. */
export function formatResult(result: ResultTable, format: ResultFormat): string {
  if (format === 'csv') return csv(result);
  return format === 'json' ? json(result) : textTable(result);
}

/**
 * A result as a table for a terminal: columns aligned, numbers to the right, null as nothing, and the number of rows
 * below.
 *
 * Messages are written by anyone. So whatever would steer a terminal or turn the reading direction is made visible,
 * line breaks included: a row is always one line.
 *
 * @param maximumCellWidth - in terminal columns; longer cells end in `…`
 */
export function textTable({ columns, rows }: ResultTable, maximumCellWidth = 60): string {
  const header = columns.map(({ name }) => clipped(printable(name), maximumCellWidth));
  const body = rows.map((row) => row.map((value) => clipped(printable(cellText(value)), maximumCellWidth)));
  const widths = columns.map((_, index) =>
    Math.max(...[header, ...body].map((line) => stringWidth(line[index] ?? ''))),
  );
  const toTheRight = columns.map(({ type }) => isNumeric(type));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => {
        const padding = ' '.repeat((widths[index] ?? 0) - stringWidth(cell));
        return toTheRight[index] ? padding + cell : cell + padding;
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  const count = `(${rows.length.toLocaleString('en')} ${rows.length === 1 ? 'row' : 'rows'})`;
  return `${[line(header), rule, ...body.map(line), count].join('\n')}\n`;
}

/**
 * A result as CSV by RFC 4180, for spreadsheets: a header line, CRLF at the end of each line, null as an empty field
 * and an empty text as `""`.
 *
 * Spreadsheets run a text that begins with `=`, `+`, `-` or `@` as a formula, also where these are full-width or come
 * after spaces, tabs and line breaks, and anyone in the group could send one. Such a text gets an apostrophe in front;
 * numbers do not. So does such a sign after a tab, semicolon or comma that other spreadsheets would take for the end of
 * a cell. Control characters other than tabs and line breaks become U+FFFD. The JSON form changes nothing.
 */
export function csv(result: ResultTable): string {
  return delimited(result, ',', String);
}

/**
 * A result as CSV for an Excel that writes numbers with a comma, as in Brazil and most of Europe. A double click opens
 * it with accents, columns, numbers and dates as they are: UTF-8 with a byte order mark, semicolons, decimal commas.
 * Otherwise as `csv`.
 */
export function excelCsv(result: ResultTable): string {
  return `\ufeff${delimited(result, ';', excelNumber, excelText)}`;
}

/** Excel would read 1.5 as the first of May. */
const excelNumber = (value: number | boolean | string): string =>
  typeof value === 'boolean' ? String(value).toUpperCase() : String(value).replace('.', ',');

/** Excel reads a timestamp as one as long as it has milliseconds at most. */
function excelText(text: string, type: string): string {
  return type.startsWith('timestamp') ? text.replace(/(\.\d{3})\d+/, '$1').replace(/\.0+$/, '') : text;
}

/** ASCII and full-width, as OWASP lists them. @see https://owasp.org/www-community/attacks/CSV_Injection */
const formulaSigns = '=+\\-@\uff1d\uff0b\uff0d\uff20';

/** White space and invisible characters before a sign do not keep every spreadsheet from running it. */
const formulaAtStart = new RegExp(`^(?:[\\t\\r\\n]|[\\s\\p{Cf}]*[${formulaSigns}])`, 'u');

function delimited(
  { columns, rows }: ResultTable,
  separator: string,
  numberText: (value: number | boolean | string) => string,
  otherText: (text: string, type: string) => string = (text) => text,
): string {
  const special = new RegExp(`["\r\n${separator}]|^$`);
  // Where a spreadsheet divides lines elsewhere, quotes within a cell do not protect.
  const formulaWithin = new RegExp(`([\\t${separator === ',' ? ';' : ','}]\\s*)(?=[${formulaSigns}])`, 'gu');
  const field = (text: string): string => (special.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const cell = (value: Value, index: number): string => {
    if (value === null) return '';
    const type = columns[index]?.type ?? '';
    if (typeof value !== 'string' || isNumeric(type)) return numberText(value);
    const harmless = otherText(value, type).replaceAll(/(?![\t\r\n])\p{Cc}/gu, '\ufffd');
    return field(harmless.replace(formulaAtStart, "'$&").replaceAll(formulaWithin, "$1'"));
  };
  const lines = [columns.map(({ name }) => field(name)), ...rows.map((row) => row.map(cell))];
  return lines.map((line) => `${line.join(separator)}\r\n`).join('');
}

/**
 * A result as a JSON array with an object for each row, one row a line. Values are exact; what would steer a terminal
 * is written as an escape.
 */
export function json({ columns, rows }: ResultTable): string {
  const pair = (value: Value, index: number): string =>
    `${JSON.stringify(columns[index]?.name)}: ${JSON.stringify(value)}`;
  const lines = rows.map((row) => `  {${row.map(pair).join(', ')}}`);
  const text = lines.length > 0 ? `[\n${lines.join(',\n')}\n]\n` : '[]\n';
  return text.replaceAll(steering, (character) => (character === '\n' ? character : escaped(character)));
}

const isNumeric = (type: string): boolean =>
  /^(tinyint|smallint|integer|bigint|hugeint|real|float|double|decimal)/.test(type);

const cellText = (value: Value): string => (value === null ? '' : String(value));

/** Control characters, line and paragraph separators, lone surrogates, and all that turns the reading direction. */
const steering = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/gu;

/**
 * Text for one line of a terminal: whatever would steer it is made visible.
 *
 * @example printable('a\n\u001b[31mb') // 'a↵␛[31mb'
 */
export function printable(text: string): string {
  return text.replaceAll(steering, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === '\n') return '↵';
    // Unicode has a picture of each of the first 32: U+2400 and on.
    return code < 0x20 ? String.fromCodePoint(0x2400 + code) : escaped(character);
  });
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The text, or as much of its beginning as fits beside `…`, cut between what people see as characters. */
export function clipped(text: string, maximumWidth: number): string {
  if (stringWidth(text) <= maximumWidth) return text;
  let beginning = '';
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    width += stringWidth(segment);
    if (width > maximumWidth - 1) break;
    beginning += segment;
  }
  return `${beginning.trimEnd()}…`;
}

/**
 * A sentence on as many lines of a terminal as it takes.
 *
 * @param width - in terminal columns; only a word that is longer than a line exceeds it
 * @param indent - by how many spaces the second and further lines begin
 */
export function wrapped(sentence: string, width: number, indent = 2): string[] {
  const [beginning = ''] = /^ */.exec(sentence) ?? [];
  const lines: string[] = [];
  for (const word of printable(sentence).trim().split(' ')) {
    const line = lines.at(-1);
    if (line === undefined) lines.push(beginning + word);
    else if (stringWidth(`${line} ${word}`) <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(' '.repeat(indent) + word);
  }
  return lines;
}
