import { setTimeout as delay } from 'node:timers/promises';

/** Resolves as soon as something has come true; the test's own time-out ends a wait in vain. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await delay(1);
}
