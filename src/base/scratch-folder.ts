import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isGone, ownerName, ownerPattern } from './process-owner.ts';

/** Those in use now. One listener for all: Node warns of more than ten. */
const folders = new Set<string>();
process.on('exit', () => folders.forEach(remove));

/**
 * What `use` gives with an empty folder that nobody else may read, and that is gone afterwards: also when the process
 * exits meanwhile, since people's messages lie in it.
 */
export async function inScratchFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = openScratchFolder();
  try {
    return await use(folder.path);
  } finally {
    folder.remove();
  }
}

/**
 * Makes this thread's scratch folders in a folder of the thread that started it: one that is ended with the process
 * removes nothing itself.
 */
export function makeScratchFoldersIn(folder: string): void {
  scratchRoot = folder;
}

let scratchRoot: string | undefined;

/** A scratch folder that is in use until it is removed, at the latest when the process exits. */
export function openScratchFolder(): { readonly path: string; remove(): void } {
  sweepScratchFolders();
  const path = mkdtempSync(join(scratchRoot ?? tmpdir(), `${prefix}${ownerName()}-`));
  folders.add(path);
  return {
    path,
    remove() {
      folders.delete(path);
      remove(path);
    },
  };
}

/**
 * Removes the scratch folders of processes that ended without doing it: killed, or with the machine. Never one of a
 * process that runs, nor what another user made. Once a process is enough.
 *
 * @param isAlone - whether no other process of this program can be at work, so that all folders but its own are left over
 */
export function sweepScratchFolders({ isAlone = false } = {}): void {
  if (isSwept && !isAlone) return;
  isSwept = true;
  for (const name of namesIn(tmpdir())) {
    const owner = scratchName.exec(name)?.[1];
    const folder = join(tmpdir(), name);
    const isLeft = owner !== undefined && (isAlone ? owner !== ownerName() : isGone(owner));
    if (!isLeft || !isOwn(folder)) continue;
    try {
      remove(folder);
    } catch {
      // Another process removes it at this moment, or the disk cannot be written. The next start tries again.
    }
  }
}

let isSwept = false;

const prefix = 'telegram-lake-';
const scratchName = new RegExp(`^${prefix}(${ownerPattern.source})-[^-]+$`);

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/**
 * Whether it is a folder of this user: where temporary files are shared, others may make folders and links of any name.
 */
function isOwn(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === (process.getuid?.() ?? found.uid);
}
