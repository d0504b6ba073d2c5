import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A control group of Linux, that limits the memory of its processes together: the kernel ends them instead. */
export interface MemoryLimit {
  /** What to put before a command to run it in the group. */
  readonly within: readonly string[];
  remove(): void;
}

// The limit's file, in the second version of control groups and in the first.
const versions = [
  { root: '/sys/fs/cgroup', controller: 'cgroup.controllers', file: 'memory.max' },
  { root: '/sys/fs/cgroup/memory', controller: 'memory.limit_in_bytes', file: 'memory.limit_in_bytes' },
];

/** @returns undefined where this system, or this user, cannot make a control group */
export function memoryLimit(bytes: number): MemoryLimit | undefined {
  const version = versions.find(({ root, controller }) => existsSync(join(root, controller)));
  if (!version) return undefined;
  const folder = join(version.root, `telegram-lake-${process.pid}`);
  try {
    mkdirSync(folder);
    writeFileSync(join(folder, version.file), String(bytes));
  } catch {
    return undefined;
  }
  // A process that enters the group stays in it, with all that it becomes.
  return {
    within: ['sh', '-c', `echo $$ > ${join(folder, 'cgroup.procs')} && exec "$@"`, 'sh'],
    remove: () => rmdirSync(folder),
  };
}
