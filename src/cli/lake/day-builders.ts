import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { fileSystemProblem } from '../../base/file-system-error.ts';
import { openScratchFolder } from '../../base/scratch-folder.ts';
import type { DaySummary, RunDayOptions } from '../../etl/run-day.ts';

/** How a day is to be rebuilt, whoever does it. */
export type RebuildOptions = Pick<RunDayOptions, 'force' | 'verify'>;

/** What a thread is started with. */
export interface DayThread {
  /** The lake's folder. */
  readonly lake: string;
  readonly scratchFolder: string;
}

/** A day that a thread is to rebuild. */
export interface DayOrder {
  readonly day: string;
  readonly options: RebuildOptions;
}

/** What became of a day, or an object of it that was skipped. */
export type DayReport =
  | { readonly day: string; readonly summary: DaySummary }
  | { readonly day: string; readonly reason: string }
  | { readonly unreadableKey: string };

/** Rebuilds one day at a time, or some of them at once. */
export interface DayBuilder {
  /** @throws Error with the reason, when the day cannot be rebuilt */
  rebuild(day: string, options: RebuildOptions): Promise<DaySummary>;
  close(): Promise<void>;
}

/**
 * One builder for each processor but the first, which is this thread's own: each a thread that rebuilds days of the
 * lake in a folder. Days are independent of one another, and a file is the same whichever thread wrote it.
 *
 * @param onUnreadable - called with each raw object that was skipped
 */
export function dayThreads(folder: string, onUnreadable: (key: string) => void): DayBuilder[] {
  const count = Math.min(availableParallelism(), mostBuilders) - 1;
  return Array.from({ length: count }, () => dayThread(folder, onUnreadable));
}

// Beyond that the disk is what they wait for, and each takes its own memory.
const mostBuilders = 8;

function dayThread(folder: string, onUnreadable: (key: string) => void): DayBuilder {
  // A thread that is ended with the process cannot remove its own scratch folders: they lie in one of this thread.
  const scratch = openScratchFolder();
  const workerData: DayThread = { lake: folder, scratchFolder: scratch.path };
  const worker = new Worker(new URL('./day-worker.ts', import.meta.url), { workerData });
  const waiting = new Map<string, PromiseWithResolvers<DaySummary>>();
  let ended: Error | undefined;
  const end = (error: Error) => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => end(new Error('the thread that rebuilt it ended')));
  worker.on('message', (report: DayReport) => {
    if ('unreadableKey' in report) return onUnreadable(report.unreadableKey);
    const asked = waiting.get(report.day);
    waiting.delete(report.day);
    if ('summary' in report) asked?.resolve(report.summary);
    else asked?.reject(new Error(report.reason));
  });
  return {
    rebuild(day, options) {
      if (ended) return Promise.reject(ended);
      const asked = Promise.withResolvers<DaySummary>();
      waiting.set(day, asked);
      worker.postMessage({ day, options } satisfies DayOrder);
      return asked.promise;
    },
    async close() {
      // What is under way ends first, so that nothing is left half written.
      await Promise.allSettled([...waiting.values()].map(({ promise }) => promise));
      await worker.terminate();
      scratch.remove();
    },
  };
}

/** Why a day could not be rebuilt, in words. */
export function reasonOf(error: unknown): string {
  return fileSystemProblem(error) ?? (error instanceof Error ? error.message : String(error));
}
