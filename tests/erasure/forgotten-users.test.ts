import { expect } from 'chai';
import { forgottenUsers } from '../../src/erasure/forgotten-users.ts';
import { contentsOf } from '../support/contents.ts';
import { MemoryStore } from '../support/memory-store.ts';

describe('forgotten users', () => {
  it('are known to whoever looks later', async () => {
    const raw = new MemoryStore();
    const forgotten = await forgottenUsers(raw);
    expect([forgotten.size, forgotten.has(555123456)]).to.deep.equal([0, false]);
    await forgotten.remember(555123456);
    await forgotten.remember(555123456);
    await (await forgottenUsers(raw)).remember(77);
    for (const later of [await forgottenUsers(raw)]) {
      expect([later.size, later.has(555123456), later.has(77), later.has(78)]).to.deep.equal([
        2,
        true,
        true,
        false,
      ]);
    }
    expect(forgotten.has(555123456)).to.equal(true);
  });

  it('are noted as hashes that no other lake shares', async () => {
    const [one, other] = [new MemoryStore(), new MemoryStore()];
    for (const raw of [one, other]) await (await forgottenUsers(raw)).remember(555123456);
    const [keys, otherKeys] = [Object.keys(await contentsOf(one)), Object.keys(await contentsOf(other))];
    expect(keys).to.have.length(2);
    expect(keys[0]).to.match(/^forgotten\/[0-9a-f]{64}\.json$/);
    expect(keys[1]).to.equal('forgotten/secret');
    expect(otherKeys).to.not.include(keys[0]);
    expect(JSON.stringify(await contentsOf(one))).to.not.contain('555123456');
  });

  it('share one secret when two are the first at the same time', async () => {
    const raw = new MemoryStore();
    const [a, b] = [await forgottenUsers(raw), await forgottenUsers(raw)];
    await Promise.all([a.remember(1), b.remember(2)]);
    const later = await forgottenUsers(raw);
    expect([later.has(1), later.has(2)]).to.deep.equal([true, true]);
  });
});
