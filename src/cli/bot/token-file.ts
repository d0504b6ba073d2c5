import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileSystemProblem } from '../../base/file-system-error.ts';
import { SettingsError } from '../../base/settings-error.ts';
import { configFolder, parseBotToken } from '../settings.ts';

/** Where `setup` stores the token when asked to. */
export const tokenFile = (): string => join(configFolder(), 'bot-token');

/**
 * The bot token in a file that only its owner can read; undefined where there is no file.
 *
 * @throws SettingsError when others can read it, or it holds no token
 */
export function readTokenFile(
  path: string,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return undefined;
  if (!found.isFile()) throw new SettingsError(path, 'must be a file with the bot token');
  // Windows has no such bits; there the folder of the user is what protects it.
  const shared = found.mode & 0o077;
  if (shared !== 0 && platform !== 'win32') {
    const mode = (found.mode & 0o777).toString(8);
    throw new SettingsError(
      path,
      `can be read by others (mode ${mode}), and the bot token in it is a password: chmod 600 ${path}`,
    );
  }
  try {
    return parseBotToken(readFileSync(path, 'utf8').trim(), path);
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    throw new SettingsError(path, `cannot be read: ${fileSystemProblem(error) ?? 'unknown reason'}`);
  }
}

/** Stores a token so that only its owner can read it, in place of an earlier one. */
export function storeToken(token: string, path = tokenFile()): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const incoming = `${path}-${process.pid}`;
  try {
    writeFileSync(incoming, `${token}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(incoming, path);
  } finally {
    rmSync(incoming, { force: true });
  }
}
