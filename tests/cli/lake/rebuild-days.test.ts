import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { stub } from 'sinon';
import { DaysFailedError, rebuildDays } from '../../../src/cli/lake/rebuild-days.ts';
import { runDay } from '../../../src/etl/run-day.ts';
import { createLake, daysOf, type Lake, type LocalLake } from '../../../src/lake/lake.ts';
import { StoreError } from '../../../src/storage/object-store.ts';
import { messageUpdate, storeUpdate } from '../../../tools/fixtures/updates.ts';
import { MemoryStore } from '../../support/memory-store.ts';
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

  it('writes the same files on several threads as on one, and reports what these threads find', async () => {
    for (let day = 0; day < 80; day++) {
      for (const id of [1, 2])
        await storeUpdate(lake.raw, messageUpdate(2 * day + id, { date: noon + 86_400 * day + id }));
    }
    await lake.raw.putObject(
      'telegram/context_date=2027-01-05/20270105120000-000000000999.json',
      Buffer.from('{'),
    );
    const warned = stub(console, 'error');
    const days = await daysOf(lake);
    expect(days).to.have.length(80);
    try {
      const summaries = await Array.fromAsync(rebuildDays(lake, days, { force: false }));
      expect(summaries.map(({ day }) => day)).to.deep.equal(days);
      expect(summaries.find(({ day }) => day === '2027-01-05')?.skipped).to.deep.equal({ unreadable: 1 });
    } finally {
      warned.restore();
    }
    expect(warned.args.flat().join()).to.include('20270105120000-000000000999.json');
    const alone = new MemoryStore();
    for (const day of days) await runDay(day, { raw: lake.raw, enriched: alone });
    for await (const { key } of alone.listObjects('')) {
      expect(Buffer.compare(await alone.getObject(key), await lake.enriched.getObject(key)), key).to.equal(0);
      expect((await lake.enriched.headObject(key))?.metadata).to.deep.equal(
        (await alone.headObject(key))?.metadata,
      );
    }
  });

  it('names a day that a thread could not rebuild, and rebuilds all others', async () => {
    for (let day = 0; day < 70; day++)
      await storeUpdate(lake.raw, messageUpdate(day + 1, { date: noon + 86_400 * day }));
    const days = await daysOf(lake);
    // A folder where the file is to be: no thread can put it there.
    for (const day of days.slice(20, 24))
      mkdirSync(join(folder(), 'enriched', 'telegram', `context_date=${day}`, 'messages.parquet', 'x'), {
        recursive: true,
      });
    const { days: done, error } = await rebuilt(lake);
    expect((error as DaysFailedError).days).to.deep.equal(days.slice(20, 24));
    expect(done).to.deep.equal(days.filter((day) => !days.slice(20, 24).includes(day)));
  });
});
