import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runCommandLine } from '../../src/cli/command-line.ts';
import { capturedOutput } from './captured-output.ts';
import { withEnvironment } from './environment.ts';

/** What a run of the command line printed, and its exit code. */
export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, in the order in which they were written. */
  readonly output: string;
}

/** The program's file, to run with Node. */
export const telegramLake = fileURLToPath(new URL('../../src/cli/telegram-lake.js', import.meta.url));

/**
 * Runs `telegram-lake` with these arguments in this process: without a terminal, and without the variables of AWS and
 * Telegram that are not named here. A process of its own takes half a second more, so see `runProgram`.
 */
export async function runCli(
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<CliRun> {
  const argv = ['node', 'telegram-lake', ...args];
  const run = () => capturedOutput(() => runCommandLine(argv));
  const { result: code, ...printed } = await withEnvironment(environment, run);
  return { code, ...printed };
}

/** Runs `telegram-lake` with these arguments as a process of its own, as a person would. */
export function runProgram(
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<CliRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [telegramLake, ...args], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const printed = { stdout: '', stderr: '', output: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (chunk) => {
        printed[name] += chunk;
        printed.output += chunk;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...printed }));
  });
}
