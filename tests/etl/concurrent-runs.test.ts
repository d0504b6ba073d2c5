import { expect } from 'chai';
import { type DaySummary, runDay } from '../../src/etl/run-day.ts';
import { enrichedKey, rawKey } from '../../src/lake/object-keys.ts';
import type { ObjectStore } from '../../src/storage/object-store.ts';
import { messageUpdate, noon, storeUpdate } from '../../tools/fixtures/updates.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { parquetRows } from '../support/parquet-rows.ts';

const day = '2026-11-22';
const keyOf = (id: number) => rawKey(noon + id, id, 'America/Sao_Paulo');

describe('runs of the ETL beside one another, and beside the ingest', () => {
  let raw: MemoryStore;
  let enriched: MemoryStore;
  beforeEach(() => {
    raw = new MemoryStore();
    enriched = new MemoryStore();
  });

  const send = (id: number) => storeUpdate(raw, messageUpdate(id, { text: `m${id}` }));
  const run = (over: Partial<{ raw: ObjectStore; enriched: ObjectStore }> = {}): Promise<DaySummary> =>
    runDay(day, { raw, enriched, ...over });
  const texts = async () =>
    (await parquetRows(await enriched.getObject(enrichedKey(day)))).map(({ text }) => text);
  /** The store, but something happens before each call of a method. */
  const preceded = (
    store: ObjectStore,
    method: keyof ObjectStore,
    happens: (key: unknown) => Promise<unknown>,
  ) =>
    new Proxy(store, {
      get(target, name) {
        const call = (Reflect.get(target, name) as (...args: unknown[]) => unknown).bind(target);
        if (name !== method) return call;
        return async (...args: unknown[]) => {
          await happens(args[0]);
          return call(...args);
        };
      },
    });

  it('end with the newest file: a run that was overtaken does not put its older one over it', async () => {
    await send(1);
    for (const newest of [2, 3]) {
      let isOvertaken = false;
      // By a whole other run, just before it stored its first file.
      const overtaken = preceded(enriched, 'putObject', async () => {
        if (isOvertaken) return;
        isOvertaken = true;
        await send(newest);
        expect(await run()).to.include({ outcome: 'rebuilt', rows: newest });
      });
      expect(await run({ enriched: overtaken })).to.include({ rows: newest });
      expect(await texts()).to.have.lengthOf(newest);
      expect(await run()).to.include({ outcome: 'unchanged' });
      const again = messageUpdate(1, { text: `other ${newest}` });
      await raw.putObject(keyOf(1), Buffer.from(JSON.stringify(again)));
    }
  });

  it('end, also where others overtake them all the time, with a file that the next run replaces', async () => {
    await send(1);
    let id = 1;
    const overtaken = preceded(enriched, 'putObject', async () => {
      await send(++id);
      await run();
      await send(++id);
    });
    expect(await run({ enriched: overtaken })).to.include({ outcome: 'rebuilt' });
    expect(await run()).to.include({ outcome: 'rebuilt', rows: id });
    expect(await run()).to.include({ outcome: 'unchanged' });
  });

  it('leave a file that another run made of a new object, where they would have removed the day', async () => {
    await send(1);
    await run();
    await raw.deleteObject(keyOf(1));
    let heads = 0;
    const overtaken = preceded(enriched, 'headObject', async () => {
      if (++heads !== 3) return;
      await send(2);
      expect(await run()).to.include({ outcome: 'rebuilt', rows: 1 });
    });
    expect(await run({ enriched: overtaken })).to.include({ rows: 1 });
    expect(await texts()).to.deep.equal(['m2']);
  });

  it('bring back a file that they took away when they were overtaken', async () => {
    await send(1);
    await run();
    await raw.deleteObject(keyOf(1));
    const overtaken = preceded(enriched, 'deleteObject', async () => {
      await send(2);
      expect(await run()).to.include({ outcome: 'rebuilt', rows: 1 });
    });
    expect(await run({ enriched: overtaken })).to.include({ outcome: 'rebuilt', rows: 1 });
    expect(await run()).to.include({ outcome: 'unchanged' });
    expect(await texts()).to.deep.equal(['m2']);
  });

  it('make the same file, to the byte, when they begin at once', async () => {
    for (let id = 1; id <= 50; id++) await send(id);
    const stores = Array.from({ length: 4 }, () => new MemoryStore());
    const all = await Promise.all(stores.map((store) => run({ enriched: store })));
    expect(all.map(({ rows }) => rows)).to.deep.equal([50, 50, 50, 50]);
    const [first, ...others] = await Promise.all(stores.map((store) => store.getObject(enrichedKey(day))));
    for (const other of others) expect(Buffer.compare(other, first ?? Buffer.alloc(0))).to.equal(0);
  });

  it('do without an object that was deleted after it was listed, and build again for it', async () => {
    await send(1);
    await send(2);
    const named: string[] = [];
    const vanishing = preceded(raw, 'getObject', async (key) => {
      if (key === keyOf(2)) await raw.deleteObject(keyOf(2));
    });
    const summary = await runDay(day, { raw: vanishing, enriched, onUnreadable: (key) => named.push(key) });
    expect(summary).to.deep.include({ rows: 1, skipped: { unreadable: 1 } });
    expect(named).to.deep.equal([keyOf(2)]);
    expect(await run()).to.deep.include({ outcome: 'rebuilt', rows: 1, skipped: {} });
  });

  it('take one look at each file and one listing of a day that has not changed, and nothing else', async () => {
    await send(1);
    await run();
    const calls: string[] = [];
    const counting = (name: string, store: ObjectStore): ObjectStore =>
      new Proxy(store, {
        get(target, method) {
          const call = (Reflect.get(target, method) as (...args: unknown[]) => unknown).bind(target);
          return (...args: unknown[]) => {
            calls.push(`${String(method)} of ${name}`);
            return call(...args);
          };
        },
      });
    const stores = { raw: counting('raw', raw), enriched: counting('enriched', enriched) };
    expect(await run(stores)).to.include({ outcome: 'unchanged' });
    expect(calls).to.deep.equal(['headObject of enriched', 'headObject of enriched', 'listObjects of raw']);
  });
});
