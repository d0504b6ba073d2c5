import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { runDay } from '../../src/etl/run-day.ts';
import type { ScaleOut } from '../../src/etl/scale-out.ts';
import { rowsOfUpdate } from '../../src/etl/timed-row.ts';
import { importLine } from '../../src/lake/import-line.ts';
import {
  dayPrefix,
  enrichedKey,
  importKey,
  isImportKey,
  rawKey,
  secondOfRawKey,
} from '../../src/lake/object-keys.ts';
import { readUpdate } from '../../src/telegram/update.ts';
import { groupId, messageUpdate, noon, sentMessage, storeUpdate } from '../../tools/fixtures/updates.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { rejection } from '../support/rejection.ts';

const day = '2026-11-22';
const zone = 'America/Sao_Paulo';

describe('ETL of a large day', () => {
  let raw: MemoryStore;
  let enriched: MemoryStore;
  /** The days that were handed over. */
  let handed: string[];
  beforeEach(async () => {
    raw = new MemoryStore();
    enriched = new MemoryStore();
    handed = [];
    for (let n = 1; n <= 3; n++) await storeUpdate(raw, messageUpdate(n, { text: `m${n}` }));
    const edited_message = sentMessage(2, { edit_date: noon + 60, text: 'edited' });
    await storeUpdate(raw, { update_id: 9, edited_message });
    await raw.putObject(rawKey(noon, 8, zone), Buffer.from('{'));
    await raw.putObject(rawKey(noon, 7, zone), Buffer.from(''));
    const payload = { message_id: 4, date: noon + 2, chat: { id: groupId }, text: 'imported' };
    const line = importLine({ updateId: null, kind: 'message', payload, second: '20261122120002' }, '{}');
    await raw.putObject(importKey(day, groupId), gzipSync(`${line}\n`));
  });

  /** Does what Athena does, in this process. */
  const scaleOut = (fromObjects: number): ScaleOut => ({
    fromObjects,
    async *rowsOf(of, listing) {
      handed.push(of);
      expect(listing.updates).to.equal(5);
      for await (const { key } of raw.listObjects(dayPrefix(of))) {
        if (isImportKey(key)) continue;
        const text = Buffer.from(await raw.getObject(key)).toString();
        const update = readUpdate(text.startsWith('{"') ? JSON.parse(text) : undefined);
        const second = secondOfRawKey(key);
        if ('notAnUpdate' in update) yield { second, row: 'unreadable' };
        else yield rowsOfUpdate(update, key, second, of);
      }
    },
  });

  it('is handed over from the threshold on, counted in updates that are not empty', async () => {
    await runDay(day, { raw, enriched, scaleOut: scaleOut(6) });
    expect(handed).to.be.empty;
    await runDay(day, { raw, enriched, scaleOut: scaleOut(5), force: true });
    expect(handed).to.deep.equal([day]);
  });

  it('comes out the same, to the byte and to the fingerprint, so that either way leaves the other nothing to do', async () => {
    const own = await runDay(day, { raw, enriched });
    const file = await enriched.getObject(enrichedKey(day));
    const metadata = (await enriched.headObject(enrichedKey(day)))?.metadata;
    expect(own).to.deep.include({ rows: 4, skipped: { unreadable: 2, superseded: 1 } });
    expect(await runDay(day, { raw, enriched, scaleOut: scaleOut(1) })).to.include({ outcome: 'unchanged' });
    expect(handed).to.be.empty;

    await enriched.deleteObject(enrichedKey(day));
    const theirs = await runDay(day, { raw, enriched, scaleOut: scaleOut(1) });
    expect({ ...theirs, milliseconds: 0 }).to.deep.equal({ ...own, milliseconds: 0 });
    expect(await enriched.getObject(enrichedKey(day))).to.deep.equal(file);
    expect((await enriched.headObject(enrichedKey(day)))?.metadata).to.deep.equal(metadata);
    expect(await runDay(day, { raw, enriched })).to.include({ outcome: 'unchanged' });
  });

  it('keeps its file as it was when the engine fails, even after some rows', async () => {
    await runDay(day, { raw, enriched });
    const file = await enriched.getObject(enrichedKey(day));
    const failing: ScaleOut = {
      fromObjects: 1,
      async *rowsOf(of, listing) {
        for await (const row of scaleOut(1).rowsOf(of, listing)) {
          yield row;
          if (typeof row.row === 'object') throw new Error('out of order');
        }
      },
    };
    const error = await rejection(runDay(day, { raw, enriched, scaleOut: failing, force: true }));
    expect(error.message).to.equal('out of order');
    expect(await enriched.getObject(enrichedKey(day))).to.deep.equal(file);
  });

  it('is built again by the next run when an update comes after it was listed', async () => {
    const late: ScaleOut = {
      fromObjects: 1,
      async *rowsOf(of, listing) {
        await storeUpdate(raw, messageUpdate(20));
        yield* scaleOut(1).rowsOf(of, listing);
      },
    };
    expect(await runDay(day, { raw, enriched, scaleOut: late })).to.include({ rows: 5, rawObjects: 7 });
    expect(await runDay(day, { raw, enriched })).to.include({ outcome: 'rebuilt', rows: 5, rawObjects: 8 });
    expect(await runDay(day, { raw, enriched })).to.include({ outcome: 'unchanged' });
  });
});
