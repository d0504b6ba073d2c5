import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { localDay } from '../../src/base/local-day.ts';
import { createParquetFile } from '../../src/etl/parquet-file.ts';
import type { MessageRow } from '../../src/lake/columns.ts';
import type { EventRow } from '../../src/lake/event-columns.ts';
import { tableKey } from '../../src/lake/object-keys.ts';
import { eventTable, messageTable, type Table } from '../../src/lake/tables.ts';
import { saoPaulo, timeZone } from '../../tools/fixtures/message-rows.ts';

type Row = MessageRow | EventRow;

const dayOf = (row: Row) => {
  const arrivedAt = 'arrived_at' in row ? row.arrived_at : null;
  return arrivedAt?.slice(0, 10) ?? localDay(row.date ?? saoPaulo('2026-11-22 12:00'), timeZone);
};

/**
 * Replaces what is in an enriched folder: a file for each day that the rows fall on; those without a date on 22
 * November.
 */
export async function fillEnriched(
  folder: string,
  messages: readonly MessageRow[],
  events: readonly EventRow[] = [],
): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  await writeDays(folder, messageTable, messages);
  await writeDays(folder, eventTable, events);
}

async function writeDays(folder: string, table: Table, rows: readonly Row[]): Promise<void> {
  for (const [day, rowsOfDay] of Map.groupBy(rows, dayOf)) {
    const path = join(folder, tableKey(day, table));
    mkdirSync(dirname(path), { recursive: true });
    const file = await createParquetFile(path, table);
    for (const row of rowsOfDay) await file.append(row);
    await file.close();
  }
}
