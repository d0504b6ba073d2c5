import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One file of sql/: a question with its answer in Athena's SQL. */
export interface SavedQuery {
  /** The file's name without `.sql`, in kebab-case: what a person types on the command line. */
  readonly file: string;
  /** From the `-- name:` line: what Athena's console lists. */
  readonly name: string;
  /** From the `-- description:` line. */
  readonly description: string;
  /** The same in Portuguese, from the `-- description pt:` line; missing where there is none. */
  readonly portuguese?: string;
  /**
   * Whether it compares with the whole history, so that no part of it can answer: the line `-- needs: the whole
   * history`.
   */
  readonly needsHistory?: boolean;
  /** The statement alone, without the header lines and without a closing semicolon. */
  readonly sql: string;
}

/** A file of sql/ is not a saved query that Athena would take. The message names the file and the reason. */
export class SavedQueryError extends Error {
  override name = 'SavedQueryError';
}

/** Athena's limits for a named query. */
const maxNameLength = 128;
const maxDescriptionLength = 1024;
const maxSqlBytes = 262_144;

/** The folder of the saved queries, wherever the program is run from. */
export const sqlFolder = fileURLToPath(new URL('../../sql', import.meta.url));

/** The folder of the views that they share. */
export const viewsFolder = join(sqlFolder, 'views');

/**
 * Every saved query of a folder, sorted by file name; files that do not end in `.sql` are left out.
 *
 * @param directory - the folder, usually `sql`
 * @throws {SavedQueryError} when a file is malformed or too large for Athena, or when two share a name
 */
export function savedQueries(directory: string): SavedQuery[] {
  const queries = readdirSync(directory)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => parseSavedQuery(file, readFileSync(join(directory, file), 'utf8')));
  const fileByName = new Map<string, string>();
  for (const { file, name } of queries) {
    const earlier = fileByName.get(name);
    if (earlier) throw new SavedQueryError(`${file}.sql: the name "${name}" is taken by ${earlier}.sql`);
    fileByName.set(name, file);
  }
  return queries;
}

/** The time zone that every file of sql/ names, as a literal of SQL. */
const timeZoneLiteral = "'America/Sao_Paulo'";

/**
 * The statement with hours and weekdays of another time zone than the one that sql/ is written for.
 *
 * @param timeZone - an IANA time zone name, or what the template puts in its place
 * @throws RangeError when it holds a quote, which would end the literal
 */
export function inTimeZone(sql: string, timeZone: string): string {
  if (timeZone.includes("'")) throw new RangeError('a time zone name holds no quote');
  return sql.replaceAll(timeZoneLiteral, () => `'${timeZone}'`);
}

/**
 * The statement with another day for today: a lake of the past then answers as it did on its last day.
 *
 * @param day - YYYY-MM-DD
 */
export function onDay(sql: string, day: string): string {
  return sql.replaceAll(/\bcurrent_date\b/g, `DATE '${day}'`);
}

/**
 * The saved query in the text of one file: header lines `-- name: …` and `-- description: …`, then the SQL.
 *
 * The header is the unbroken run of comment lines at the start. Other comments there are left out of `sql`;
 * comments further down belong to the statement and stay.
 *
 * @param fileName - such as `messages-per-day.sql`; it appears in every error
 * @throws {SavedQueryError} when a header line is missing or repeated, or a limit of Athena's is passed
 * @example parseSavedQuery('all.sql', '-- name: All\n-- description: Each row\nSELECT * FROM telegram;\n').sql
 *   // 'SELECT * FROM telegram'
 */
export function parseSavedQuery(fileName: string, text: string): SavedQuery {
  const file = basename(fileName, '.sql');
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(file)) {
    throw new SavedQueryError(`${fileName}: the file name is not in kebab-case`);
  }
  const portuguese = /^-- description pt: (.+)$/m.exec(text)?.[1]?.trim();
  const needsHistory = /^-- needs: the whole history$/m.test(text);
  return {
    file,
    ...parseHeader(fileName, text),
    ...(portuguese && { portuguese }),
    ...(needsHistory && { needsHistory }),
  };
}

/** Name, description and statement of a file of sql/ or sql/views/, as for `parseSavedQuery`. */
export function parseHeader(
  fileName: string,
  text: string,
): Pick<SavedQuery, 'name' | 'description' | 'sql'> {
  const fail = (reason: string): never => {
    throw new SavedQueryError(`${fileName}: ${reason}`);
  };

  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const firstSqlLine = lines.findIndex((line) => !line.startsWith('--'));
  const header = firstSqlLine < 0 ? lines : lines.slice(0, firstSqlLine);
  const headerValue = (key: string): string => {
    const prefix = `-- ${key}:`;
    const found = header.filter((line) => line.startsWith(prefix));
    if (found.length !== 1) fail(`needs exactly one header line "${prefix} …", has ${found.length}`);
    const value = (found[0] ?? '').slice(prefix.length).trim();
    return value || fail(`the header line "${prefix}" is empty`);
  };

  const name = headerValue('name');
  if (name.length > maxNameLength) fail(`the name is longer than ${maxNameLength} characters`);
  const description = headerValue('description');
  if (description.length > maxDescriptionLength) {
    fail(`the description is longer than ${maxDescriptionLength} characters`);
  }
  const sql = lines.slice(header.length).join('\n').trim().replace(/;$/, '').trimEnd();
  if (!sql) fail('has no SQL below its header');
  if (Buffer.byteLength(sql) > maxSqlBytes) fail(`the SQL is longer than ${maxSqlBytes} bytes`);
  return { name, description, sql };
}
