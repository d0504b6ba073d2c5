import { parentPort, workerData } from 'node:worker_threads';
import { makeScratchFoldersIn } from '../../base/scratch-folder.ts';
import { runDay } from '../../etl/run-day.ts';
import { openLake } from '../../lake/lake.ts';
import { type DayOrder, type DayReport, type DayThread, reasonOf } from './day-builders.ts';

/*
 * A thread that rebuilds days of a lake in a folder; started by day-builders.ts.
 */
const { lake, scratchFolder } = workerData as DayThread;
makeScratchFoldersIn(scratchFolder);
const { raw, enriched } = openLake(lake);
const report = (message: DayReport) => parentPort?.postMessage(message);

parentPort?.on('message', async ({ day, options }: DayOrder) => {
  try {
    const onUnreadable = (unreadableKey: string) => report({ unreadableKey });
    report({ day, summary: await runDay(day, { raw, enriched, ...options, onUnreadable }) });
  } catch (error) {
    report({ day, reason: reasonOf(error) });
  }
});
