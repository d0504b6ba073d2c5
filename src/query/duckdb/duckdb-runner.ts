import { availableParallelism } from 'node:os';
import { relative, resolve, sep } from 'node:path';
import type { DuckDBConnection, DuckDBInstance, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { messageTable, tables } from '../../lake/tables.ts';
import type { Narrowing } from '../narrowing.ts';
import { onDay } from '../query-catalog.ts';
import type { QueryRunner, ResultTable, Value } from '../query-runner.ts';
import { assertReads } from '../read-only.ts';
import { timesNamed, type View, viewsOf } from '../views.ts';
import { duckDbError } from './duckdb-error.ts';
import { literal, rawTable, rawTableName } from './duckdb-raw-table.ts';
import { enrichedFiles, enrichedTable } from './duckdb-tables.ts';
import { readingStatement } from './reading-statement.ts';
import { trinoPrelude } from './trino-prelude.ts';
import { isOfStatement, unreadableFiles } from './unreadable-files.ts';

/** DuckDB's library is loaded at the first use, so that a command that asks nothing does not wait for it. */
type DuckDb = typeof import('@duckdb/node-api');

export interface DuckDbRunnerOptions {
  /** The folder that stands for the raw bucket, for the table `telegram_raw`; without it that table is empty. */
  readonly raw?: string;
  /** That statements may name, each after those that it names. */
  readonly views?: readonly View[];
  /** The messages that statements see; all where it is left out. */
  readonly narrowing?: Narrowing;
  /** Called with each path that stands where a file should, and is left out. */
  readonly onPassedOver?: (path: string) => void;
  /** Whether an enriched file, by its key, is none to be read. */
  readonly isLeftOut?: (key: string) => Promise<boolean>;
  /** Called with the key of an enriched file that DuckDB cannot read. Answers are without it. */
  readonly onUnreadable?: (key: string) => void;
}

/**
 * A query runner over the enriched files of a lake folder, by DuckDB in this process.
 *
 * Each run looks at the folder again, so it sees files that were added, replaced or removed since the last one; a lake
 * without any answers with no rows. A file from before a column was added answers null there, as in Athena. SQL can
 * reach neither the network nor any file outside the folder, and only statements that read are run. Statements that run
 * together read each file once, and compute a view once that several of them name.
 *
 * Today is the newest day of the lake: one of the past answers as it did on its last day.
 *
 * @param enriched - the folder that stands for the enriched bucket: `<lake>/enriched`; it need not exist
 */
export async function duckDbRunner(
  enriched: string,
  {
    raw,
    views = [],
    narrowing = {},
    onPassedOver = () => {},
    isLeftOut = async () => false,
    onUnreadable,
  }: DuckDbRunnerOptions = {},
): Promise<QueryRunner> {
  const duckDb = await import('@duckdb/node-api');
  const folder = resolve(enriched);
  const rawFolder = raw === undefined ? undefined : resolve(raw);
  const instance = await openInstance(duckDb, rawFolder === undefined ? [folder] : [folder, rawFolder]);

  /**
   * Answers statements over the lake as it is now. As a view the messages are read by each statement, but no more of
   * them than it needs; as a table once, into memory.
   */
  async function answer(
    statements: readonly string[],
    kind: 'TABLE' | 'VIEW',
    unreadable: ReadonlySet<string> = new Set(),
  ): Promise<ResultTable[]> {
    if (statements.length === 0) return [];
    for (const sql of statements) assertReads(sql);
    const isNotRead = async (key: string) => unreadable.has(key) || (await isLeftOut(key));
    const files = await Promise.all(
      tables.map((table) => enrichedFiles(folder, table, narrowing, isNotRead)),
    );
    const texts = [...statements, ...views.map(({ sql }) => sql)];
    const connection = await instance.connect();
    try {
      for (const [at, table] of tables.entries()) {
        const once = table === messageTable || texts.filter((sql) => sql.includes(table.name)).length > 1;
        await connection.run(
          enrichedTable(once ? `TEMP ${kind}` : 'TEMP VIEW', table, files[at] ?? [], narrowing),
        );
      }
      const raw = statements.some(namesRaw) ? await rawTable(rawFolder, narrowing, onPassedOver) : undefined;
      if (raw) await connection.run(raw.view);
      for (const statement of viewStatements(statements, views)) await connection.run(statement);
      const today = raw?.newestDay ?? newestDay(files.flat());
      const dated = statements.map((sql) => (today ? onDay(sql, today) : sql));
      const answers: ResultTable[] = [];
      for (const sql of dated) answers.push(await resultOf(duckDb, connection, sql));
      return answers;
    } catch (error) {
      const damaged = isOfStatement(error) ? [] : await unreadableFiles(connection, files.flat());
      if (damaged.length === 0) throw duckDbError(error, [...statements, ...files.flat()].join('\n'));
      const keys = damaged.map((path) => relative(folder, path).replaceAll(sep, '/'));
      for (const key of keys) onUnreadable?.(key);
      return answer(statements, kind, new Set([...unreadable, ...keys]));
    } finally {
      connection.closeSync();
    }
  }

  return {
    run: async (sql) => (await answer([sql], 'VIEW'))[0] as ResultTable,
    async runAll(statements) {
      // Opening the raw files keeps one thread busy for a while, and needs little of the others.
      const answers = await Promise.all([
        answer(statements.filter(namesRaw), 'VIEW'),
        answer(
          statements.filter((sql) => !namesRaw(sql)),
          'TABLE',
        ),
      ]);
      const [ofRaw, others] = answers.map((results) => results.values());
      return statements.map((sql) => (namesRaw(sql) ? ofRaw : others)?.next().value as ResultTable);
    },
    close: () => instance.closeSync(),
  };
}

const namesRaw = (sql: string): boolean => sql.includes(rawTableName);

/** Those of the views that statements need: as tables where several name them, so that each is computed once. */
function viewStatements(statements: readonly string[], views: readonly View[]): string[] {
  const named = new Set(statements.flatMap((sql) => viewsOf(sql, views)));
  const needed = views.filter((view) => named.has(view));
  const texts = [...statements, ...needed.map(({ sql }) => sql)];
  return needed.map(({ name, sql }) => {
    const readers = texts.reduce((sum, text) => sum + timesNamed(text, name), 0);
    // The messages are as large as the table that they are made from.
    const kind = readers > 1 && name !== 'messages' ? 'TABLE' : 'VIEW';
    return `CREATE TEMP ${kind} ${name} AS ${sql}`;
  });
}

async function openInstance(duckDb: DuckDb, folders: readonly string[]): Promise<DuckDBInstance> {
  const instance = await duckDb.DuckDBInstance.create(':memory:', {
    threads: String(Math.min(4, availableParallelism())),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // Files are replaced under their name; nothing of the old one may be served.
    enable_external_file_cache: 'false',
    // In memory or not at all: no `.tmp` folder where the user happens to be.
    temp_directory: '',
  });
  const connection = await instance.connect();
  try {
    await connection.run("SET GLOBAL TimeZone = 'UTC'");
    connection.registerScalarFunction(nfdFunction(duckDb));
    for (const statement of trinoPrelude) await connection.run(statement);
    await connection.run(`SET GLOBAL allowed_directories = [${folders.map(literal).join(', ')}]`);
    await connection.run('SET GLOBAL enable_external_access = false');
    await connection.run('SET GLOBAL lock_configuration = true');
  } finally {
    connection.closeSync();
  }
  return instance;
}

function newestDay(files: readonly string[]): string | undefined {
  return files
    .flatMap((path) => /\d{4}-\d\d-\d\d(?=.[^/\\]+$)/.exec(path)?.[0] ?? [])
    .sort()
    .at(-1);
}

async function resultOf(duckDb: DuckDb, connection: DuckDBConnection, sql: string): Promise<ResultTable> {
  const statement = await readingStatement(duckDb, connection, sql);
  const reader = await statement.runAndReadAll();
  const types = reader.columnTypes();
  return {
    columns: reader.columnNames().map((name, index) => ({ name, type: String(types[index]).toLowerCase() })),
    rows: reader.convertRows((value, type) => cell(duckDb, value, type)),
  };
}

function cell(duckDb: DuckDb, value: DuckDBValue, type: DuckDBType): Value {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === 'string') return value;
  if (value instanceof duckDb.DuckDBDecimalValue) return decimal(String(value));
  const json = duckDb.JsonDuckDBValueConverter(value, type, duckDb.JsonDuckDBValueConverter);
  return typeof json === 'object' ? JSON.stringify(json) : json;
}

/** Every decimal of up to 15 digits survives the way through a double and back. */
function decimal(digits: string): Value {
  return digits.replaceAll(/\D/g, '').length <= 15 ? Number(digits) : digits;
}

/** NORMALIZE(…, NFD), which DuckDB lacks. JavaScript's is Unicode's own. */
function nfdFunction({ DuckDBScalarFunction, VARCHAR }: DuckDb) {
  return DuckDBScalarFunction.create({
    name: 'trino_nfd',
    parameterTypes: [VARCHAR],
    returnType: VARCHAR,
    mainFunction: (_, input, output) => {
      for (const [row, text] of input.getColumnValues(0).entries()) {
        output.setItem(row, typeof text === 'string' ? text.normalize('NFD') : null);
      }
      output.flush();
    },
  });
}
