import { setTimeout as delay } from 'node:timers/promises';

/**
 * Resolves as soon as something has come true.
 *
 * @throws Error when it has not within a minute
 */
export async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 60_000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error('waited in vain');
    await delay(1);
  }
}
