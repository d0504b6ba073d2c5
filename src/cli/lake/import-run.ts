import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { forgottenPeople } from '../../erasure/forgotten-people.ts';
import { lineWithoutPerson } from '../../erasure/without-person.ts';
import { type HistoryImport, importHistory, UnfinishedImportError } from '../../import/import-history.ts';
import type { DayChange } from '../../import/plan-import.ts';
import type { Lake } from '../../lake/lake.ts';

/** An import, but for the people whom it must not bring back. */
export type ImportRequest = Omit<HistoryImport, 'lake' | 'withoutForgotten'>;

/**
 * Imports without those who were erased from the lake; and once more where somebody was erased while it ran, and was on
 * the way back into it.
 *
 * @param currentLake - another one once it is made
 * @returns the changes that were made, or would be
 * @throws as `importHistory` does
 */
export async function importWithoutForgotten(
  request: ImportRequest,
  currentLake: () => Lake,
): Promise<DayChange[]> {
  const changes: DayChange[] = [];
  for (let run = 1; ; run++) {
    const lake = currentLake();
    const forgotten = await forgottenPeople(lake.raw);
    const folder = join(request.folder, `run-${run}`);
    await mkdir(folder);
    const plan = await importHistory({
      ...request,
      // What there was to say is said.
      ...(run > 1 && { onRead: () => {}, onPlan: () => {} }),
      folder,
      lake,
      withoutForgotten: forgotten.size === 0 ? (line) => line : (line) => lineWithoutPerson(line, forgotten),
    });
    changes.push(...plan.changes);
    if (!request.openForWriting) return changes;
    if ((await forgottenPeople(currentLake().raw)).size === forgotten.size) return changes;
    if (!(await stat(request.path)).isFile()) throw new UnfinishedImportError(erasedMeanwhile);
  }
}

const erasedMeanwhile =
  'somebody was erased from the lake at the same time, and may be in it again. Import again to leave them out';
