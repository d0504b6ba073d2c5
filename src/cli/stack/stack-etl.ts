import type { LambdaClient } from '@aws-sdk/client-lambda';
import { mergeUnordered } from '../../base/async/merge-unordered.ts';
import { asObject, asString, parsedJson } from '../../base/json.ts';
import type { Day } from '../../base/local-day.ts';
import type { EtlResult } from '../../etl/etl-handler.ts';
import type { DaySummary } from '../../etl/run-day.ts';
import { fromAws } from './aws-error.ts';
import type { Stack } from './stack.ts';

/** How long one invocation should take: far below the 15 minutes that a function has, and often enough to follow. */
const targetMilliseconds = 60_000;

/** The most days at once, however quick the earlier ones were: the next may be busy. */
const mostDaysAtOnce = 31;

/**
 * Has a stack's ETL function bring days up to date, some at a time, and gives the summary of each day as soon as it is
 * reported.
 *
 * It begins with one day; how many are asked for next follows from how long the last ones took. Where the function
 * runs out of time with several, it begins with one again: those that it has done are quick then.
 *
 * @param parallel - invocations at once; they share the account's concurrency with the webhook's function
 * @throws Error when the function fails, with its own reason, once what is under way is done: run again, it goes on
 *   where it stopped
 */
export async function* rebuildStackDays(
  stack: Stack,
  days: readonly Day[],
  { force, parallel = 1 }: { readonly force: boolean; readonly parallel?: number },
  client?: LambdaClient,
): AsyncGenerator<DaySummary> {
  const { LambdaClient } = await import('@aws-sdk/client-lambda');
  const lambda = client ?? new LambdaClient();
  const left = [...days];
  const failures: unknown[] = [];

  async function* work(): AsyncGenerator<DaySummary> {
    let count = 1;
    while (left.length > 0) {
      const chunk = left.splice(0, count);
      const summaries = await invoke(lambda, stack, { days: chunk, ...(force && { force }) });
      if (summaries === 'timed out') {
        if (chunk.length === 1) {
          throw new Error(`the function ${stack.etlFunction} runs out of time with ${chunk[0]}`);
        }
        left.unshift(...chunk);
        count = 1;
        continue;
      }
      yield* summaries;
      const milliseconds = summaries.reduce((sum, summary) => sum + summary.milliseconds, 1) / chunk.length;
      const fitting = Math.floor(targetMilliseconds / milliseconds);
      count = Math.max(1, Math.min(fitting, 4 * count, mostDaysAtOnce));
    }
  }

  async function* workUntilOneFails(): AsyncGenerator<DaySummary> {
    try {
      yield* work();
    } catch (error) {
      failures.push(error);
      left.length = 0;
    }
  }

  yield* mergeUnordered(Array.from({ length: parallel }, workUntilOneFails));
  if (failures.length > 0) throw failures[0];
}

async function invoke(
  lambda: LambdaClient,
  stack: Stack,
  event: object,
): Promise<readonly DaySummary[] | 'timed out'> {
  const { InvokeCommand } = await import('@aws-sdk/client-lambda');
  const request = { FunctionName: stack.etlFunction, Payload: JSON.stringify(event) };
  const invocation = lambda.send(new InvokeCommand(request));
  const { FunctionError, Payload } = await fromAws(`invoke the function ${stack.etlFunction}`, invocation);
  const answer = asObject(parsedJson(Buffer.from(Payload ?? []).toString('utf8')));
  if (FunctionError) {
    const reason = asString(answer?.errorMessage) ?? FunctionError;
    if (/\bTask timed out\b/.test(reason)) return 'timed out';
    throw new Error(`the function ${stack.etlFunction} failed: ${reason}`);
  }
  if (!Array.isArray(answer?.days)) {
    throw new Error(`the function ${stack.etlFunction} answered what this version does not understand`);
  }
  return (answer as unknown as EtlResult).days;
}
