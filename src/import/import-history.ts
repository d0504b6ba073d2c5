import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lake } from '../lake/lake.ts';
import { DayStage } from './day-stage.ts';
import { type DayChange, type ImportPlan, planImport } from './plan-import.ts';
import { type ExportedHistory, type ReadExportOptions, readExport } from './read-export.ts';
import { isDue, writeImport } from './write-import.ts';

/** The parts of an import: reading is counted in bytes, the others in days. */
export type ImportStep = 'read' | 'plan' | 'write';

export interface HistoryImport extends Omit<ReadExportOptions, 'timeZone' | 'onProgress'> {
  /** The export. */
  readonly path: string;
  /** For people's messages on their way. It is the caller's to remove. */
  readonly folder: string;
  /** The lake as it is: of a lake that is still to be made, an empty one in the same time zone. */
  readonly lake: Lake;
  /** Called once all is ready, and only where there is something to write; undefined for a dry run. */
  readonly openForWriting: (() => Promise<Lake>) | undefined;
  /** Called when the export is read: throws where its chat is not the one that was meant. */
  readonly onRead: (history: ExportedHistory) => void;
  /** Called when the first plan is made, before anything is written. */
  readonly onPlan: (plan: ImportPlan, history: ExportedHistory) => void | Promise<void>;
  /** Called with how much of a step is done, and how much there is where that is known. */
  readonly onProgress: (step: ImportStep, done: number, total?: number) => void;
}

/** An import was cut short while it was being written. */
export class UnfinishedImportError extends Error {
  override readonly name = 'UnfinishedImportError';
}

/** More other imports than this at once would be a mistake. */
const attempts = 5;

/**
 * Brings the history of one chat from an export into the raw layer of a lake, all of it or, where the export cannot be
 * read, nothing. Importing the same export again changes nothing.
 *
 * Where another import writes the same days at the same time, it is planned again over what that one wrote: both are
 * in.
 *
 * @returns the changes that were made, or would be
 * @throws JsonDamageError when the export is damaged
 * @throws UnknownExportError when the chat is of an unknown type
 * @throws UnfinishedImportError when the store failed while it was written
 */
export async function importHistory(request: HistoryImport): Promise<ImportPlan> {
  const { openForWriting, onProgress } = request;
  let { lake } = request;
  const written: DayChange[] = [];
  for (let attempt = 1; ; attempt++) {
    const folder = join(request.folder, `attempt-${attempt}`);
    await mkdir(folder);
    const plan = await planned({ ...request, folder, lake }, attempt === 1);
    if (!openForWriting || !plan.changes.some(isDue)) return merged(plan, written);
    lake = await openForWriting();
    const outdated = await write(plan, lake, onProgress);
    if (outdated.length === 0) return merged(plan, written);
    if (attempt === attempts || !(await stat(request.path)).isFile()) throw unfinished(plan, outdated);
    written.push(...plan.changes.filter((change) => !outdated.includes(change)));
    await rm(folder, { recursive: true });
  }
}

/** @param isFirst - whether its caller is to know what was read and planned */
async function planned(request: HistoryImport, isFirst: boolean): Promise<ImportPlan> {
  const { path, folder, lake, onProgress } = request;
  const stage = new DayStage(folder);
  const history = await readExport(path, stage, {
    ...request,
    timeZone: lake.timeZone,
    onProgress: (bytes) => onProgress('read', bytes),
  });
  if (isFirst) request.onRead(history);
  const plan = await planImport({
    history,
    stage,
    raw: lake.raw,
    folder,
    withoutForgotten: request.withoutForgotten,
    onProgress: (days, total) => onProgress('plan', days, total),
  });
  if (isFirst) await request.onPlan(plan, history);
  return plan;
}

/** @returns the changes that were not made, since another import had changed the same days */
async function write(
  { changes }: ImportPlan,
  { raw }: Lake,
  onProgress: HistoryImport['onProgress'],
): Promise<DayChange[]> {
  const total = changes.filter(isDue).length;
  let written = 0;
  try {
    return await writeImport(changes, raw, (days) => {
      written = days;
      onProgress('write', days, total);
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new UnfinishedImportError(
      `${reason}; ${written} of ${total} days are stored. Import again to store the rest`,
      { cause: error },
    );
  }
}

function unfinished({ changes }: ImportPlan, outdated: readonly DayChange[]): UnfinishedImportError {
  const total = changes.filter(isDue).length;
  return new UnfinishedImportError(
    `another import wrote the same days at the same time; ${total - outdated.length} of ${total} days are stored. ` +
      'Import again to store the rest',
  );
}

/** Those of earlier attempts were made as well: their days have to be rebuilt. */
function merged({ changes, kept }: ImportPlan, earlier: readonly DayChange[]): ImportPlan {
  const all = new Map([...earlier, ...changes].map((change) => [change.key, change]));
  return { changes: [...all.values()].sort((a, b) => (a.day < b.day ? -1 : 1)), kept };
}
