import { ParquetSchema, ParquetWriter } from '@dsnp/parquetjs';
import type { ColumnType } from '../lake/columns.ts';
import type { Table } from '../lake/tables.ts';
import { addToGroup, rowsInGroup } from './parquet-row-group.ts';
import { parquetStream, type WrittenFile } from './parquet-stream.ts';

/** An enriched file while it is being written, row by row, in memory that does not grow with it. */
export interface ParquetFile<Row> {
  /** @returns what to wait for before the next row; undefined, as mostly, where that is nothing */
  append(row: Row): Promise<void> | undefined;
  /** Writes the footer. Before it, the file is no Parquet file. */
  close(): Promise<WrittenFile>;
}

// A row group is in memory until it is full: of rows, or of text where a day has nothing but long ones.
const rowsPerGroup = 20_000;
const charactersPerGroup = 8 * 1_048_576;

/**
 * Starts a Parquet file of a table's rows.
 *
 * GZIP, because without dictionary encoding it halves what SNAPPY leaves; data pages of version 1, because Athena
 * could not read this library's version 2.
 */
export async function createParquetFile<Row extends Readonly<Record<string, unknown>>>(
  path: string,
  { columns }: Table,
): Promise<ParquetFile<Row>> {
  const textColumns = columns.flatMap((column) => (column.type === 'string' ? [column.name] : []));
  const stream = await parquetStream(path);
  const writer = await ParquetWriter.openStream(parquetSchema(columns), stream as never, {
    useDataPageV2: false,
    rowGroupSize: rowsPerGroup,
    pageSize: rowsPerGroup,
  });
  let characters = 0;
  return {
    append(row) {
      for (const name of textColumns) characters += (row[name] as string | null)?.length ?? 0;
      const isLastOfGroup = rowsInGroup(writer) === rowsPerGroup - 1 || characters > charactersPerGroup;
      if (!isLastOfGroup && addToGroup(writer, columns, row)) return undefined;
      // The library begins and ends each row group. Unless each append is awaited, it breaks its files.
      writer.setRowGroupSize(isLastOfGroup ? 1 : rowsPerGroup);
      if (isLastOfGroup) characters = 0;
      return writer.appendRow(row);
    },
    async close() {
      try {
        await writer.close();
      } finally {
        await stream.release();
      }
      return stream.digest();
    },
  };
}

const parquetTypes: Readonly<Record<ColumnType, 'INT64' | 'BOOLEAN' | 'UTF8'>> = {
  bigint: 'INT64',
  boolean: 'BOOLEAN',
  string: 'UTF8',
};

/** The schema of an enriched file with these columns. */
export function parquetSchema(columns: Table['columns']): ParquetSchema {
  const fields = columns.map(({ name, type }) => [
    name,
    {
      type: parquetTypes[type],
      optional: true,
      compression: 'GZIP' as const,
      // Off for strings: the library orders them by UTF-16 units where readers expect UTF-8 bytes: with emoji its
      // minimum and maximum are wrong, and a reader that trusts them skips rows.
      ...(type === 'string' && { statistics: false as const }),
    },
  ]);
  return new ParquetSchema(Object.fromEntries(fields));
}
