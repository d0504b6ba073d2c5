import { rebuildDays } from '../../../src/cli/lake/rebuild-days.ts';
import { createWebhook } from '../../../src/ingest/webhook.ts';
import { createLake, daysOf, type LocalLake } from '../../../src/lake/lake.ts';
import { groupId } from '../../../tools/fixtures/updates.ts';

/** A lake that these updates were posted to, each through the ingest, with its days built by the ETL. */
export async function postedLake(folder: string, updates: readonly unknown[]): Promise<LocalLake> {
  const lake = createLake(folder, undefined);
  const webhook = createWebhook({
    store: lake.raw,
    secretToken: 'test',
    chats: new Set([groupId]),
    timeZone: lake.timeZone,
    now: () => 1_795_359_600,
  });
  for (const update of updates) {
    const body = typeof update === 'string' ? update : JSON.stringify(update);
    const { outcome } = await webhook.receive({ secretToken: 'test', body: Buffer.from(body) });
    if (outcome !== 'stored') throw new Error(`an update was ${outcome}`);
  }
  for await (const _ of rebuildDays(lake, await daysOf(lake), { force: false }));
  return lake;
}
