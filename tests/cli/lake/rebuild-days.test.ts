import { renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { DaysFailedError, rebuildDays } from '../../../src/cli/lake/rebuild-days.ts';
import { createLake, daysOf, type Lake, type LocalLake } from '../../../src/lake/lake.ts';
import { StoreError } from '../../../src/storage/object-store.ts';
import { messageUpdate, storeUpdate } from '../../../tools/fixtures/updates.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const noon = Date.parse('2026-11-20T15:00:00Z') / 1000;

describe('rebuildDays', () => {
  const folder = temporaryFolder();
  let lake: LocalLake;
  beforeEach(async () => {
    lake = createLake(folder(), undefined);
    for (const day of [0, 1, 2]) {
      await storeUpdate(lake.raw, messageUpdate(day + 1, { date: noon + 86_400 * day }));
    }
  });

  /** What was rebuilt, and the error at the end. */
  async function rebuilt(of: Lake) {
    const days: string[] = [];
    try {
      for await (const { day } of rebuildDays(of, await daysOf(of), { force: false })) days.push(day);
    } catch (error) {
      return { days, error };
    }
    return { days, error: undefined };
  }

  it('goes on after a day that fails, and names it at the end', async () => {
    const raw = new Proxy(lake.raw, {
      get: (store, name) => {
        if (name !== 'getObject') return Reflect.get(store, name).bind(store);
        return (key: string) =>
          key.includes('2026-11-21')
            ? Promise.reject(new StoreError('read', key, new Error('EIO')))
            : store.getObject(key);
      },
    });
    const { days, error } = await rebuilt({ ...lake, raw });
    expect(days).to.deep.equal(['2026-11-20', '2026-11-22']);
    expect(error).to.be.instanceOf(DaysFailedError).with.deep.property('days', ['2026-11-21']);
    expect((error as Error).message).to.match(
      /^1 day could not be rebuilt, and keeps the file it had; all others are fine\. 2026-11-21: /,
    );
    expect(await rebuilt(lake)).to.deep.include({ error: undefined });
  });

  it('passes over a link that leads to itself', async () => {
    const path = join(folder(), 'raw', 'telegram', 'context_date=2026-11-21', 'loop.json');
    symlinkSync('loop.json', path);
    expect(await rebuilt(lake)).to.deep.equal({
      days: ['2026-11-20', '2026-11-21', '2026-11-22'],
      error: undefined,
    });
  });

  it('builds and keeps a day whose folder is a link', async () => {
    const day = join(folder(), 'raw', 'telegram', 'context_date=2026-11-21');
    const elsewhere = join(folder(), 'elsewhere');
    await rebuilt(lake);
    renameSync(day, elsewhere);
    symlinkSync(elsewhere, day);
    const outcomes = await Array.fromAsync(rebuildDays(lake, await daysOf(lake), { force: false }));
    expect(outcomes.map(({ outcome }) => outcome)).to.not.include('removed');
    expect(outcomes.map(({ rows }) => rows)).to.deep.equal([1, 1, 1]);
  });
});
