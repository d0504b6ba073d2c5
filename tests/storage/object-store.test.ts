import { join } from 'node:path';
import { folderStore } from '../../src/storage/folder-store.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { suiteFolder } from '../support/temporary-folder.ts';
import { objectStoreContract } from './object-store-contract.ts';

objectStoreContract('memory', async () => new MemoryStore());

describe('', () => {
  const folder = suiteFolder();
  let lakes = 0;
  objectStoreContract('folder', async () => folderStore(join(folder(), String(++lakes)), 'raw'));
});
