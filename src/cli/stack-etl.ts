import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { EtlResult } from '../etl/etl-handler.ts';
import type { DaySummary } from '../etl/run-day.ts';
import type { Day } from '../lake/local-day.ts';
import { asObject, asString } from '../telegram/json.ts';
import { fromAws } from './aws-error.ts';
import type { Stack } from './stack.ts';

/** How long one invocation should take: far below the 15 minutes that a function has, and often enough to follow. */
const targetMilliseconds = 60_000;

/** Even of days that were quick so far no more at once: the next ones may be busy. */
const mostDaysAtOnce = 31;

/**
 * Has a stack's ETL function bring days up to date, some at a time, and gives the summary of each day as soon as it is
 * told of.
 *
 * It begins with one day; how many are asked for next follows from how long the last ones took. Where the function
 * runs out of time with several, it begins with one again: those that it has done are quick then.
 *
 * @throws Error when the function fails, with its own reason: run again, it goes on where it stopped
 */
export async function* rebuildStackDays(
  stack: Stack,
  days: readonly Day[],
  { force }: { readonly force: boolean },
  client?: LambdaClient,
): AsyncGenerator<DaySummary> {
  const { LambdaClient } = await import('@aws-sdk/client-lambda');
  const lambda = client ?? new LambdaClient();
  let count = 1;
  for (let done = 0; done < days.length; ) {
    const chunk = days.slice(done, done + count);
    const summaries = await invoke(lambda, stack, { days: chunk, ...(force && { force }) });
    if (summaries === 'timed out') {
      if (count === 1) throw new Error(`the function ${stack.etlFunction} runs out of time with ${chunk[0]}`);
      count = 1;
      continue;
    }
    yield* summaries;
    done += chunk.length;
    const milliseconds = summaries.reduce((sum, summary) => sum + summary.milliseconds, 1) / chunk.length;
    const fitting = Math.floor(targetMilliseconds / milliseconds);
    count = Math.max(1, Math.min(fitting, 4 * count, mostDaysAtOnce));
  }
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
  const answer = parsed(Buffer.from(Payload ?? []).toString('utf8'));
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

function parsed(text: string) {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}
