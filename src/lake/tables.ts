import { type Column, columns, tableName } from './columns.ts';
import { eventColumns } from './event-columns.ts';

/** A table of the enriched bucket: one Parquet file a day, in a folder of its own. */
export interface Table {
  /** Its name in Glue, Athena, DuckDB and the saved queries; also the first part of its object keys. */
  readonly name: string;
  /** Its file in a day's folder. */
  readonly fileName: string;
  readonly columns: readonly Column[];
}

/** One row for each message. */
export const messageTable: Table = { name: tableName, fileName: 'messages.parquet', columns };

/** One row for each thing that happened and is no message. */
export const eventTable: Table = {
  name: 'telegram_events',
  fileName: 'events.parquet',
  columns: eventColumns,
};

/** The tables of the enriched bucket. */
export const tables = [messageTable, eventTable] as const;
