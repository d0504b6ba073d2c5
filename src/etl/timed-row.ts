import type { Day } from '../base/local-day.ts';
import type { MessageRow } from '../lake/columns.ts';
import type { EventRow } from '../lake/event-columns.ts';
import type { ImportedMessage } from '../lake/import-line.ts';
import { timeOfRawKey } from '../lake/object-keys.ts';
import type { RawObject } from '../telegram/update.ts';
import { eventRows, importedReactionRows, membershipRows } from './event-rows.ts';
import { messageRow, type NoRow } from './message-row.ts';

/** What a raw object, or a line of one, gives, and the second it belongs to. */
export interface TimedRow {
  readonly second: string;
  /** The row of its message, or why it gives none. */
  readonly row: MessageRow | NoRow | 'unreadable';
  /** What happened beside, or instead of, a message. */
  readonly events?: readonly EventRow[];
  /** What the message itself reports, such as joins: of the version that is kept, once. */
  readonly eventsOfMessage?: readonly EventRow[];
  /** Of the update that reports `events`: it counts once, however often it was delivered. */
  readonly updateId?: number;
  /** Of a raw object to be reported as unreadable. */
  readonly unreadableKey?: string;
  /** Set where the row's `edit_date` orders versions, but need not be of an edit. */
  readonly isEditUncertain?: true;
}

/** The rows of an update: of its message, or of what else happened. */
export function rowsOfUpdate(update: RawObject, key: string, second: string, day: Day): TimedRow {
  const row = messageRow(update, day);
  if (row === 'not a message') {
    const events = eventRows(update, timeOfRawKey(key), day);
    return { second, row, events, ...(update.updateId !== null && { updateId: update.updateId }) };
  }
  return typeof row === 'string' ? { second, row } : withMembership({ second, row }, row, update);
}

/** The rows of an imported message. */
export function rowsOfImport(message: ImportedMessage, second: string, day: Day): TimedRow {
  const row = messageRow(message, day);
  if (typeof row === 'string') return { second, row };
  const reactions = importedReactionRows(row, message, day);
  return withMembership(
    {
      second,
      row,
      ...(reactions.length > 0 && { events: reactions }),
      ...(!message.isEditCertain && { isEditUncertain: true as const }),
    },
    row,
    message,
  );
}

function withMembership(item: TimedRow, row: MessageRow, { payload }: RawObject | ImportedMessage): TimedRow {
  const eventsOfMessage = membershipRows(row, payload);
  return eventsOfMessage.length > 0 ? { ...item, eventsOfMessage } : item;
}
