import {
  closeSync,
  existsSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { UsageError } from '../../base/usage-error.ts';

/** The file that `--out` names, once it is known that nothing of the user's is lost there. */
export interface OutFile {
  /** Writes what a command made: text in UTF-8, whole or not at all, readable by its owner only. */
  write(content: string | Uint8Array): void;
}

/** What a command may overwrite: files that it has made itself, as far as their name and beginning show it. */
export interface OwnFiles {
  /** Such as `page of telegram-lake`. */
  readonly name: string;
  readonly includes: (path: string, beginning: string) => boolean;
}

/** Results of queries. A JSON file that does not begin as a list is something else, such as an export. */
export const results: OwnFiles = {
  name: 'result of a query (.csv, .txt, or .json with a list)',
  includes(path, beginning) {
    const ending = extname(path).toLowerCase();
    return ending === '.csv' || ending === '.txt' || (ending === '.json' && beginning.startsWith('['));
  },
};

/**
 * The file that `--out` names. It may be new, empty, or one that `own` includes; nothing else is overwritten.
 *
 * @throws UsageError when it is another file, a folder, one of a lake, or in a folder that is not there
 */
export function outFile(file: string, own: OwnFiles): OutFile {
  if (file.trim() === '') throw new UsageError('--out must name a file');
  const path = realPath(resolve(file));
  if (basename(path) === 'lake.json' || foldersAbove(path).some(isStoreOfALake)) {
    throw new UsageError(
      `${file} is a file of a lake, and would be lost; choose another place for the result`,
    );
  }
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() || /[/\\]$/.test(file)) {
    throw new UsageError(`--out must name a file, and ${file} is a folder`);
  }
  if (!statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`there is no folder ${dirname(file)}; make it first, or choose another --out`);
  }
  // Such as /dev/stdout, which holds nothing that could be lost.
  if (found && !found.isFile()) return { write: (content) => writeFileSync(path, content) };
  if (found && found.size > 0 && !own.includes(path, beginningOf(path))) {
    throw new UsageError(
      `${file} is there already, and is no ${own.name}. It was left as it is: choose another --out, or remove it`,
    );
  }
  return { write: (content) => replace(path, content) };
}

function replace(path: string, content: string | Uint8Array): void {
  const incoming = join(dirname(path), `.${basename(path)}-${process.pid}`);
  try {
    writeFileSync(incoming, content, { mode: 0o600, flag: 'wx' });
    renameSync(incoming, path);
  } finally {
    rmSync(incoming, { force: true });
  }
}

function beginningOf(path: string): string {
  const beginning = Buffer.alloc(256);
  const file = openSync(path, 'r');
  try {
    return beginning.toString('utf8', 0, readSync(file, beginning));
  } finally {
    closeSync(file);
  }
}

/**
 * `raw` and `enriched` of a lake hold the table's name, in which are the days; what lies beside them is the store's
 * own.
 */
function isStoreOfALake(folder: string): boolean {
  if (/^(raw|enriched)$/i.test(basename(folder))) return existsSync(join(folder, 'telegram'));
  return /^\.(metadata|incoming)$/i.test(basename(folder)) && existsSync(join(dirname(folder), 'lake.json'));
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
