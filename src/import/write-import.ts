import { readAhead } from '../base/async/read-ahead.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import type { DayChange } from './plan-import.ts';

const putsAtOnce = 16;

/**
 * Writes the objects of the days that changed, and deletes those of emptied days. Each is written whole; when the store
 * fails in between, importing again does the rest.
 *
 * An object that is no longer as it was when the import was planned stays as it is: another import has written it, and
 * its messages would be lost.
 *
 * @param onWritten - called with the number of days that are written
 * @returns the changes that were not made for that reason
 * @throws StoreError
 */
export async function writeImport(
  changes: readonly DayChange[],
  raw: ObjectStore,
  onWritten: (days: number) => void = () => {},
): Promise<DayChange[]> {
  let days = 0;
  const outdated: DayChange[] = [];
  const write = async (change: DayChange) => ({ change, isWritten: await isWritten(change, raw) });
  for await (const { change, isWritten } of readAhead(changes.filter(isDue), write, putsAtOnce)) {
    if (isWritten) onWritten(++days);
    else outdated.push(change);
  }
  return outdated;
}

/** Whether there is anything to write. */
export const isDue = ({ outcome }: DayChange): boolean => outcome !== 'unchanged';

async function isWritten({ key, etag, outcome, path }: DayChange, raw: ObjectStore): Promise<boolean> {
  if (outcome !== 'emptied') {
    const condition = etag === undefined ? { onlyIfAbsent: true } : { onlyIfEtag: etag };
    return (
      (await raw.putObject(key, { path }, { contentType: 'application/gzip', ...condition })) === 'stored'
    );
  }
  // A delete has no condition that every S3 server knows. An import that writes between the two lines below is left.
  if ((await raw.headObject(key))?.etag !== etag) return false;
  await raw.deleteObject(key);
  return true;
}
