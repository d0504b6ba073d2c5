import type { Day } from '../../base/local-day.ts';
import { type DaySummary, runDay } from '../../etl/run-day.ts';
import type { Lake } from '../../lake/lake.ts';

/** Brings days up to date one after the other, and gives the summary of each as soon as it is done. */
export async function* rebuildDays(
  { raw, enriched }: Lake,
  days: readonly Day[],
  { force }: { readonly force: boolean },
): AsyncGenerator<DaySummary> {
  for (const day of days) {
    const onUnreadable = (key: string) =>
      console.error(`telegram-lake: skipped the unreadable raw object ${key}`);
    yield await runDay(day, { raw, enriched, force, onUnreadable });
  }
}

/**
 * One day's summary on one line.
 *
 * @example '2026-11-22  rebuilt       171 rows     14.2 kB      38 ms   skipped: 12 not a message, 3 superseded'
 */
export function dayLine({ day, outcome, rows, skipped, sizeBytes, milliseconds }: DaySummary): string {
  const reasons = Object.entries(skipped).map(([reason, count]) => `${count} ${reason}`);
  return [
    day,
    outcome.padEnd(9),
    `${rows.toLocaleString('en')} rows`.padStart(14),
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
