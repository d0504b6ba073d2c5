import { ParquetReader } from '@dsnp/parquetjs';
import type { MessageRow } from '../../src/lake/columns.ts';
import type { EventRow } from '../../src/lake/event-columns.ts';
import { type eventTable, messageTable, type Table } from '../../src/lake/tables.ts';

/** The rows of an enriched file, in its order, as the ETL gave them to the writer. */
export function parquetRows(file: Uint8Array): Promise<MessageRow[]>;
export function parquetRows(file: Uint8Array, table: typeof eventTable): Promise<EventRow[]>;
export async function parquetRows(file: Uint8Array, { columns }: Table = messageTable): Promise<unknown[]> {
  const reader = await ParquetReader.openBuffer(Buffer.from(file));
  try {
    const cursor = reader.getCursor();
    const rows: unknown[] = [];
    for (let record = await cursor.next(); record; record = await cursor.next()) {
      const values = record as Record<string, unknown>;
      const entries = columns.map(({ name }) => {
        const value = values[name] ?? null;
        return [name, typeof value === 'bigint' ? Number(value) : value];
      });
      rows.push(Object.fromEntries(entries));
    }
    return rows;
  } finally {
    await reader.close();
  }
}
