import { QueryError } from '../query-runner.ts';
import { withoutValues } from '../without-values.ts';

/**
 * What DuckDB says of a statement, in words: what is wrong, and what was probably meant. Below it the line of the SQL
 * with a mark under the place, as DuckDB gives it. Values of the lake, such as a text that is not a number, are left out.
 *
 * @param known - the statements, and the names of files: what an error may quote
 * @example 'there is no column autor_name here. Similar: author_name, author_id\n\nLINE 1: SELECT autor_name …'
 */
export function duckDbError(error: unknown, known: string): QueryError {
  if (error instanceof QueryError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const [, problem = message, place = ''] = /^(.*?)(\n+LINE \d+:.*)?$/s.exec(message) ?? [];
  const bare = withoutValues(problem.replace(/^Failed to extract statements: /, ''), known);
  return new QueryError(`${inWords(bare)}${place}`, { cause: error });
}

const words: readonly [pattern: RegExp, text: (...parts: string[]) => string][] = [
  [
    /^Parser Error: syntax error at (?:or near "(.*)"|(end of input))$/s,
    (near, end) => `SQL syntax error ${end ? 'at the end' : `near ${near}`}`,
  ],
  [
    /^Binder Error: Referenced column "(.*?)" not found in FROM clause!(?:\s*Candidate bindings: (.*))?$/s,
    (column, similar) => `there is no column ${column} here${listed('. Similar', similar)}`,
  ],
  [
    /^Catalog Error: Table with name (\S+) does not exist!(?:\s*Did you mean "(.*?)"\??)?/s,
    (table, similar) => `there is no table or view ${table}${meant(similar)}`,
  ],
  [
    /^Catalog Error: \w+ Function with name (\S+) does not exist!(?:\s*Did you mean "(.*?)"\??)?/s,
    (name, similar) => `there is no function ${name}${meant(similar)}`,
  ],
  // Of some types the value is in double quotes, in which other errors have the names of columns.
  [
    /^Conversion Error: (.*)$/s,
    (problem) => `${problem.replace(/".*"/s, '"…"')}. With try_cast such a value is null`,
  ],
  [/^(?:Invalid Input|Out of Range) Error: (.*)$/s, (problem) => problem.replace(/".*"/s, '"…"')],
  [/^\w+ Error: (.*)$/s, (problem) => problem],
];

function inWords(problem: string): string {
  for (const [pattern, text] of words) {
    const parts = pattern.exec(problem);
    if (parts) return text(...parts.slice(1).map((part) => part ?? ''));
  }
  return problem;
}

const meant = (similar: string | undefined): string => (similar ? `. Did you mean ${similar}?` : '');
const listed = (before: string, names: string | undefined): string =>
  names ? `${before}: ${names.replaceAll('"', '')}` : '';
