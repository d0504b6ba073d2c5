import { readAhead } from '../../base/async/read-ahead.ts';
import type { Day } from '../../base/local-day.ts';
import type { DaySummary } from '../../etl/run-day.ts';
import { daysOf, type Lake, type LocalLake } from '../../lake/lake.ts';
import { printable } from '../../query/result-format.ts';
import { type DayBuilder, dayThreads, reasonOf } from './day-builders.ts';

/** Some days could not be rebuilt; all others were. The message names each of them with its reason. */
export class DaysFailedError extends Error {
  override readonly name = 'DaysFailedError';
  readonly days: readonly Day[];

  constructor(failures: ReadonlyMap<Day, string>) {
    const shown = [...failures].slice(0, 5).map(([day, reason]) => `${day}: ${reason}`);
    const more = failures.size > shown.length ? [`and ${failures.size - shown.length} more`] : [];
    const what =
      failures.size === 1
        ? '1 day could not be rebuilt, and keeps the file it had'
        : `${failures.size} days could not be rebuilt, and keep the files they had`;
    super(`${what}; all others are fine. ${[...shown, ...more].join('; ')}`);
    this.days = [...failures.keys()];
  }
}

/**
 * Rebuilds days, some at once, and returns their summaries in the order of the days. A day that fails does not stop the
 * others. Many days of a lake in a folder are shared among all processors.
 *
 * @param verify - whether files that are fresh are read, too, and rebuilt where the disk has damaged them
 * @throws DaysFailedError at the end, when some of them failed
 */
export async function* rebuildDays(
  lake: Lake | LocalLake,
  days: readonly Day[],
  { force, verify = true }: { readonly force: boolean; readonly verify?: boolean },
): AsyncGenerator<DaySummary> {
  const failures = new Map<Day, string>();
  const builders = [buildersHere(lake)];
  if ('folder' in lake && days.length >= daysWorthThreads) builders.push(...dayThreads(lake.folder, warnOf));
  let next = 0;
  const rebuild = async (day: Day) => {
    const builder = builders[next++ % builders.length] as DayBuilder;
    try {
      return await builder.rebuild(day, { force, verify });
    } catch (error) {
      return { day, reason: printable(reasonOf(error)) };
    }
  };
  try {
    for await (const result of readAhead(days, rebuild, daysAtOnce * builders.length)) {
      if ('reason' in result) failures.set(result.day, result.reason);
      else yield result;
    }
  } finally {
    await Promise.all(builders.map((builder) => builder.close()));
  }
  if (failures.size > 0) throw new DaysFailedError(failures);
}

/** While one day waits for the disk another one computes. More of them take more memory where days are large. */
const daysAtOnce = 3;

/** A thread takes a fifth of a second to begin, in which some twenty small days are rebuilt. */
const daysWorthThreads = 64;

function buildersHere({ raw, enriched }: Lake): DayBuilder {
  return {
    async rebuild(day, options) {
      // Only here: the Parquet library is a third of what other commands would load, and not use.
      const { runDay } = await import('../../etl/run-day.ts');
      return runDay(day, { raw, enriched, ...options, onUnreadable: warnOf });
    },
    close: async () => {},
  };
}

function warnOf(key: string): void {
  console.error(`telegram-lake: skipped the unreadable raw object ${printable(key)}`);
}

/**
 * Rebuilds every day of a lake before a program that goes on listening. Days that fail are named on stderr: a group
 * must not stay unheard because of one of them.
 */
export async function rebuildAllDays(lake: Lake, onSummary: (summary: DaySummary) => void): Promise<void> {
  try {
    for await (const summary of rebuildDays(lake, await daysOf(lake), { force: false })) onSummary(summary);
  } catch (error) {
    if (!(error instanceof DaysFailedError)) throw error;
    console.error(`telegram-lake: ${error.message}`);
  }
}

/**
 * One day's summary on one line.
 *
 * @example '2026-11-22 rebuilt         171 rows      12 events      14.2 kB      38 ms   skipped: 3 superseded'
 */
export function dayLine({
  day,
  outcome,
  rows,
  events = 0,
  skipped,
  sizeBytes,
  milliseconds,
}: DaySummary): string {
  const reasons = Object.entries(skipped).map(([reason, count]) => `${count} ${reason}`);
  return [
    day,
    outcome.padEnd(9),
    `${rows.toLocaleString('en')} rows`.padStart(14),
    `${events.toLocaleString('en')} events`.padStart(14),
    kilobytes(sizeBytes).padStart(12),
    `${milliseconds.toLocaleString('en')} ms`.padStart(10),
    reasons.length > 0 ? `  skipped: ${reasons.join(', ')}` : '',
  ]
    .join(' ')
    .trimEnd();
}

function kilobytes(bytes: number): string {
  const options = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return `${(bytes / 1000).toLocaleString('en', options)} kB`;
}
