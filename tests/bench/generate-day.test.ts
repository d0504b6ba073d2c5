import { expect } from 'chai';
import { type GeneratedUpdate, generateDay } from '../../bench/generate-day.ts';
import type { Day } from '../../src/base/local-day.ts';
import { dayPrefix } from '../../src/lake/object-keys.ts';
import { readUpdate } from '../../src/telegram/update.ts';

const day = '2026-11-22' as Day;
const updatesOf = (updates: number, seed?: number): GeneratedUpdate[] => [
  ...generateDay({ day, updates, timeZone: 'America/St_Johns', ...(seed && { seed }) }),
];

describe('generated day', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(updatesOf(500)).to.deep.equal(updatesOf(500));
    expect(updatesOf(500, 2)).not.to.deep.equal(updatesOf(500));
  });

  it('has as many updates as asked for, each under a key of its own, in their order and of that day', () => {
    const keys = updatesOf(3_000).map(({ key }) => key);
    expect(new Set(keys).size).to.equal(3_000);
    expect([...keys].sort()).to.deep.equal(keys);
    for (const key of keys) expect(key.startsWith(dayPrefix(day)), key).to.equal(true);
  });

  it('has messages, edits and reactions as a group has, each an update to the ETL', () => {
    const counts: Record<string, number> = {};
    for (const { json } of updatesOf(10_000)) {
      const update = readUpdate(JSON.parse(json));
      if ('notAnUpdate' in update) throw new Error(update.notAnUpdate);
      counts[update.kind] = (counts[update.kind] ?? 0) + 1;
    }
    expect(counts.message).to.be.within(9_000, 9_600);
    expect(counts.edited_message).to.be.within(200, 500);
    expect(counts.message_reaction).to.be.within(200, 500);
  });
});
