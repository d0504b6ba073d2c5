import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
import { QueryError } from '../query-runner.ts';
import { notReading } from '../read-only.ts';

/**
 * A statement ready to run, if it is one and does nothing but read.
 *
 * @param sql - `assertReads` has accepted it
 * @throws {QueryError} when there are more statements, or when it writes, changes a setting or runs a text as SQL
 */
export async function readingStatement(
  { StatementType }: typeof import('@duckdb/node-api'),
  connection: DuckDBConnection,
  sql: string,
): Promise<DuckDBPreparedStatement> {
  const [, effect] = effects.exec(sql) ?? [];
  if (effect) throw new QueryError(`${effect}(…) does more than read, so the statement was not run`);
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) throw notReading();
  const statement = await statements.prepare(0);
  if (statement.statementType !== StatementType.SELECT) throw notReading();
  return statement;
}

/**
 * DuckDB's functions that do more than read although a SELECT calls them; Athena has none of them. They are looked for
 * in strings and comments, too: DuckDB has more ways of quoting than are known here.
 */
const effects =
  /\b(arrow_scan(_dumb)?|seq_scan|(enable|disable)_(logging|profiling|peg_parser)|truncate_duckdb_logs|write_log|(force_)?checkpoint|query(_table)?|json_execute_serialized_sql)"?\s*\(/i;
