/**
 * One cell of a result, the same from DuckDB and from Athena:
 *
 * - integers and decimals are numbers while a number holds them exactly, else strings of their digits;
 * - doubles are numbers;
 * - a date is 'YYYY-MM-DD', a timestamp 'YYYY-MM-DD HH:MM:SS[.ffffff]', as both engines print them;
 * - arrays, rows and maps are their JSON text.
 */
export type Value = string | number | boolean | null;

/** The answer to a query: its columns in order, and its rows as the engine ordered them. */
export interface ResultTable {
  /** `type` is the SQL type in lower case, as Athena names it: bigint, double, varchar, date… */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Each row has one value for each column, in the columns' order. */
  readonly rows: readonly (readonly Value[])[];
}

/** The results of saved queries, by their file names. */
export type Results = ReadonlyMap<string, ResultTable>;

/** The port to the SQL engine: Athena in the cloud, DuckDB over a lake folder. */
export interface QueryRunner {
  /**
   * The result of one statement over the `telegram` table as it is now.
   *
   * @throws {QueryError} when the engine refuses or fails the statement
   */
  run(sql: string): Promise<ResultTable>;
  /**
   * The results of several statements in their order, sooner than one after the other.
   *
   * @throws {QueryError} when the engine refuses or fails one of them
   */
  runAll(statements: readonly string[]): Promise<ResultTable[]>;
  /** Frees the engine; no run may follow. */
  close(): void;
}

/** The engine refused or failed a statement. The message is the engine's own, which names the place in the SQL. */
export class QueryError extends Error {
  override name = 'QueryError';
}
