import { expect } from 'chai';
import { type DayWatch, watchDays } from '../../../src/cli/serve/watch-days.ts';
import { createLake, type LocalLake } from '../../../src/lake/lake.ts';
import { rawKey } from '../../../src/lake/object-keys.ts';
import { failingStore } from '../../support/failing-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const noon = Date.parse('2026-11-22T15:00:00Z') / 1000;

describe('watch over the days of a lake', () => {
  const folder = temporaryFolder();
  let lake: LocalLake;
  let told: string[];
  beforeEach(() => {
    lake = createLake(folder(), 'America/Sao_Paulo');
    told = [];
  });

  const watch = (over = lake): DayWatch =>
    watchDays(
      over,
      ({ day, outcome, rows }) => told.push(`${day} ${outcome} ${rows}`),
      () => told.push('failed'),
    );
  async function put(messageId: number, second = 0): Promise<string> {
    const message = { message_id: messageId, date: noon + second, chat: { id: -1 }, text: 't' };
    const key = rawKey(noon + second, messageId, lake.timeZone);
    await lake.raw.putObject(key, Buffer.from(JSON.stringify({ update_id: messageId, message })));
    return key;
  }

  it('rebuilds each changed day once for all that came meanwhile', async () => {
    const days = watch();
    days.begin();
    for (let messageId = 1; messageId <= 5; messageId++) days.changed(await put(messageId));
    days.changed(await put(6, 86_400));
    await days.stop();
    expect(told).to.deep.equal(['2026-11-22 rebuilt 5', '2026-11-23 rebuilt 1']);
  });

  it('rebuilds by itself a moment later', async () => {
    const days = watch();
    days.begin();
    days.changed(await put(1));
    for (let wait = 0; wait < 200 && told.length === 0; wait++)
      await new Promise((done) => setTimeout(done, 20));
    expect(told).to.deep.equal(['2026-11-22 rebuilt 1']);
    await days.stop();
  });

  it('tells of a failure and does the day with the next change', async () => {
    let broken = true;
    const days = watch({ ...lake, raw: failingStore(lake.raw, () => broken) });
    const key = await put(1);
    days.begin();
    days.changed(key);
    for (let wait = 0; wait < 200 && told.length === 0; wait++)
      await new Promise((done) => setTimeout(done, 20));
    broken = false;
    await days.stop();
    expect(told).to.deep.equal(['failed', '2026-11-22 rebuilt 1']);
  });
});
