import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ParquetReader } from '@dsnp/parquetjs';
import { expect } from 'chai';
import fc from 'fast-check';
import { createParquetFile } from '../../src/etl/parquet-file.ts';
import { columns, type MessageRow } from '../../src/lake/columns.ts';
import { messageTable } from '../../src/lake/tables.ts';
import { nulls } from '../../tools/fixtures/message-rows.ts';
import { parquetRows } from '../support/parquet-rows.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const values = {
  bigint: fc.maxSafeInteger(),
  boolean: fc.boolean(),
  string: fc.string({ unit: 'binary' }),
};
const anyRow = fc.record(
  Object.fromEntries(
    columns.map(({ name, type }) => [name, fc.option(values[type] as fc.Arbitrary<unknown>)]),
  ),
) as unknown as fc.Arbitrary<MessageRow>;

describe('Parquet file', () => {
  const folder = temporaryFolder();

  async function roundTrip(rows: readonly MessageRow[]): Promise<MessageRow[]> {
    const path = join(folder(), 'messages.parquet');
    const file = await createParquetFile(path, messageTable);
    for (const row of rows) await file.append(row);
    await file.close();
    return parquetRows(readFileSync(path));
  }

  /** How many rows each group of the last file has. */
  async function rowGroups(): Promise<number[]> {
    const reader = await ParquetReader.openFile(join(folder(), 'messages.parquet'));
    const groups = reader.metadata?.row_groups.map((group) => Number(group.num_rows)) ?? [];
    await reader.close();
    return groups;
  }

  it('gives back the rows it was given', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 20 }), async (rows) => {
        expect(await roundTrip(rows)).to.deep.equal(rows);
      }),
      { numRuns: 50 },
    );
  });

  it('holds no rows, only nulls, and the largest and smallest ids', async () => {
    expect(await roundTrip([])).to.deep.equal([]);
    const extremes = [
      nulls,
      { ...nulls, user_id: Number.MAX_SAFE_INTEGER },
      { ...nulls, user_id: Number.MIN_SAFE_INTEGER },
    ];
    expect(await roundTrip(extremes)).to.deep.equal(extremes);
  });

  it('holds more rows than one page or one row group takes', async () => {
    const rows = Array.from({ length: 45_000 }, (_, n) => ({
      ...nulls,
      message_id: n,
      text: `message ${n}`,
    }));
    expect(await roundTrip(rows)).to.deep.equal(rows);
    expect(await rowGroups()).to.deep.equal([20_000, 20_000, 5_000]);
  });

  it('begins a new row group after 8 Mi characters, so that long texts do not fill the memory', async () => {
    // 10 rows of 400,000 characters and 30 of 600,000.
    const rows = Array.from({ length: 40 }, (_, n) => ({
      ...nulls,
      message_id: n,
      [n % 2 ? 'text' : 'caption']: `${n} `.repeat(200_000),
    }));
    expect(await roundTrip(rows)).to.deep.equal(rows);
    expect(await rowGroups()).to.deep.equal([18, 14, 8]);
  });
});
