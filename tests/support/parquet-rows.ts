import { ParquetReader } from '@dsnp/parquetjs';
import { columns, type MessageRow } from '../../src/lake/columns.ts';

/** The rows of an enriched file, in its order, as the ETL gave them to the writer. */
export async function parquetRows(file: Uint8Array): Promise<MessageRow[]> {
  const reader = await ParquetReader.openBuffer(Buffer.from(file));
  try {
    const cursor = reader.getCursor();
    const rows: MessageRow[] = [];
    for (let record = await cursor.next(); record; record = await cursor.next()) {
      const values = record as Record<string, unknown>;
      const entries = columns.map(({ name }) => {
        const value = values[name] ?? null;
        return [name, typeof value === 'bigint' ? Number(value) : value];
      });
      rows.push(Object.fromEntries(entries) as MessageRow);
    }
    return rows;
  } finally {
    await reader.close();
  }
}
