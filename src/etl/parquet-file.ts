import { ParquetSchema, ParquetWriter } from '@dsnp/parquetjs';
import { type ColumnType, columns, type MessageRow } from '../lake/columns.ts';

/** An enriched file while it is being written, row by row, in memory that does not grow with it. */
export interface ParquetFile {
  append(row: MessageRow): Promise<void>;
  /** Writes the footer. Before it, the file is no Parquet file. */
  close(): Promise<void>;
}

const rowsPerGroup = 20_000;

/**
 * Starts a Parquet file of message rows.
 *
 * GZIP, because without dictionary encoding it halves what SNAPPY leaves; data pages of version 1, because Athena
 * could not read this library's version 2.
 */
export async function createParquetFile(path: string): Promise<ParquetFile> {
  const writer = await ParquetWriter.openFile(parquetSchema, path, {
    useDataPageV2: false,
    rowGroupSize: rowsPerGroup,
  });
  return {
    // Unless each append is awaited, the library breaks its files beyond one page.
    append: (row) => writer.appendRow(row as unknown as Record<string, unknown>),
    close: () => writer.close(),
  };
}

const parquetTypes: Readonly<Record<ColumnType, 'INT64' | 'BOOLEAN' | 'UTF8'>> = {
  bigint: 'INT64',
  boolean: 'BOOLEAN',
  string: 'UTF8',
};

const parquetSchema = new ParquetSchema(
  Object.fromEntries(
    columns.map(({ name, type }) => [
      name,
      {
        type: parquetTypes[type],
        optional: true,
        compression: 'GZIP' as const,
        // Off for strings: the library orders them by UTF-16 units where readers expect UTF-8 bytes: with emoji its minimum and
        // maximum are wrong, and a reader that trusts them skips rows.
        ...(type === 'string' && { statistics: false as const }),
      },
    ]),
  ),
);
