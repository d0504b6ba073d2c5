import { counted } from '../../base/format.ts';
import type { DaySummary } from '../../etl/run-day.ts';
import type { LocalLake } from '../../lake/lake.ts';
import { printable } from '../../query/result-format.ts';
import { dayLine } from '../lake/rebuild-days.ts';
import { type LargeDays, largeDays } from './large-days.ts';
import { type LivePage, livePage } from './live-page.ts';
import { type DayWatch, watchDays } from './watch-days.ts';

/** A lake while updates come: its days follow them, and its page follows the days. */
export interface ServedLake {
  readonly days: DayWatch;
  readonly page: LivePage;
  /** To be called with each day's summary before `days.begin()`: how large days are is known from it. */
  readonly note: LargeDays['note'];
}

/**
 * Serves a lake. Rebuilt days are printed, failures go to stderr.
 *
 * @param whenAgain - when a day that failed is tried again: `with the next update`
 */
export function servedLake(lake: LocalLake, whenAgain: string): ServedLake {
  const onFailure = (error: unknown) =>
    console.error(
      `telegram-lake: ${printable(error instanceof Error ? error.message : String(error))}; trying again ${whenAgain}`,
    );
  const large = largeDays(lake, {
    onChange: () => page.changed(),
    onLarge: (day, rawObjects) => console.log(largeLine(day, rawObjects)),
    onFailure,
  });
  const page = livePage(lake, { large });
  const onRebuilt = (summary: DaySummary) => {
    page.changed();
    console.log(dayLine(summary));
  };
  return { days: watchDays(lake, { onRebuilt, onFailure, large }), page, note: large.note };
}

function largeLine(day: string, rawObjects: number): string {
  return (
    `${day} is large, with ${counted(rawObjects, 'raw object')}. The page shows new messages of it at once; its Parquet files, ` +
    'which telegram-lake query reads, follow within minutes'
  );
}
