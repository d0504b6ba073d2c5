import { expect } from 'chai';
import { forgottenPeople } from '../../src/erasure/forgotten-people.ts';
import { contentsOf } from '../support/contents.ts';
import { MemoryStore } from '../support/memory-store.ts';

describe('forgotten people', () => {
  it('are known to later readers', async () => {
    const raw = new MemoryStore();
    const forgotten = await forgottenPeople(raw);
    expect([forgotten.size, forgotten.isUser(555123456)]).to.deep.equal([0, false]);
    await forgotten.remember(555123456, []);
    await forgotten.remember(555123456, []);
    await (await forgottenPeople(raw)).remember(77, []);
    for (const later of [await forgottenPeople(raw)]) {
      expect([later.size, later.isUser(555123456), later.isUser(77), later.isUser(78)]).to.deep.equal([
        2,
        true,
        true,
        false,
      ]);
    }
    expect(forgotten.isUser(555123456)).to.equal(true);
  });

  it('are known by the names that were given, usernames in small or capital letters', async () => {
    const raw = new MemoryStore();
    await (await forgottenPeople(raw)).remember(555123456, ['Ana Souza', '@AnaSouza', '77']);
    const later = await forgottenPeople(raw);
    const known = ['Ana Souza', '@anasouza', '@ANASOUZA', 'ana souza', 'Ana', '@ana'].map(later.isName);
    expect(known).to.deep.equal([true, true, true, false, false, false]);
    expect(later.isUser(77)).to.equal(false);
    expect(JSON.stringify(await contentsOf(raw))).to.not.match(/ana|Souza/i);
  });

  it('are noted as hashes that no other lake shares', async () => {
    const [one, other] = [new MemoryStore(), new MemoryStore()];
    for (const raw of [one, other]) await (await forgottenPeople(raw)).remember(555123456, []);
    const [keys, otherKeys] = [Object.keys(await contentsOf(one)), Object.keys(await contentsOf(other))];
    expect(keys).to.have.length(2);
    expect(keys[0]).to.match(/^forgotten\/[0-9a-f]{64}\.json$/);
    expect(keys[1]).to.equal('forgotten/secret');
    expect(otherKeys).to.not.include(keys[0]);
    expect(JSON.stringify(await contentsOf(one))).to.not.contain('555123456');
  });

  it('share one secret when two are the first at the same time', async () => {
    const raw = new MemoryStore();
    const [a, b] = [await forgottenPeople(raw), await forgottenPeople(raw)];
    await Promise.all([a.remember(1, []), b.remember(2, [])]);
    const later = await forgottenPeople(raw);
    expect([later.isUser(1), later.isUser(2)]).to.deep.equal([true, true]);
  });
});
