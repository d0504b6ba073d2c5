import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { textOf } from '../../src/base/lines.ts';
import { carryOut } from '../../src/erasure/carry-out.ts';
import { planErasure } from '../../src/erasure/plan-erasure.ts';
import { importLine } from '../../src/lake/import-line.ts';
import { writeImportObject } from '../../src/lake/import-object.ts';
import { importKey, quarantineKey, rawKey } from '../../src/lake/object-keys.ts';
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

  const line = (id: number, from: object) => {
    const payload = {
      message_id: id,
      date: date + id,
      chat: { id: -1001234567890 },
      from,
      text: `text ${id}`,
    };
    return importLine(
      { updateId: null, kind: 'message', payload, second: `2026112212000${id}` },
      `{"id":${id},"type":"message"}`,
    );
  };
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

  it('erases from an import object as another import has just written it, and loses nothing of that', async () => {
    const key = importKey('2026-11-22', -1001234567890);
    const write = async (store: MemoryStore, ids: readonly number[]) => {
      const path = join(folder(), 'written');
      await writeImportObject(textOf(ids.map((id) => line(id, id % 2 === 0 ? ana : { id: 77 }))), path);
      await store.putObject(key, { path });
    };
    await write(raw, [1, 2]);
    const plan = await planErasure(raw, { userId: ana.id, names });
    let isWritten = false;
    const racing = Object.assign(Object.create(raw) as MemoryStore, {
      async getObject(of: string) {
        const body = await raw.getObject(of);
        if (of === key && !isWritten) {
          isWritten = true;
          await write(raw, [1, 2, 3, 4]);
        }
        return body;
      },
      putObject: raw.putObject.bind(raw),
      headObject: raw.headObject.bind(raw),
      deleteObject: raw.deleteObject.bind(raw),
    });
    await carryOut(plan, { raw: racing, userId: ana.id, names, folder: folder() });
    const left = gunzipSync(await raw.getObject(key)).toString();
    expect(left.match(/text \d/g)?.filter((text, index, all) => all.indexOf(text) === index)).to.deep.equal([
      'text 1',
      'text 3',
    ]);
  });

  it('looks once more at what an import has written since the plan, and at nothing else', async () => {
    const key = importKey('2026-11-22', -1001234567890);
    const plan = await planErasure(raw, { userId: ana.id, names });
    expect((await planErasure(raw, { userId: ana.id, names, since: plan })).changes).to.deep.equal([]);
    const path = join(folder(), 'written');
    await writeImportObject(textOf([line(1, ana)]), path);
    await raw.putObject(key, { path });
    const late = await planErasure(raw, { userId: ana.id, names, since: plan });
    expect(late.changes).to.deep.equal([{ key, day: '2026-11-22' }]);
    expect((await planErasure(raw, { userId: ana.id, names, since: late })).changes).to.deep.equal([]);
  });
});
