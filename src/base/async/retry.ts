import { setTimeout as delay } from 'node:timers/promises';

export interface RetryOptions {
  /** How often it is called in all, 1 or more. */
  readonly attempts: number;
  /** Whether another attempt may succeed. */
  readonly isRetryable: (error: unknown) => boolean;
  /** The longest pause before the second attempt; it doubles with each further one. */
  readonly pauseMs: number;
  /** No pause is longer. */
  readonly longestPauseMs?: number;
}

/**
 * The result of the first attempt that succeeds.
 *
 * Pauses are random between 0 and their limit ("full jitter"), so that many callers do not come back together.
 *
 * @throws the error of the last attempt, or the first that is not retryable
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export async function retry<Result>(
  attempt: () => Promise<Result>,
  { attempts, isRetryable, pauseMs, longestPauseMs = Number.POSITIVE_INFINITY }: RetryOptions,
): Promise<Result> {
  for (let failures = 0; ; ) {
    try {
      return await attempt();
    } catch (error) {
      failures += 1;
      if (failures >= attempts || !isRetryable(error)) throw error;
    }
    await delay(Math.random() * Math.min(longestPauseMs, pauseMs * 2 ** (failures - 1)));
  }
}
