import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Those in use now. One listener for all: Node warns of more than ten. */
const folders = new Set<string>();
process.on('exit', () => folders.forEach(remove));

/**
 * What `use` gives with an empty folder, which is gone afterwards: also when the process exits meanwhile, since people's
 * messages lie in it.
 */
export async function inScratchFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'telegram-lake-'));
  folders.add(folder);
  try {
    return await use(folder);
  } finally {
    folders.delete(folder);
    remove(folder);
  }
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
