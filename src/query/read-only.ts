import { QueryError } from './query-runner.ts';

/**
 * Lets nothing pass but a statement that reads. In Trino's grammar, and so in Athena's, whatever begins with one of these
 * words changes nothing; in DuckDB's, `WITH` may begin an INSERT as well, so its runner looks at the parsed statement, too.
 *
 * @throws {QueryError} for every other statement
 */
export function assertReads(sql: string): void {
  const [firstWord = ''] = /^[a-z]+/i.exec(withoutLeadingComments(sql)) ?? [];
  if (!readingWords.has(firstWord.toUpperCase())) throw notReading();
}

/** The error for a statement that would do more than read. */
export function notReading(): QueryError {
  return new QueryError(
    'only one statement that reads is run: SELECT, WITH … SELECT, VALUES, SHOW or DESCRIBE. Nothing was changed',
  );
}

const readingWords = new Set(['SELECT', 'WITH', 'VALUES', 'SHOW', 'DESCRIBE']);

function withoutLeadingComments(sql: string): string {
  return sql.replace(/^(\s|\(|--[^\n]*(\n|$)|\/\*[\s\S]*?\*\/)+/, '');
}
