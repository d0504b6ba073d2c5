import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { localDay } from '../../src/base/local-day.ts';
import { createParquetFile } from '../../src/etl/parquet-file.ts';
import { columns, type MessageRow } from '../../src/lake/columns.ts';
import { enrichedKey } from '../../src/lake/object-keys.ts';

/** The zone that the saved queries name. */
export const timeZone = 'America/Sao_Paulo';

/** A moment in Unix seconds from São Paulo's clock in 2026, such as '2026-11-22 20:00'; seconds may be left out. */
export function saoPaulo(clock: string): number {
  return Date.parse(`${clock.replace(' ', 'T')}-03:00`) / 1000;
}

const nulls = Object.fromEntries(columns.map(({ name }) => [name, null])) as unknown as MessageRow;

/** A message of a person in a supergroup; every field that is not given is as in most messages. */
export function message(fields: Partial<MessageRow> & { at?: string }): MessageRow {
  const { at = '2026-11-22 12:00', ...row } = fields;
  return {
    ...nulls,
    message_id: 1,
    user_id: 11,
    user_is_bot: false,
    user_first_name: 'Ana',
    chat_id: -1001234567890,
    chat_type: 'supergroup',
    date: saoPaulo(at),
    kind: 'message',
    content_type: row.text === undefined ? 'sticker' : 'text',
    is_forward: false,
    source: 'webhook',
    ...row,
  };
}

const dayOf = ({ date }: MessageRow) => localDay(date ?? saoPaulo('2026-11-22 12:00'), timeZone);

/** Replaces what is in an enriched folder: a file for each day that the rows fall on; those without a date on 22 November. */
export async function fillEnriched(folder: string, rows: readonly MessageRow[]): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  for (const [day, rowsOfDay] of Map.groupBy(rows, dayOf)) {
    const path = join(folder, enrichedKey(day));
    mkdirSync(dirname(path), { recursive: true });
    const file = await createParquetFile(path);
    for (const row of rowsOfDay) await file.append(row);
    await file.close();
  }
}
