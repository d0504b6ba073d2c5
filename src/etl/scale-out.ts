import type { Day } from '../base/local-day.ts';
import type { Listing } from './fingerprint.ts';
import type { TimedRow } from './timed-row.ts';

/** An engine that makes rows of updates elsewhere, for days of more updates than one function can read in its time. */
export interface ScaleOut {
  /** Days with at least this many updates are handed over. */
  readonly fromObjects: number;
  /**
   * The rows of a day's updates, every version of a message and every event among them, in the order of their keys.
   * Import objects are not its concern.
   *
   * @param listing - of the day as it was a moment ago; the rows are of these raw objects, or of newer ones
   */
  rowsOf(day: Day, listing: Listing): AsyncIterable<TimedRow>;
}
