import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderStore } from '../../src/storage/folder-store.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { objectStoreContract } from './object-store-contract.ts';

objectStoreContract('memory', async () => new MemoryStore());

describe('', () => {
  const lakes: string[] = [];
  after(() => Promise.all(lakes.map((lake) => rm(lake, { recursive: true, force: true }))));

  objectStoreContract('folder', async () => {
    const lake = await mkdtemp(join(tmpdir(), 'telegram-lake-'));
    lakes.push(lake);
    return folderStore(lake, 'raw');
  });
});
