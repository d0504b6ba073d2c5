import { relative, resolve, sep } from 'node:path';
import type { DuckDBConnection, DuckDBInstance, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { openScratchFolder } from '../../base/scratch-folder.ts';
import { messageTable, tables } from '../../lake/tables.ts';
import type { Narrowing } from '../narrowing.ts';
import { onDay } from '../query-catalog.ts';
import type { QueryRunner, ResultTable, Value } from '../query-runner.ts';
import { assertReads } from '../read-only.ts';
import { timesNamed, type View, viewsOf } from '../views.ts';
import { duckDbError } from './duckdb-error.ts';
import { type DuckDb, isOutOfMemory, memoryLimitFor, openInstance } from './duckdb-instance.ts';
import { rawTable, rawTableName } from './duckdb-raw-table.ts';
import { enrichedFiles, enrichedTable } from './duckdb-tables.ts';
import { readingStatement } from './reading-statement.ts';
import { isOfStatement, unreadableFiles } from './unreadable-files.ts';

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
  /** A folder as `enriched`, with rows that take the place of those of the same messages and updates there. */
  readonly fresh?: string;
  /** As many as the machine has processors, up to four, where it is left out. */
  readonly threads?: number;
  /** Of the memory that DuckDB may take for a lake of this size; all of it where it is left out. */
  readonly memoryShare?: number;
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
    fresh,
    threads,
    memoryShare = 1,
  }: DuckDbRunnerOptions = {},
): Promise<QueryRunner> {
  const duckDb = await import('@duckdb/node-api');
  const folder = resolve(enriched);
  const rawFolder = raw === undefined ? undefined : resolve(raw);
  const folders = [folder, rawFolder, fresh].filter((path) => path !== undefined);
  const spill = openScratchFolder();
  const limit = memoryShare * (await memoryLimitFor(folder));
  const open = (limit: number | undefined) =>
    openInstance(duckDb, folders, { limit, threads, spill: spill.path });
  const instances = [await open(limit)];

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
    const newer = await Promise.all(
      tables.map((table) => (fresh === undefined ? [] : enrichedFiles(fresh, table, narrowing))),
    );
    const texts = [...statements, ...views.map(({ sql }) => sql)];
    const inLimit = instances.length === 1;
    const connection = await (instances.at(-1) as DuckDBInstance).connect();
    try {
      for (const [at, table] of tables.entries()) {
        const once = table === messageTable || texts.filter((sql) => sql.includes(table.name)).length > 1;
        await connection.run(
          enrichedTable(once ? `TEMP ${kind}` : 'TEMP VIEW', table, files[at] ?? [], narrowing, newer[at]),
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
      if (inLimit && isOutOfMemory(error)) {
        if (instances.length === 1) instances.push(await open(undefined));
        return answer(statements, kind, unreadable);
      }
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
    close() {
      for (const instance of instances) instance.closeSync();
      spill.remove();
    },
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
