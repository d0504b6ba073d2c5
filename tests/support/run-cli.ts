import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a run of the command line printed, and its exit code. */
export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program's file, to run with Node. */
export const telegramLake = fileURLToPath(new URL('../../src/cli/telegram-lake.js', import.meta.url));

/** Runs `telegram-lake` with these arguments as a process of its own, as a person would. */
export function runCli(args: readonly string[], environment: Record<string, string> = {}): Promise<CliRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [telegramLake, ...args], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
