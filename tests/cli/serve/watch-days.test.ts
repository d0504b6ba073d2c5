import { expect } from 'chai';
import { type DayWatch, watchDays } from '../../../src/cli/serve/watch-days.ts';
import { createLake, type LocalLake } from '../../../src/lake/lake.ts';
import { messageUpdate, noon, storeUpdate } from '../../../tools/fixtures/updates.ts';
import { failingStore } from '../../support/failing-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { until } from '../../support/until.ts';

describe('watch over the days of a lake', () => {
  const folder = temporaryFolder();
  let lake: LocalLake;
  let told: string[];
  beforeEach(() => {
    lake = createLake(folder(), 'America/Sao_Paulo');
    told = [];
  });

  const watch = (over = lake): DayWatch =>
    watchDays(over, {
      onRebuilt: ({ day, outcome, rows }) => told.push(`${day} ${outcome} ${rows}`),
      onFailure: () => told.push('failed'),
    });
  const put = (messageId: number, second = 0): Promise<string> =>
    storeUpdate(lake.raw, messageUpdate(messageId, { date: noon + second }));

  it('rebuilds each day once when several of its objects changed at the same time', async () => {
    const days = watch();
    const keys = [1, 2, 3, 4, 5].map((messageId) => put(messageId));
    const changed = await Promise.all([...keys, put(6, 86_400)]);
    days.begin();
    for (const key of changed) days.changed(key);
    await days.stop();
    expect(told).to.deep.equal(['2026-11-22 rebuilt 5', '2026-11-23 rebuilt 1']);
  });

  it('rebuilds a changed day a moment later without being asked', async () => {
    const days = watch();
    days.begin();
    days.changed(await put(1));
    await until(() => told.length > 0);
    expect(told).to.deep.equal(['2026-11-22 rebuilt 1']);
    await days.stop();
  });

  it('reports a failure, and rebuilds the day with the next change', async () => {
    let broken = true;
    const days = watch({ ...lake, raw: failingStore(lake.raw, () => broken) });
    const key = await put(1);
    days.begin();
    days.changed(key);
    await until(() => told.length > 0);
    broken = false;
    await days.stop();
    expect(told).to.deep.equal(['failed', '2026-11-22 rebuilt 1']);
  });
});
