import { readAhead } from '../base/async/read-ahead.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import type { DayChange } from './plan-import.ts';

const putsAtOnce = 16;

/**
 * Writes the objects of the days that changed, and deletes those of emptied days. Each is written whole; when the store
 * fails in between, importing again does the rest.
 *
 * @param onWritten - called with the number of days that are written
 * @throws StoreError
 */
export async function writeImport(
  changes: readonly DayChange[],
  raw: ObjectStore,
  onWritten: (days: number) => void = () => {},
): Promise<void> {
  const write = async ({ key, outcome, path }: DayChange): Promise<void> => {
    if (outcome === 'emptied') await raw.deleteObject(key);
    else await raw.putObject(key, { path }, { contentType: 'application/gzip' });
  };
  let days = 0;
  for await (const _ of readAhead(changes.filter(isDue), write, putsAtOnce)) onWritten(++days);
}

/** Whether there is anything to write. */
export const isDue = ({ outcome }: DayChange): boolean => outcome !== 'unchanged';
