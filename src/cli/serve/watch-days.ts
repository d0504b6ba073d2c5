import type { Day } from '../../base/local-day.ts';
import type { DaySummary } from '../../etl/run-day.ts';
import type { Lake } from '../../lake/lake.ts';
import { dayOfPrefix } from '../../lake/object-keys.ts';
import { DaysFailedError, rebuildDays } from '../lake/rebuild-days.ts';
import type { LargeDays } from './large-days.ts';

/** Rebuilds days of a lake as their raw objects change. */
export interface DayWatch {
  /** Notes that this raw object is new. Its day is rebuilt a moment later, once for all that came meanwhile. */
  changed(rawKey: string): void;
  /** Until this, changes are only noted. */
  begin(): void;
  /** Rebuilds what is still due, and no more after that. */
  stop(): Promise<void>;
}

export interface DayWatchOptions {
  /** Called with each day that was rebuilt. */
  readonly onRebuilt: (summary: DaySummary) => void;
  readonly onFailure: (error: unknown) => void;
  /** Takes the changes of days that are too large to be rebuilt for each message. */
  readonly large?: LargeDays;
}

const settleMilliseconds = 300;

/** A watch over the days of a lake. */
export function watchDays(lake: Lake, { onRebuilt, onFailure, large }: DayWatchOptions): DayWatch {
  const due = new Map<Day, Set<string>>();
  let begun = false;
  let timer: NodeJS.Timeout | undefined;
  let rebuilding: Promise<void> = Promise.resolve();

  async function rebuild(): Promise<void> {
    const changed = [...due].sort();
    due.clear();
    const small = changed.filter(([day]) => !large?.isLarge(day));
    for (const [day, keys] of changed) {
      if (!large?.isLarge(day)) continue;
      try {
        await large.add(day, [...keys]);
      } catch (error) {
        again([day, keys]);
        onFailure(error);
      }
    }
    try {
      for await (const summary of rebuildDays(
        lake,
        small.map(([day]) => day),
        { force: false },
      )) {
        large?.note(summary);
        onRebuilt(summary);
      }
    } catch (error) {
      // All others were rebuilt.
      for (const one of small)
        if (!(error instanceof DaysFailedError) || error.days.includes(one[0])) again(one);
      onFailure(error);
    }
  }

  function again([day, keys]: [Day, ReadonlySet<string>]): void {
    due.set(day, new Set([...keys, ...(due.get(day) ?? [])]));
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
      if (day) again([day, new Set([rawKey])]);
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
      await large?.stop();
    },
  };
}
