import { fileSystemProblem } from '../../base/file-system-error.ts';
import type { Day } from '../../base/local-day.ts';
import { type DaySummary, runDay } from '../../etl/run-day.ts';
import { daysOf, type Lake } from '../../lake/lake.ts';
import { printable } from '../../query/result-format.ts';

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
 * Rebuilds days one after the other, and returns the summary of each as soon as it is done. A day that fails does not
 * stop the others.
 *
 * @throws DaysFailedError at the end, when some of them failed
 */
export async function* rebuildDays(
  { raw, enriched }: Lake,
  days: readonly Day[],
  { force }: { readonly force: boolean },
): AsyncGenerator<DaySummary> {
  const failures = new Map<Day, string>();
  const onUnreadable = (key: string) =>
    console.error(`telegram-lake: skipped the unreadable raw object ${printable(key)}`);
  for (const day of days) {
    let summary: DaySummary;
    try {
      summary = await runDay(day, { raw, enriched, force, verify: true, onUnreadable });
    } catch (error) {
      const reason = fileSystemProblem(error) ?? (error instanceof Error ? error.message : String(error));
      failures.set(day, printable(reason));
      continue;
    }
    yield summary;
  }
  if (failures.size > 0) throw new DaysFailedError(failures);
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
