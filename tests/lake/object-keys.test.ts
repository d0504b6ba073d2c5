import { expect } from 'chai';
import fc from 'fast-check';
import {
  dayOfPrefix,
  dayPrefix,
  enrichedKey,
  importKey,
  importPrefix,
  isImportKey,
  migrationKey,
  quarantineKey,
  rawKey,
  secondOfRawKey,
} from '../../src/lake/object-keys.ts';

const zone = 'America/Sao_Paulo';
const lastSecondOfDay = Date.parse('2026-11-23T02:59:59Z') / 1000;

describe('object keys', () => {
  it('place an update in the local day and second of its date', () => {
    expect(rawKey(lastSecondOfDay, 123456789, zone)).to.equal(
      'telegram/context_date=2026-11-22/20261122235959-000123456789.json',
    );
    expect(rawKey(lastSecondOfDay + 1, 123456789, zone)).to.equal(
      'telegram/context_date=2026-11-23/20261123000000-000123456789.json',
    );
  });

  it('place one import object for each chat after the updates of its day', () => {
    const key = importKey('2026-11-22', -1001234567890);
    expect(key).to.equal('telegram/context_date=2026-11-22/import_-1001234567890.jsonl.gz');
    expect(key.startsWith(importPrefix('2026-11-22'))).to.equal(true);
    expect(key > rawKey(lastSecondOfDay, 999_999_999_999, zone)).to.equal(true);
    expect([key, importKey('2026-11-22', 42)].every(isImportKey)).to.equal(true);
    expect(isImportKey(rawKey(lastSecondOfDay, 1, zone))).to.equal(false);
  });

  it('place one enriched file in each day', () => {
    expect(enrichedKey('2026-11-22')).to.equal('telegram/context_date=2026-11-22/messages.parquet');
  });

  it('keep what is no update, and notes of migrations, apart from the table', () => {
    expect(quarantineKey(lastSecondOfDay, 'ab12', zone)).to.equal(
      'quarantine/context_date=2026-11-22/20261122235959-ab12.json',
    );
    expect(migrationKey(-1001234567890)).to.equal('migrations/-1001234567890.json');
  });

  it('tell the day of a folder, and of nothing else', () => {
    expect(dayOfPrefix(dayPrefix('2026-11-22'))).to.equal('2026-11-22');
    for (const other of ['telegram/', 'telegram/context_date=2026-02-30/', 'telegram/2026-11-22/', 'x', '']) {
      expect(dayOfPrefix(other), other).to.equal(undefined);
    }
  });

  it('tell the second that all versions of a message share', () => {
    const [sent, edited] = [rawKey(lastSecondOfDay, 7, zone), rawKey(lastSecondOfDay, 4_000_000_000, zone)];
    expect(secondOfRawKey(sent)).to.equal(secondOfRawKey(edited));
    expect(secondOfRawKey(sent)).to.not.equal(secondOfRawKey(rawKey(lastSecondOfDay - 1, 7, zone)));
    expect(secondOfRawKey('telegram/context_date=2026-11-22/note.txt')).to.equal(
      'telegram/context_date=2026-11-22/note.txt',
    );
  });

  it('of one second are neighbours in a listing, and seconds are in order, whatever people put there', () => {
    const folder = dayPrefix('2026-11-22');
    const characters = fc.string({ unit: fc.constantFrom(...'-./! 09a~'), maxLength: 6 });
    const rest = fc.oneof(
      characters,
      fc.nat(99).map((updateId) => `-${updateId}.json`),
    );
    const second = fc.constantFrom('20261122120000', '20261122120001', '2026112212000', '');
    const name = fc.tuple(second, rest).map((parts) => folder + parts.join(''));
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 12 }), (keys) => {
        const seconds = keys.sort().map(secondOfRawKey);
        expect(seconds).to.deep.equal([...seconds].sort());
      }),
      { numRuns: 2_000 },
    );
  });

  it('sort by time, then by update', () => {
    const moment = fc.record({ at: fc.nat(4_000_000_000), updateId: fc.nat(999_999_999) });
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        const order = a.at - b.at || a.updateId - b.updateId;
        const [keyA, keyB] = [rawKey(a.at, a.updateId, 'UTC'), rawKey(b.at, b.updateId, 'UTC')];
        expect(Math.sign(order)).to.equal(keyA < keyB ? -1 : keyA > keyB ? 1 : 0);
      }),
    );
  });
});
