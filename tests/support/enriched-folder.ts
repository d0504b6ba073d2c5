import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { localDay } from '../../src/base/local-day.ts';
import { createParquetFile } from '../../src/etl/parquet-file.ts';
import type { MessageRow } from '../../src/lake/columns.ts';
import { enrichedKey } from '../../src/lake/object-keys.ts';
import { messageTable } from '../../src/lake/tables.ts';
import { saoPaulo, timeZone } from '../../tools/fixtures/message-rows.ts';

const dayOf = ({ date }: MessageRow) => localDay(date ?? saoPaulo('2026-11-22 12:00'), timeZone);

/** Replaces what is in an enriched folder: a file for each day that the rows fall on; those without a date on 22 November. */
export async function fillEnriched(folder: string, rows: readonly MessageRow[]): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  for (const [day, rowsOfDay] of Map.groupBy(rows, dayOf)) {
    const path = join(folder, enrichedKey(day));
    mkdirSync(dirname(path), { recursive: true });
    const file = await createParquetFile(path, messageTable);
    for (const row of rowsOfDay) await file.append(row);
    await file.close();
  }
}
