import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { ownerName } from '../../src/base/process-owner.ts';
import { folderStore } from '../../src/storage/folder-store.ts';
import { type ObjectStore, StoreError } from '../../src/storage/object-store.ts';
import { contentsOf } from '../support/contents.ts';
import { rejection } from '../support/rejection.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('folder store', () => {
  const folder = temporaryFolder();
  let store: ObjectStore;
  beforeEach(() => {
    store = folderStore(folder(), 'raw');
  });

  it('passes over what file browsers leave behind, and folders that hold nothing else', async () => {
    await store.putObject('telegram/context_date=2026-11-22/1.json', Buffer.from('{}'));
    const days = join(folder(), 'raw', 'telegram');
    await mkdir(join(days, 'context_date=2026-11-23', '.Spotlight-V100'), { recursive: true });
    for (const path of [
      '.DS_Store',
      'context_date=2026-11-22/.DS_Store',
      'context_date=2026-11-23/._1.json',
    ]) {
      await writeFile(join(days, path), 'x');
    }
    await writeFile(join(days, 'context_date=2026-11-23', '.Spotlight-V100', 'x'), 'x');
    expect(Object.keys(await contentsOf(store))).to.deep.equal(['telegram/context_date=2026-11-22/1.json']);
    expect(await Array.fromAsync(store.listFolders('telegram/'))).to.deep.equal([
      'telegram/context_date=2026-11-22/',
    ]);
  });

  it('removes what was being written when a process was killed, and nothing that still is', async () => {
    const incoming = join(folder(), '.incoming');
    await mkdir(incoming);
    const [machine] = ownerName().split('_');
    const underWay = [`${ownerName()}-under-way`, '00000000_999999999_1-of-another-machine', 'under-way'];
    const abandoned = ['abandoned', `${machine}_999999999_1-of-a-killed-process`];
    for (const name of [...underWay, ...abandoned]) await writeFile(join(incoming, name), 'x');
    const yesterday = Date.now() / 1000 - 86_400;
    await utimes(join(incoming, 'abandoned'), yesterday, yesterday);
    await store.putObject('a/b', Buffer.from('x'));
    expect(await readdir(incoming)).to.have.members(underWay);
  });

  for (const key of ['', '/a', 'a//b', 'a/', '.', '../a', 'a/../../b', '.hidden', 'a/.b', 'a\0b']) {
    it(`leaves its folder by no key: ${JSON.stringify(key)}`, async () => {
      const rejected = [
        store.putObject(key, Buffer.from('x')),
        store.getObject(key),
        store.headObject(key),
        store.deleteObject(key),
      ];
      for (const each of rejected) expect(await rejection(each)).to.be.instanceOf(StoreError);
    });
  }
});
