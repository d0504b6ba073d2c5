import { QueryError } from './query-runner.ts';

/**
 * Lets nothing pass but a statement that reads. In Trino's grammar, and so in Athena's, whatever begins with one of
 * these words changes nothing; in DuckDB's, `WITH` may begin an INSERT as well, so its runner looks at the parsed
 * statement, too.
 *
 * @throws {QueryError} for every other statement
 */
export function assertReads(sql: string): void {
  const statement = withoutLeadingComments(sql);
  const [, answer] = notNeeded.find(([beginning]) => beginning.test(statement)) ?? [];
  if (answer) throw new QueryError(answer);
  const [firstWord = ''] = /^[a-z]+/i.exec(statement) ?? [];
  if (!readingWords.has(firstWord.toUpperCase())) throw notReading();
}

/** The error for a statement that would do more than read. */
export function notReading(): QueryError {
  return new QueryError(
    'only one statement that reads is run: SELECT, WITH … SELECT, VALUES, SHOW or DESCRIBE. Nothing was changed',
  );
}

/** Statements of the usual way to set up Athena by hand, which a lake makes unnecessary. */
const notNeeded: readonly [beginning: RegExp, answer: string][] = [
  [
    /^(MSCK\s+REPAIR|ALTER\s+TABLE\s+\S+\s+ADD)\b/i,
    'this is not needed: the table sees each day as soon as its file is there. Nothing was changed; just ask: SELECT * FROM telegram LIMIT 10',
  ],
  [
    /^CREATE\s+(EXTERNAL\s+)?TABLE\b/i,
    'this is not needed: the table is there, with the columns of the course and more, and is called telegram. Nothing was changed; ' +
      'its columns: SELECT * FROM telegram LIMIT 1, and docs/data.md',
  ],
];

const readingWords = new Set(['SELECT', 'WITH', 'VALUES', 'SHOW', 'DESCRIBE']);

function withoutLeadingComments(sql: string): string {
  return sql.replace(/^(\s|\(|--[^\n]*(\n|$)|\/\*[\s\S]*?\*\/)+/, '');
}
