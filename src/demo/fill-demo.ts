import { createWebhook } from '../ingest/webhook.ts';
import type { LocalLake } from '../lake/lake.ts';
import { readUpdate } from '../telegram/update.ts';
import { demoChatId, demoGroup } from './demo-group.ts';

/** How many updates the demo group sent, by what became of them. */
export interface FilledUpdates {
  readonly posted: number;
  readonly stored: number;
  readonly ignored: number;
}

// Each is on disk before the next of its kind begins; a few at a time hide the disk's latency.
const postedAtOnce = 16;

/**
 * Posts the demo group's month to a lake, each update through the ingest that also serves Telegram.
 *
 * Updates without a date of their own count as arriving right after the one before them, so that the lake comes out
 * the same on any day.
 *
 * @param lastDay - the last day of the month, `YYYY-MM-DD`; a fixed one where it is left out
 */
export async function fillWithDemoGroup(
  { raw, timeZone }: LocalLake,
  lastDay?: string,
): Promise<FilledUpdates> {
  const secretToken = 'demo';
  let arrivedAtSeconds = 0;
  const now = () => arrivedAtSeconds;
  const webhook = createWebhook({ store: raw, secretToken, chats: new Set([demoChatId]), timeZone, now });
  const counts = { posted: 0, stored: 0, ignored: 0 };

  async function post(update: unknown): Promise<void> {
    const outcome = await webhook.receive({ secretToken, body: Buffer.from(JSON.stringify(update)) });
    if (outcome.outcome === 'failed') throw outcome.error;
    if (outcome.outcome !== 'stored' && outcome.outcome !== 'ignored')
      throw new Error(`a demo update was ${outcome.outcome}`);
    counts.posted += 1;
    counts[outcome.outcome] += 1;
  }

  let underWay: Promise<void>[] = [];
  for (const update of demoGroup(lastDay === undefined ? {} : { lastDay })) {
    const read = readUpdate(update);
    const dated = 'dateSeconds' in read && read.dateSeconds !== undefined;
    // One without a date takes the clock's time when it is its turn, so the clock must stand still until then.
    if (!dated || underWay.length === postedAtOnce) {
      await Promise.all(underWay);
      underWay = [];
    }
    if (dated) arrivedAtSeconds = Math.max(arrivedAtSeconds, read.dateSeconds);
    underWay.push(post(update));
  }
  await Promise.all(underWay);
  return counts;
}
