import { expect } from 'chai';
import { carryOut } from '../../src/erasure/carry-out.ts';
import { planErasure } from '../../src/erasure/plan-erasure.ts';
import { quarantineKey, rawKey } from '../../src/lake/object-keys.ts';
import { StoreError } from '../../src/storage/object-store.ts';
import type { ObjectVersions } from '../../src/storage/object-versions.ts';
import { contentsOf } from '../support/contents.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { rejection } from '../support/rejection.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const zone = 'America/Sao_Paulo';
const date = 1795402800;
const ana = { id: 555123456, is_bot: false, first_name: 'Ana' };
const names = new Set<string>();

describe('erasure carried out', () => {
  const folder = temporaryFolder();
  const own = rawKey(date, 1, zone);
  const reply = rawKey(date + 1, 2, zone);
  const other = rawKey(date + 2, 3, zone);
  const odd = quarantineKey(date, 'abc', zone);
  let raw: MemoryStore;

  beforeEach(async () => {
    raw = new MemoryStore();
    const from = { id: 77, is_bot: false, first_name: 'Bia' };
    const update = (update_id: number, message: object) =>
      Buffer.from(JSON.stringify({ update_id, message: { message_id: update_id, date, ...message } }));
    await raw.putObject(own, update(1, { from: ana, text: 'mine' }));
    await raw.putObject(
      reply,
      update(2, { from, reply_to_message: { message_id: 1, from: ana, text: 'mine' } }),
    );
    await raw.putObject(other, update(3, { from, text: 'hers' }));
    await raw.putObject(odd, Buffer.from('{"from":{"id":555123456'));
  });

  async function erase(versions?: ObjectVersions): Promise<boolean> {
    const plan = await planErasure(raw, { userId: ana.id, names });
    return carryOut(plan, { raw, versions, userId: ana.id, names, folder: folder() });
  }
  const everything = async () => JSON.stringify(await contentsOf(raw));

  it('deletes older versions with the object, and keeps the newest of one that was redacted', async () => {
    const calls: Record<string, boolean> = {};
    const versions: ObjectVersions = {
      async deleteVersions(key, { keepNewest }) {
        calls[key] = keepNewest;
        if (!keepNewest) await raw.deleteObject(key);
      },
    };
    expect(await erase(versions)).to.equal(false);
    expect(calls).to.deep.equal({ [own]: false, [reply]: true, [odd]: false });
    expect(await everything()).to.not.match(/555123456|mine/);
    expect(Object.keys(await contentsOf(raw))).to.have.members([reply, other]);
  });

  it('erases what there is where older versions may not be deleted, and says that they are left', async () => {
    const denied = Object.assign(new Error('no'), { name: 'AccessDenied' });
    const versions: ObjectVersions = {
      async deleteVersions(key) {
        throw new StoreError('delete versions of', key, denied);
      },
    };
    expect(await erase(versions)).to.equal(true);
    expect(await everything()).to.not.match(/555123456|mine/);
  });

  it('stops where the store fails for another reason, and does the rest when it is done again', async () => {
    const versions: ObjectVersions = {
      async deleteVersions(key) {
        throw new StoreError('delete versions of', key, new Error('503'));
      },
    };
    expect(await rejection(erase(versions))).to.be.instanceOf(StoreError);
    expect(await everything()).to.match(/555123456/);
    expect(await erase()).to.equal(false);
    expect(await everything()).to.not.match(/555123456|mine/);
  });

  it('skips an object that is gone since the plan was made', async () => {
    const plan = await planErasure(raw, { userId: ana.id, names });
    await raw.deleteObject(own);
    await carryOut(plan, { raw, userId: ana.id, names, folder: folder() });
    expect(await everything()).to.not.match(/555123456|mine/);
  });
});
