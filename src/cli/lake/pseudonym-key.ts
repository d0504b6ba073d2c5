import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configFolder } from '../settings.ts';

const keyBytes = 32;

/**
 * The key that this machine gives people their pseudonyms by: random, made at the first use, readable by its owner
 * alone.
 *
 * It lies in the user's own folder and not beside the lake, because a lake is copied and shared.
 *
 * @throws Error when the file there is no such key
 */
export function pseudonymKey(folder = configFolder()): Uint8Array {
  const path = join(folder, 'pseudonyms.key');
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, randomBytes(keyBytes), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const key = readFileSync(path);
  if (key.length !== keyBytes)
    throw new Error(`${path} is no key of ${keyBytes} bytes; delete it for a new one`);
  return key;
}
