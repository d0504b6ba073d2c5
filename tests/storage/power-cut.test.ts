import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { basename, join, relative } from 'node:path';
import { expect } from 'chai';
import sinon from 'sinon';
import { folderStore } from '../../src/storage/folder-store.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('a folder store whose machine loses power', () => {
  const folder = temporaryFolder();
  let calls: string[];

  before(function () {
    // Windows keeps names in a journal of its own, and opens no folders.
    if (process.platform === 'win32') this.skip();
  });

  /** Notes what is written through to the disk, and what gets its name, in order. */
  beforeEach(() => {
    calls = [];
    const { open, rename, mkdir } = fs;
    const name = (path: string) => relative(folder(), path) || '.';
    sinon.replace(fs, 'open', async (...args: Parameters<typeof open>) => {
      const handle = await open(...args);
      for (const method of ['sync', 'datasync'] as const) {
        const call = handle[method].bind(handle);
        handle[method] = async () => {
          await call();
          const path = name(String(args[0]));
          calls.push(path.startsWith('.incoming/') ? 'through: the new file' : `through: ${path}`);
        };
      }
      return handle;
    });
    sinon.replace(fs, 'rename', async (from, to) => {
      await rename(from, to);
      calls.push(`named: ${name(String(to))}`);
    });
    sinon.replace(fs, 'mkdir', (async (path: string, options: object) => {
      const first = await mkdir(path, options);
      if (first !== undefined && basename(path) !== '.incoming') calls.push(`made: ${name(path)}`);
      return first;
    }) as typeof mkdir);
    syncBuiltinESMExports();
  });
  afterEach(() => {
    sinon.restore();
    syncBuiltinESMExports();
  });

  it('has written bytes, name and new folders through before it says that an object is stored', async () => {
    const store = folderStore(folder(), 'raw');
    await fs.mkdir(join(folder(), '.incoming'));
    await store.putObject('telegram/day/1.json', Buffer.from('{}'));
    expect(calls).to.deep.equal([
      'made: raw/telegram/day',
      'through: raw/telegram',
      'through: raw',
      'through: .',
      'through: the new file',
      'named: raw/telegram/day/1.json',
      'through: raw/telegram/day',
    ]);
    calls = [];
    await store.putObject('telegram/day/1.json', Buffer.from('{"other":1}'));
    expect(calls).to.deep.equal([
      'through: the new file',
      'named: raw/telegram/day/1.json',
      'through: raw/telegram/day',
    ]);
  });

  it('has its metadata before the object has its name', async () => {
    const store = folderStore(folder(), 'enriched');
    await store.putObject('a/messages.parquet', Buffer.from('PAR1'), { metadata: { fingerprint: 'x' } });
    const note = '.metadata/enriched/a/messages.parquet';
    const isNamed = (call: string, folder: string) => call.startsWith(`named: ${folder}/`);
    const noteNamed = calls.findIndex((call) => isNamed(call, note));
    const noteThrough = calls.indexOf(`through: ${note}`);
    const named = calls.findIndex((call) => isNamed(call, 'enriched/a'));
    expect([noteNamed, noteThrough, named, calls.indexOf('through: enriched/a')]).to.satisfy((at: number[]) =>
      at.every((place, index) => place > (at[index - 1] ?? -1)),
    );
  });
});
