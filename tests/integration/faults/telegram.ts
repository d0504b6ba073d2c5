import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../../../src/base/random.ts';
import type { Post } from '../group/post.ts';

/** How the deliveries went. */
export interface Sent {
  readonly deliveries: number;
  /** Those that were repeated because no 2xx came. */
  readonly retries: number;
  /** Milliseconds of those that were answered 2xx, sorted. */
  readonly latencies: readonly number[];
}

/**
 * Delivers updates as Telegram does: over several connections, each again until a 2xx answers it, and now and then once
 * more although one did, since its answer was lost.
 *
 * @param take - the status code that answers a body; a rejection where none came
 * @param pauseMilliseconds - before the next try
 */
export async function deliverAll(
  posts: readonly Post[],
  take: (body: Buffer) => Promise<number>,
  { chance }: Random,
  { connections = 32, pauseMilliseconds = 20 } = {},
): Promise<Sent> {
  const latencies: number[] = [];
  let [next, deliveries, retries] = [0, 0, 0];
  const connection = async () => {
    for (let at = next++; at < posts.length; at = next++) {
      const body = posts[at]?.body ?? Buffer.alloc(0);
      for (;;) {
        deliveries += 1;
        const start = performance.now();
        const status = await take(body).catch(() => 0);
        const isTaken = status >= 200 && status < 300;
        if (isTaken) latencies.push(performance.now() - start);
        if (isTaken && !chance(0.01)) break;
        if (isTaken) continue;
        retries += 1;
        await delay(pauseMilliseconds);
      }
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  return { deliveries, retries, latencies: latencies.sort((a, b) => a - b) };
}

/** The value below which this share of sorted values lies. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
