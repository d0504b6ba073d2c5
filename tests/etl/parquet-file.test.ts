import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { createParquetFile } from '../../src/etl/parquet-file.ts';
import { columns, type MessageRow } from '../../src/lake/columns.ts';
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
const nulls = Object.fromEntries(columns.map(({ name }) => [name, null])) as unknown as MessageRow;

describe('Parquet file', () => {
  const folder = temporaryFolder();

  async function roundTrip(rows: readonly MessageRow[]): Promise<MessageRow[]> {
    const path = join(folder(), 'messages.parquet');
    const file = await createParquetFile(path);
    for (const row of rows) await file.append(row);
    await file.close();
    return parquetRows(readFileSync(path));
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
  });
});
