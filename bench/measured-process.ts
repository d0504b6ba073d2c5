import { execFile, execFileSync, spawnSync } from 'node:child_process';
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

/** Does the work of a process that `measureProcess` started, and tells it what that took, and what came of it. */
export async function tellMeasured(work: () => Promise<object>): Promise<void> {
  const [startedAt, startedCpu] = [performance.now(), process.cpuUsage()];
  const outcome = await work();
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(startedCpu);
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  console.log(JSON.stringify({ ...outcome, seconds, cpuSeconds: (user + system) / 1e6, peakBytes }));
}

export interface ProcessOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Flags of Node itself. */
  readonly flags?: readonly string[];
  /** What starts it: a program that runs its parameters as a command. */
  readonly within?: readonly string[];
}

/**
 * Runs a program by this Node, on the first processor alone, and gives what it told by `tellMeasured`: so it has what a
 * Lambda function of 1,769 MB has, and what serves it has the other processor.
 */
export async function measureProcess<Outcome>(
  program: readonly string[],
  { environment, flags = [], within = [] }: ProcessOptions = {},
): Promise<Measured & Outcome> {
  const [command = '', ...parameters] = [
    ...within,
    ...onProcessor(0),
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
