import { rebuildDays } from '../../../src/cli/lake/rebuild-days.ts';
import { createWebhook } from '../../../src/ingest/webhook.ts';
import { createLake, daysOf, type LocalLake } from '../../../src/lake/lake.ts';

export const groupId = -1001234567890;

/** A message as Telegram posts it; what is not given is as in most messages. */
export function posted(messageId: number, fields: Readonly<Record<string, unknown>>) {
  return {
    update_id: 500_000 + messageId,
    message: {
      message_id: messageId,
      date: 1_795_359_600 + messageId,
      chat: { id: groupId, type: 'supergroup', title: 'Group' },
      from: { id: 11, is_bot: false, first_name: 'Ana' },
      ...fields,
    },
  };
}

/** A lake that these updates were posted to, each through the ingest, with its days built by the ETL. */
export async function postedLake(folder: string, updates: readonly unknown[]): Promise<LocalLake> {
  const lake = createLake(folder, undefined);
  const webhook = createWebhook({
    store: lake.raw,
    secretToken: 'test',
    chatIds: new Set([groupId]),
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
