import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** How `ownerName` looks, to be found in a longer name. */
export const ownerPattern = /[0-9a-f]{8}_\d+_\d+/;

/**
 * A name of this process that no later process has: of the machine, the process id and the moment it started.
 *
 * What a process makes for itself alone carries it, so that a later process can see whether it is still in use.
 *
 * @example '3fa91c02_4711_88123456'
 */
export function ownerName(): string {
  own ??= `${machine()}_${process.pid}_${startOf(process.pid) ?? 0}`;
  return own;
}

let own: string | undefined;

/**
 * Whether the process of this name has ended. False where it is unknown here: it ran on another machine, or in a
 * container of its own.
 */
export function isGone(owner: string): boolean {
  const [host, id, start] = owner.split('_');
  if (host !== machine()) return false;
  const pid = Number(id);
  if (!isRunning(pid)) return true;
  const runningSince = startOf(pid);
  // Process ids are used again.
  return start !== '0' && runningSince !== undefined && runningSince !== start;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Process ids say something on this machine alone, and on Linux in this namespace alone. */
function machine(): string {
  const space = orUndefined(() => readlinkSync('/proc/self/ns/pid')) ?? '';
  return createHash('sha256').update(`${hostname()} ${space}`).digest('hex').slice(0, 8);
}

/**
 * When a process started, in ticks since the machine did. Undefined where the system has no /proc.
 *
 * @see proc_pid_stat(5): field 22; the second is a name in parentheses, which may hold spaces
 */
function startOf(pid: number): string | undefined {
  const stat = orUndefined(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function orUndefined(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
