import type { Day } from '../../base/local-day.ts';
import type { DaySummary } from '../../etl/run-day.ts';
import type { Lake } from '../../lake/lake.ts';
import { dayOfPrefix } from '../../lake/object-keys.ts';
import { DaysFailedError, rebuildDays } from '../lake/rebuild-days.ts';

/** Rebuilds days of a lake as their raw objects change. */
export interface DayWatch {
  /** Notes that this raw object is new. Its day is rebuilt a moment later, once for all that came until then. */
  changed(rawKey: string): void;
  /** Until this, changes are only noted. */
  begin(): void;
  /** Rebuilds what is still due, and nothing after that. */
  stop(): Promise<void>;
}

const settleMilliseconds = 300;

/** A watch over a lake that calls `onRebuilt` for each day it rebuilt. */
export function watchDays(
  lake: Lake,
  onRebuilt: (summary: DaySummary) => void,
  onFailure: (error: unknown) => void,
): DayWatch {
  const due = new Set<Day>();
  let begun = false;
  let timer: NodeJS.Timeout | undefined;
  let rebuilding: Promise<void> = Promise.resolve();

  async function rebuild(): Promise<void> {
    const days = [...due].sort();
    due.clear();
    try {
      for await (const summary of rebuildDays(lake, days, { force: false })) onRebuilt(summary);
    } catch (error) {
      // All others were rebuilt.
      for (const day of error instanceof DaysFailedError ? error.days : days) due.add(day);
      onFailure(error);
    }
  }

  function schedule(): void {
    if (!begun || timer || due.size === 0) return;
    timer = setTimeout(() => {
      timer = undefined;
      // One after the other: a day must not be built twice at the same time.
      rebuilding = rebuilding.then(rebuild);
    }, settleMilliseconds);
  }

  return {
    changed(rawKey) {
      const day = dayOfPrefix(rawKey.slice(0, rawKey.lastIndexOf('/') + 1));
      if (day) due.add(day);
      schedule();
    },
    begin() {
      begun = true;
      schedule();
    },
    async stop() {
      clearTimeout(timer);
      begun = false;
      await rebuilding;
      await rebuild();
    },
  };
}
