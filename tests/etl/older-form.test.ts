import { expect } from 'chai';
import { daysOfOlderForm } from '../../src/etl/older-form.ts';
import { schemaVersion } from '../../src/lake/columns.ts';
import { enrichedKey } from '../../src/lake/object-keys.ts';
import { MemoryStore } from '../support/memory-store.ts';

describe('days of an older form', () => {
  it('are those that a lower schema version wrote, newest first', async () => {
    const enriched = new MemoryStore();
    const put = (day: string, metadata: Record<string, string>) =>
      enriched.putObject(enrichedKey(day), Buffer.from('file'), { metadata });
    await put('2026-11-20', { 'row-count': '5', 'schema-version': String(schemaVersion - 1) });
    await put('2026-11-21', { 'row-count': '6', 'schema-version': String(schemaVersion) });
    // A copy without metadata, as `aws s3 sync` makes it.
    await put('2026-11-22', {});
    await put('2026-11-24', { 'row-count': '7', 'schema-version': '1' });
    // Of a version newer than this one, which this one must not take back.
    await put('2026-11-23', { 'row-count': '8', 'schema-version': String(schemaVersion + 1) });
    expect(await daysOfOlderForm(enriched)).to.deep.equal([
      { day: '2026-11-24', rows: 7 },
      { day: '2026-11-20', rows: 5 },
    ]);
  });
});
