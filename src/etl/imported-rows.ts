import type { Day } from '../base/local-day.ts';
import { readImportLine } from '../lake/import-line.ts';
import { ImportObjectError, importLines } from '../lake/import-object.ts';
import { dayPrefix } from '../lake/object-keys.ts';
import { ObjectNotFoundError, type ObjectStore } from '../storage/object-store.ts';
import { rowsOfImport, type TimedRow } from './timed-row.ts';

/**
 * The rows of one import object, line by line, in the order of their seconds.
 *
 * Damage costs the lines it reaches, not the object: a line that is no imported message, or that breaks the order, is
 * `unreadable`, and so is the rest of an object that cannot be unpacked. Only the first of them names the object.
 *
 * @throws StoreError when the store fails
 */
export async function* importedRows(day: Day, key: string, raw: ObjectStore): AsyncGenerator<TimedRow> {
  const folder = dayPrefix(day);
  let second = folder;
  let isNamed = false;
  const unreadable = (): TimedRow => {
    const named = isNamed ? {} : { unreadableKey: key };
    isNamed = true;
    return { second, row: 'unreadable', ...named };
  };

  try {
    for await (const lines of importLines(await raw.getObject(key))) {
      for (const line of lines) {
        const message = readImportLine(line);
        if (!message || folder + message.second < second) {
          yield unreadable();
          continue;
        }
        second = folder + message.second;
        yield rowsOfImport(message, second, day);
      }
    }
  } catch (error) {
    // Deleted since it was listed, or damaged. Anything else is a failure of the store, so of the day.
    if (!(error instanceof ObjectNotFoundError || error instanceof ImportObjectError)) throw error;
    yield unreadable();
  }
}
