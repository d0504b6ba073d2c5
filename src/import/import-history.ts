import type { Lake } from '../lake/lake.ts';
import { DayStage } from './day-stage.ts';
import { type ImportPlan, planImport } from './plan-import.ts';
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
  /** Called when the plan is made, before anything is written. */
  readonly onPlan: (plan: ImportPlan, history: ExportedHistory) => void | Promise<void>;
  /** Called with how much of a step is done, and how much there is where that is known. */
  readonly onProgress: (step: ImportStep, done: number, total?: number) => void;
}

/** An import was cut short while it was being written. */
export class UnfinishedImportError extends Error {
  override readonly name = 'UnfinishedImportError';
}

/**
 * Brings the history of one chat from an export into the raw layer of a lake, all of it or, where the export cannot be read,
 * nothing. Importing the same export again changes nothing.
 *
 * @returns the plan that was carried out
 * @throws JsonDamageError when the export is damaged
 * @throws UnknownExportError when the chat is of an unknown type
 * @throws UnfinishedImportError when the store failed while it was written
 */
export async function importHistory(request: HistoryImport): Promise<ImportPlan> {
  const { path, folder, lake, onProgress } = request;
  const stage = new DayStage(folder);
  const history = await readExport(path, stage, {
    ...request,
    timeZone: lake.timeZone,
    onProgress: (bytes) => onProgress('read', bytes),
  });
  request.onRead(history);
  const plan = await planImport({
    history,
    stage,
    raw: lake.raw,
    folder,
    withoutForgotten: request.withoutForgotten,
    onProgress: (days, total) => onProgress('plan', days, total),
  });
  await request.onPlan(plan, history);
  if (request.openForWriting && plan.changes.some(isDue))
    await write(plan, request.openForWriting, onProgress);
  return plan;
}

async function write(
  { changes }: ImportPlan,
  openForWriting: () => Promise<Lake>,
  onProgress: HistoryImport['onProgress'],
): Promise<void> {
  const { raw } = await openForWriting();
  const total = changes.filter(isDue).length;
  let written = 0;
  try {
    await writeImport(changes, raw, (days) => {
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
