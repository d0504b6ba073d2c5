import type { Day } from '../base/local-day.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import type { DayStage } from './day-stage.ts';
import type { ExportedHistory } from './read-export.ts';

/** What an import is planned from. */
export interface ImportContext {
  readonly history: ExportedHistory;
  readonly stage: DayStage;
  readonly raw: ObjectStore;
  /** For the new objects, until they are written. It is the caller's to remove. */
  readonly folder: string;
  /** As in `ReadExportOptions`. */
  readonly withoutForgotten: (line: string) => string | undefined;
  /** Called with the number of days that are planned, and of all. */
  readonly onProgress?: (days: number, total: number) => void;
}

/** A day of a chat that the history has messages of, or that earlier imports may have. */
export interface Candidate {
  readonly day: Day;
  readonly chatId: number;
  readonly isStaged: boolean;
}
