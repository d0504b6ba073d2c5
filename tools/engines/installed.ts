import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Where engines are installed, for every clone on this machine: `TELEGRAM_LAKE_CACHE`, or ~/.cache/telegram-lake. */
export const cacheFolder =
  process.env.TELEGRAM_LAKE_CACHE ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'telegram-lake');

/** This machine lacks a program that an engine needs. One line says which, and where it comes from. */
export class MissingToolError extends Error {
  override readonly name = 'MissingToolError';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    // The place in the code is of no use to who has to install something.
    this.stack = `${this.name}: ${message}`;
  }
}

/**
 * The folder of an engine, which `install` fills the first time.
 *
 * The folder appears whole or not at all, so an installation that was interrupted is repeated, and two at once do no
 * harm.
 *
 * @param name - of the engine with all that its files depend on, such as `trino-476`
 * @param install - fills the empty folder it is given; that folder is moved afterwards
 */
export async function installed(name: string, install: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cacheFolder, name);
  if (existsSync(folder)) return folder;
  await mkdir(cacheFolder, { recursive: true });
  const draft = await mkdtemp(join(cacheFolder, `.${name}-`));
  console.error(`installing ${name} in ${folder} …`);
  const start = performance.now();
  try {
    await install(draft);
    await rename(draft, folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  console.error(`installed ${name} (${Math.round((performance.now() - start) / 1000)} s)`);
  return folder;
}

/**
 * Runs an installer to its end.
 *
 * @throws Error when it fails, with the end of what it said
 */
export async function runInstaller(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk).slice(-4_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${command} ${args.join(' ')}: exit code ${code}\n${output.trim()}`);
}

/**
 * What a program prints to stdout and stderr.
 *
 * @returns undefined when there is no such program, or it fails
 */
export async function printed(command: string, ...args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await promisify(execFile)(command, args, { timeout: 20_000 });
    return stdout + stderr;
  } catch {
    return undefined;
  }
}

/**
 * The Python of this machine, as `python3.11`.
 *
 * @throws MissingToolError when there is none, or an old one
 */
export async function python(): Promise<{ readonly command: string; readonly version: string }> {
  const command = process.env.PYTHON ?? 'python3';
  const version = /Python (3\.(\d+))/.exec((await printed(command, '--version')) ?? '');
  if (!version || Number(version[2]) < 10) {
    throw new MissingToolError('Python 3.10 or newer with pip is needed, as python3 (or name it in PYTHON)');
  }
  return { command, version: version[1] ?? '' };
}
