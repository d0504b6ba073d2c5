import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { promisify } from 'node:util';

/** What a process took for its work. */
export interface Measured {
  readonly seconds: number;
  /** Processor time of all of its threads. */
  readonly cpuSeconds: number;
  /** The most memory that it held at a time, itself included. */
  readonly peakBytes: number;
}

/** Does the work of a process that `measureProcess` started, and reports what that took, and the result. */
export async function tellMeasured(work: () => Promise<object>): Promise<void> {
  const [startedAt, startedCpu] = [performance.now(), process.cpuUsage()];
  const outcome = await work();
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(startedCpu);
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  console.log(JSON.stringify({ ...outcome, seconds, cpuSeconds: (user + system) / 1e6, peakBytes }));
}

/** Runs `telegram-lake` in this process. What it prints goes to stderr: stdout is for the figures. */
export async function telegramLake(...parameters: readonly string[]): Promise<void> {
  // Only here, so that what does not need it begins as small as Node is.
  const { runCommandLine } = await import('../src/cli/command-line.ts');
  const { log } = console;
  console.log = console.error;
  const exitCode = await runCommandLine(['node', 'telegram-lake', ...parameters]);
  if (exitCode !== 0) process.exit(exitCode);
  console.log = log;
}

/** The flags that the command line has Node run it with, in its first line. */
export function commandLineFlags(): string[] {
  const program = readFileSync(new URL('../src/cli/telegram-lake.js', import.meta.url), 'utf8');
  return program.split('\n', 1)[0]?.match(/--\S+/g) ?? [];
}

export interface ProcessOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Flags of Node itself. */
  readonly flags?: readonly string[];
  /** What starts it: a program that runs its parameters as a command. */
  readonly within?: readonly string[];
  /** It may use them all. */
  readonly onAllProcessors?: boolean;
}

/**
 * Runs a program by this Node, on the first processor alone, and gives what it told by `tellMeasured`: so it has what a
 * Lambda function of 1,769 MB has, and what serves it has the other processor.
 */
export async function measureProcess<Outcome>(
  program: readonly string[],
  { environment, flags = [], within = [], onAllProcessors = false }: ProcessOptions = {},
): Promise<Measured & Outcome> {
  const [command = '', ...parameters] = [
    ...within,
    ...(onAllProcessors ? [] : onProcessor(0)),
    process.execPath,
    ...flags,
    ...program,
  ];
  const { stdout } = await promisify(execFile)(command, parameters, {
    env: { ...process.env, ...environment },
  });
  return JSON.parse(stdout) as Measured & Outcome;
}

/** A line that says where a table was measured. */
export function machine(): string {
  return `Node ${process.versions.node}, ${availableParallelism()} × ${cpus()[0]?.model.trim()}, ${new Date().toISOString().slice(0, 10)}`;
}

const canPin = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0;

/** What to put before a command to keep it on one processor; nothing where the system cannot. */
export function onProcessor(processor: number): readonly string[] {
  return canPin ? ['taskset', '--cpu-list', String(processor)] : [];
}

/** Moves a running process, with all of its threads, to one processor; does nothing where the system cannot. */
export function moveToProcessor(processor: number, pid: number): void {
  if (!canPin) return;
  const parameters = ['--all-tasks', '--cpu-list', '--pid', String(processor), String(pid)];
  execFileSync('taskset', parameters, { stdio: 'ignore' });
}

/** The middle one, once they are sorted. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
