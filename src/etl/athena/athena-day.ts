import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import type { Day } from '../../base/local-day.ts';
import type { Listing } from '../fingerprint.ts';
import type { ScaleOut } from '../scale-out.ts';
import { athenaRows } from './athena-rows.ts';
import { rowsOfADaySql } from './rows-of-a-day-sql.ts';

export interface AthenaDayOptions {
  readonly athena: AthenaClient;
  readonly workGroup: string;
  /** The Glue database of the table `telegram_raw`. */
  readonly database: string;
  /** Days with at least this many updates are built by Athena. */
  readonly fromObjects: number;
  /** Opens a query's result; undefined when there is none any more. */
  readonly open: (location: string) => Promise<AsyncIterable<Uint8Array> | undefined>;
  /** Told once for each day which query execution computes it. */
  readonly onQuery?: (day: Day, queryExecutionId: string) => void;
  /**
   * Of a run that must not take over what an earlier one computed, because it rebuilds what has not changed: the same
   * for all tries of that run.
   */
  readonly runId?: string;
  /** Ends the waiting: the query itself goes on, and a later run takes it over. */
  readonly signal?: AbortSignal;
  /** The pause before the query is first looked at again; it grows to ten times that. */
  readonly pauseMs?: number;
}

/** Athena failed to compute a day, or was not done in time. The message has Athena's own reason. */
export class AthenaDayError extends Error {
  override readonly name = 'AthenaDayError';
}

/** A client that waits its turn a little longer than the SDK's usual: others ask in the same account, too. */
export function athenaClient(): AthenaClient {
  return new AthenaClient({ maxAttempts: 5 });
}

/**
 * Days computed by Athena, which reads raw objects with many machines at once.
 *
 * A day is asked for by a token made of what the result depends on: the day's fingerprint and the statement. So a run
 * that is tried again does not start a second query, but finds the first one, running or done. What failed in an
 * earlier run is asked for anew.
 */
export function athenaDay(options: AthenaDayOptions): ScaleOut {
  return {
    fromObjects: options.fromObjects,
    async *rowsOf(day, listing) {
      yield* athenaRows(await dayResult(day, listing, options), listing.updates, day);
    },
  };
}

// Runs up to this number of tries find one another's queries; later ones start their own.
const sharedTries = 5;

async function dayResult(
  day: Day,
  { fingerprint }: Listing,
  options: AthenaDayOptions,
): Promise<AsyncIterable<Uint8Array>> {
  const { athena, database, workGroup, runId = '', onQuery, open } = options;
  const sql = rowsOfADaySql.replace(dayLiteral, `DATE '${day}'`);
  const startedAt = Date.now();
  for (let attempt = 1; ; attempt++) {
    const distinct = attempt > sharedTries ? randomUUID() : `${attempt} ${runId}`;
    const request = new StartQueryExecutionCommand({
      QueryString: sql,
      QueryExecutionContext: { Database: database },
      WorkGroup: workGroup,
      ClientRequestToken: sha256([day, fingerprint, database, sql, distinct].join('\n')),
    });
    const { QueryExecutionId: id = '' } = await athena.send(request);
    onQuery?.(day, id);
    const execution = await endOf(id, options);
    const result =
      execution.Status?.State === 'SUCCEEDED'
        ? await open(execution.ResultConfiguration?.OutputLocation ?? '')
        : undefined;
    if (result) return result;
    // An earlier run's query: it failed then, or its result has expired.
    if ((execution.Status?.SubmissionDateTime?.getTime() ?? startedAt) < startedAt) continue;
    const reason = execution.Status?.StateChangeReason ?? execution.Status?.State ?? 'no state';
    throw new AthenaDayError(`Athena could not compute the day: ${reason} (query execution ${id})`);
  }
}

const dayLiteral = "DATE '2026-01-01'";

async function endOf(id: string, options: AthenaDayOptions): Promise<QueryExecution> {
  const { athena, signal, pauseMs = 1_000 } = options;
  for (let pause = pauseMs; ; pause = Math.min(pause * 1.5, pauseMs * 10)) {
    const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
    const state = QueryExecution?.Status?.State;
    if (QueryExecution && state !== 'QUEUED' && state !== 'RUNNING') return QueryExecution;
    await delay(pause, undefined, { signal }).catch((cause) => {
      const message = `Athena still computes the day (query execution ${id}); the next run takes over its result`;
      throw new AthenaDayError(message, { cause });
    });
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
