import { existsSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../../base/usage-error.ts';

/**
 * Writes what a command made into the file that `--out` names: in UTF-8 on every system, readable by its owner only.
 *
 * @throws UsageError when the file belongs to a lake
 * @throws Error when it cannot be written, with the reason in words
 */
export function writeOutFile(file: string, text: string): void {
  assertNoFileOfALake(file);
  try {
    writeFileSync(file, text, { mode: 0o600 });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new Error(`cannot write ${file}: ${reasons[code] ?? code}`, { cause: error });
  }
}

/**
 * Refuses a place where a lake keeps its own files: a result there would replace messages, or be read as some.
 *
 * @throws UsageError
 */
export function assertNoFileOfALake(file: string): void {
  const path = realPath(resolve(file));
  const isNote = basename(path) === 'lake.json';
  if (!isNote && !foldersAbove(path).some(isStoreOfALake)) return;
  throw new UsageError(`${file} is a file of a lake, and would be lost; choose another place for the result`);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'a part of its path is a file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
};

/** `raw` and `enriched` of a lake hold the table's name, in which are the days. */
function isStoreOfALake(folder: string): boolean {
  return /^(raw|enriched)$/i.test(basename(folder)) && existsSync(join(folder, 'telegram'));
}

function foldersAbove(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [parent, ...foldersAbove(parent)];
}

/** Where links lead, also for a file that is not there yet. */
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const parent = dirname(path);
  return parent === path ? path : join(realPath(parent), basename(path));
}
