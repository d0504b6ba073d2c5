import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { mapConcurrently } from '../base/async/map-concurrently.ts';
import type { Day } from '../base/local-day.ts';
import { sweepScratchFolders } from '../base/scratch-folder.ts';
import { processEnvironment } from '../lake/settings.ts';
import { s3Parts } from '../storage/s3/s3-parts.ts';
import { s3Reader } from '../storage/s3/s3-reader.ts';
import { s3Client, s3Store } from '../storage/s3/s3-store.ts';
import { athenaClient, athenaDay } from './athena/athena-day.ts';
import { dayRequest } from './day-request.ts';
import { daysOfOlderForm } from './older-form.ts';
import { type DaySummary, runDay } from './run-day.ts';
import { etlSettings } from './settings.ts';

// After a time-out Lambda starts the function again beside what it left in /tmp: half a file of people's messages, and
// too little space for the next try.
if (processEnvironment.AWS_LAMBDA_FUNCTION_NAME) sweepScratchFolders({ isAlone: true });

const { rawBucket, enrichedBucket, timeZone, lookbackDays, includeToday, pathStyle, athena } = etlSettings();
const concurrency = 256;
const client = s3Client({ pathStyle });
const raw = s3Store(client, rawBucket, s3Reader(client, rawBucket));
const enriched = s3Store(client, enrichedBucket);
const queries = athena && athenaClient();
const logger = new Logger();
const metrics = new Metrics();

/** What the ETL function answers. */
export interface EtlResult {
  readonly days: readonly DaySummary[];
}

// Reading a day keeps the function busy. Looking at one that has not changed, and one that Athena computes, is waiting.
const daysAtOnce = 4;

/**
 * The ETL function: brings the days that the event asks for up to date, some of them at once. The schedule's event asks
 * for none in most hours.
 *
 * A day that fails does not keep the others from being done; then the invocation fails as a whole, so that Lambda
 * tries again and the alarm sees it.
 *
 * @throws DayRequestError when the event asks for no days
 * @throws AggregateError with one error for each day that failed
 */
export async function handler(event: unknown, context: InvocationContext): Promise<EtlResult> {
  const { days, force, catchesUp } = dayRequest(event, {
    timeZone,
    lookbackDays,
    includeToday,
    now: () => Math.floor(Date.now() / 1000),
  });
  const onUnreadable = (key: string) => logger.warn('Skipped an unreadable raw object', { key });
  const scaleOut = scaleOutOf(context, force);
  const options = { raw, enriched, force, concurrency, onUnreadable, ...(scaleOut && { scaleOut }) };

  const build = async (day: Day): Promise<DaySummary | Error> => {
    try {
      const summary = await runDay(day, options);
      logger.info(`Day ${summary.outcome}`, { ...summary });
      count(summary);
      return summary;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      logger.error('Day failed', { day, reason });
      return new Error(`${day}: ${reason}`, { cause: error });
    }
  };
  const outcomes = await mapConcurrently(days, build, daysAtOnce);
  if (catchesUp) outcomes.push(...(await caughtUp(build, context)));
  metrics.publishStoredMetrics();

  const failures = outcomes.filter((outcome) => outcome instanceof Error);
  if (failures.length > 0) {
    throw new AggregateError(
      failures,
      `${failures.length} of ${outcomes.length} days failed; ${failures[0]?.message}`,
    );
  }
  return { days: outcomes.filter((outcome): outcome is DaySummary => !(outcome instanceof Error)) };
}

/** What the function needs of Lambda's context. */
export type InvocationContext = Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>;

/**
 * Rebuilds days whose files an earlier version wrote, newest first, until the time does not suffice for the next one.
 * The rest waits for the next night.
 */
async function caughtUp(
  build: (day: Day) => Promise<DaySummary | Error>,
  context: InvocationContext,
): Promise<(DaySummary | Error)[]> {
  const waiting = await daysOfOlderForm(enriched);
  const outcomes: (DaySummary | Error)[] = [];
  for (const { day, rows } of waiting) {
    const neededMs = 60_000 + rows / rowsPerMillisecond;
    if (context.getRemainingTimeInMillis() < neededMs) break;
    outcomes.push(await build(day));
  }
  const left = waiting.length - outcomes.filter((outcome) => !(outcome instanceof Error)).length;
  metrics.addMetric('DaysOfOlderForm', MetricUnit.Count, left);
  if (left > 0) logger.info('Days of an older form are left for the next night', { days: left });
  return outcomes;
}

// On the careful side of what it reads: docs/performance.md.
const rowsPerMillisecond = 2;

// What is left for the error to be logged, and to be seen as one and not as a time-out.
const reserveMs = 20_000;

function scaleOutOf(context: InvocationContext, force: boolean) {
  if (!athena || !queries) return undefined;
  return athenaDay({
    ...athena,
    athena: queries,
    open: (location) => s3Parts(client, location),
    onQuery: (day, queryExecutionId) => logger.info('Athena computes the day', { day, queryExecutionId }),
    signal: AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - reserveMs)),
    // Lambda tries an event again under the same id.
    ...(force && { runId: context.awsRequestId }),
  });
}

function count({ outcome, rows, skipped }: DaySummary): void {
  metrics.addMetric(outcome === 'rebuilt' ? 'DaysRebuilt' : 'DaysUnchanged', MetricUnit.Count, 1);
  if (outcome !== 'rebuilt') return;
  metrics.addMetric('RowsWritten', MetricUnit.Count, rows);
  if (skipped.unreadable) metrics.addMetric('ObjectsUnreadable', MetricUnit.Count, skipped.unreadable);
}
