import { ParquetSchema, ParquetWriter } from '@dsnp/parquetjs';
import { type ColumnType, columns, type MessageRow } from '../lake/columns.ts';
import { parquetStream } from './parquet-stream.ts';

/** An enriched file while it is being written, row by row, in memory that does not grow with it. */
export interface ParquetFile {
  /** @returns what to wait for before the next row; undefined, as mostly, where that is nothing */
  append(row: MessageRow): Promise<void> | undefined;
  /** Writes the footer. Before it, the file is no Parquet file. */
  close(): Promise<void>;
}

// A row group is in memory until it is full: of rows, or of text where a day has nothing but long ones.
const rowsPerGroup = 20_000;
const charactersPerGroup = 8 * 1_048_576;

/**
 * Starts a Parquet file of message rows.
 *
 * GZIP, because without dictionary encoding it halves what SNAPPY leaves; data pages of version 1, because Athena
 * could not read this library's version 2.
 */
export async function createParquetFile(path: string): Promise<ParquetFile> {
  const writer = await ParquetWriter.openStream(parquetSchema, (await parquetStream(path)) as never, {
    useDataPageV2: false,
    rowGroupSize: rowsPerGroup,
    pageSize: rowsPerGroup,
  });
  let characters = 0;
  return {
    append(row) {
      const { rowBuffer } = writer;
      for (const name of textColumns) characters += row[name]?.length ?? 0;
      const isLastOfGroup = rowBuffer.rowCount === rowsPerGroup - 1 || characters > charactersPerGroup;
      if (!isLastOfGroup && addToGroup(rowBuffer, row)) return undefined;
      // The library begins and ends each row group. Unless each append is awaited, it breaks its files.
      writer.setRowGroupSize(isLastOfGroup ? 1 : rowsPerGroup);
      if (isLastOfGroup) characters = 0;
      return writer.appendRow(row as unknown as Record<string, unknown>);
    },
    close: () => writer.close(),
  };
}

/**
 * Adds a row to a row group that has begun. It leaves there what the library's own `shredRecord` would, at a third of its
 * cost, because it need not reckon with nested columns.
 *
 * @returns false when no group has begun
 */
function addToGroup(group: ParquetWriter['rowBuffer'], row: MessageRow): boolean {
  const { columnData, rowCount, pageRowCount } = group;
  if (!columnData || rowCount === undefined || pageRowCount === undefined) return false;
  for (const { name, type } of columns) {
    const value = row[name];
    const column = columnData[name] as ColumnBuffer;
    column.count += 1;
    column.rlevels.push(0);
    column.dlevels.push(value === null ? 0 : 1);
    if (value === null) continue;
    column.values.push(value);
    if (type !== 'string') column.distinct_values.add(value);
  }
  group.rowCount = rowCount + 1;
  group.pageRowCount = pageRowCount + 1;
  return true;
}

const textColumns = columns.flatMap((column) => (column.type === 'string' ? [column.name] : []));

interface ColumnBuffer {
  count: number;
  readonly rlevels: number[];
  readonly dlevels: number[];
  readonly values: unknown[];
  readonly distinct_values: Set<unknown>;
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
