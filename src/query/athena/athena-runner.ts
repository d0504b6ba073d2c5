import { setTimeout as delay } from 'node:timers/promises';
import {
  type AthenaClient,
  type ColumnInfo,
  GetQueryExecutionCommand,
  type GetQueryResultsCommandOutput,
  paginateGetQueryResults,
  type QueryExecution,
  type Row,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { mapConcurrently } from '../../base/async/map-concurrently.ts';
import { QueryError, type QueryRunner, type ResultTable, type Value } from '../query-runner.ts';
import { withoutValues } from '../without-values.ts';

export interface AthenaRunnerOptions {
  readonly client: AthenaClient;
  /** It says where results go, and how much a query may read. */
  readonly workGroup: string;
  readonly database: string;
  /** Told of each statement that Athena has ended, whether it succeeded or not. */
  readonly onEnd?: (execution: EndedExecution) => void;
  /** Cancels the statements under way, in Athena too. */
  readonly signal?: AbortSignal;
  /** Resolves after a number of milliseconds, or earlier when the signal comes. */
  readonly pass?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
}

/** What a statement cost. */
export interface EndedExecution {
  readonly scannedBytes: number;
  /** In Athena's engine, without the time spent waiting for it. */
  readonly engineMilliseconds: number;
}

const firstPauseMilliseconds = 200;
const longestPauseMilliseconds = 3_000;

/** As many as Athena gives. */
const rowsPerPage = 1_000;

/** Far from the quota that they share with whatever else runs in the account. */
const statementsAtOnce = 5;

/**
 * A query runner over a database in Athena.
 *
 * Arrays, rows and maps come as Athena's own text for them, which is not JSON and cannot be distinguished from a text:
 * cast them to JSON in the statement.
 *
 * The methods reject with a `QueryError` for what Athena says of the statement, and with the SDK's errors for what is
 * wrong with the call.
 */
export function athenaRunner(options: AthenaRunnerOptions): QueryRunner {
  const { client, workGroup, database, onEnd, signal, pass = passed } = options;

  async function run(sql: string, stop = signal): Promise<ResultTable> {
    const id = await start(sql);
    const { Status: status, Statistics: statistics } = await ended(id, stop);
    onEnd?.({
      scannedBytes: statistics?.DataScannedInBytes ?? 0,
      engineMilliseconds: statistics?.EngineExecutionTimeInMillis ?? 0,
    });
    if (status?.State !== 'SUCCEEDED') {
      const reason = status?.StateChangeReason;
      throw new QueryError(
        reason ? withoutValues(reason, sql) : `the query has ${status?.State?.toLowerCase()}`,
      );
    }
    return resultTable(paginateGetQueryResults({ client, pageSize: rowsPerPage }, { QueryExecutionId: id }));
  }

  /** The first that fails cancels the others. */
  async function runAll(statements: readonly string[]): Promise<ResultTable[]> {
    const failed = new AbortController();
    const stop = AbortSignal.any([failed.signal, ...(signal ? [signal] : [])]);
    const runOrCancel = async (sql: string) => {
      try {
        return await run(sql, stop);
      } catch (error) {
        failed.abort(error);
        throw error;
      }
    };
    return mapConcurrently(statements, runOrCancel, statementsAtOnce);
  }

  async function start(sql: string): Promise<string> {
    const request = {
      QueryString: sql,
      WorkGroup: workGroup,
      QueryExecutionContext: { Database: database },
    };
    try {
      const { QueryExecutionId } = await client.send(new StartQueryExecutionCommand(request));
      return QueryExecutionId ?? '';
    } catch (error) {
      // Athena refuses at once what it cannot parse.
      if (error instanceof Error && error.name === 'InvalidRequestException') {
        throw new QueryError(withoutValues(error.message, sql), { cause: error });
      }
      throw error;
    }
  }

  async function ended(id: string, stop: AbortSignal | undefined): Promise<QueryExecution> {
    for (let pause = firstPauseMilliseconds; ; pause = Math.min(pause * 1.5, longestPauseMilliseconds)) {
      if (stop?.aborted) {
        await client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
        throw new QueryError('the query was cancelled');
      }
      const answer = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
      const execution = answer.QueryExecution ?? {};
      const state = execution.Status?.State;
      if (state === 'SUCCEEDED' || state === 'FAILED' || state === 'CANCELLED') return execution;
      await pass(pause, stop);
    }
  }

  return { run: (sql) => run(sql), runAll, close: () => client.destroy() };
}

async function resultTable(pages: AsyncIterable<GetQueryResultsCommandOutput>): Promise<ResultTable> {
  let infos: readonly ColumnInfo[] = [];
  let isFirst = true;
  const rows: Value[][] = [];
  for await (const { ResultSet: set } of pages) {
    infos = set?.ResultSetMetadata?.ColumnInfo ?? infos;
    for (const row of set?.Rows ?? []) {
      if (!(isFirst && isHeader(row, infos))) rows.push(infos.map((info, index) => cell(row, index, info)));
      isFirst = false;
    }
  }
  return { columns: infos.map((info) => ({ name: nameOf(info), type: typeOf(info) })), rows };
}

/** The first row of a SELECT's first page holds the names of its columns; other statements have none. */
function isHeader({ Data: data = [] }: Row, infos: readonly ColumnInfo[]): boolean {
  return infos.length > 0 && infos.every((info, index) => data[index]?.VarCharValue === nameOf(info));
}

function nameOf({ Label, Name }: ColumnInfo): string {
  return Label ?? Name ?? '';
}

function typeOf({ Type = 'varchar', Precision, Scale }: ColumnInfo): string {
  return Type === 'decimal' && Precision ? `decimal(${Precision},${Scale ?? 0})` : Type;
}

/** Everything comes as text; null as nothing at all. */
function cell({ Data: data = [] }: Row, index: number, { Type: type = '' }: ColumnInfo): Value {
  const text = data[index]?.VarCharValue;
  if (text === undefined) return null;
  switch (type) {
    case 'boolean':
      return text === 'true';
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'bigint':
      return Number.isSafeInteger(Number(text)) ? Number(text) : text;
    case 'real':
    case 'float':
    case 'double':
      return Number(text);
    case 'decimal':
      // Every decimal of up to 15 digits survives the way through a double and back.
      return text.replaceAll(/\D/g, '').length <= 15 ? Number(text) : text;
    default:
      return text;
  }
}

async function passed(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await delay(milliseconds, undefined, signal ? { signal } : {}).catch(() => {});
}
