import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { SavedQuery } from './query-catalog.ts';
import { SavedQueryError } from './query-catalog.ts';

/** The saved queries that a lake's owner keeps in its folder. */
export interface OwnQueries {
  readonly queries: readonly SavedQuery[];
  /** What is wrong with the other files, one sentence each. */
  readonly faults: readonly string[];
}

/**
 * The `.sql` files of a folder that need not exist: each a query by its file's name, or a fault. A file needs no
 * header; its description is the line `-- description: …`, else its first comment.
 *
 * @param taken - names that the project's saved queries have
 */
export function ownQueries(folder: string, taken: readonly string[]): OwnQueries {
  const queries: SavedQuery[] = [];
  const faults: string[] = [];
  for (const file of sqlFiles(folder)) {
    try {
      const query = ownQuery(file, readFileSync(join(folder, file)));
      if (taken.includes(query.file)) {
        throw new SavedQueryError(`${file}: the project has a saved query of this name; rename the file`);
      }
      queries.push(query);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      faults.push(error instanceof SavedQueryError ? error.message : `${file}: cannot be read (${code})`);
    }
  }
  return { queries, faults };
}

function sqlFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => /^[^.].*\.sql$/i.test(file))
      .sort();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}

function ownQuery(fileName: string, bytes: Buffer): SavedQuery {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\r\n', '\n');
  } catch {
    throw new SavedQueryError(`${fileName}: is not UTF-8; save it again in this encoding`);
  }
  const file = basename(fileName).replace(/\.sql$/i, '');
  const sql = text.trim().replace(/;\s*$/, '');
  if (!sql.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//g, '').trim()) {
    throw new SavedQueryError(`${fileName}: has no SQL`);
  }
  const comments = text.split('\n').filter((line) => line.startsWith('--'));
  const named = comments.map((line) => /^-- description: (.+)$/.exec(line)?.[1]).find(Boolean);
  const description = named ?? comments[0]?.replace(/^--\s*(name:)?\s*/, '') ?? '';
  return { file, name: file, description, sql };
}
