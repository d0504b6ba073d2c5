import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'chai';
import type { Deliveries } from './deliveries.ts';

/**
 * Compares a lake with the model, to the byte in raw and to the row in the tables: nothing missing, nothing more,
 * nothing twice, nothing else. By a reader that has nothing in common with the writer.
 *
 * @param raw - the folder that holds the raw objects
 * @param enriched - the folder that holds the Parquet files
 */
export async function expectLake(
  { raw, enriched }: { readonly raw: string; readonly enriched: string },
  deliveries: Deliveries,
): Promise<void> {
  const keys = new Set<string>();
  const differ: string[] = [];
  for (const folder of readdirSync(join(raw, 'telegram'))) {
    for (const name of readdirSync(join(raw, 'telegram', folder))) {
      const key = `telegram/${folder}/${name}`;
      keys.add(key);
      if (readFileSync(join(raw, key), 'utf8') !== deliveries.raw.get(key)) differ.push(key);
    }
  }
  expect(differ, 'raw objects of other bytes, or that nobody delivered').to.deep.equal([]);
  expect(
    [...deliveries.raw.keys()].filter((key) => !keys.has(key)),
    'missing raw objects',
  ).to.deep.equal([]);

  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB' });
  const connection = await instance.connect();
  try {
    const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();
    const from = (file: string) =>
      `read_parquet('${enriched}/*/*/${file}.parquet', hive_partitioning = false)`;
    const messages = await rows(
      `SELECT message_id::INT, "date"::INT, edit_date::INT, text, user_id::VARCHAR FROM ${from('messages')} ORDER BY 1, 2`,
    );
    const expected = deliveries.messages.map(([id, date, edited, text, author]) => [
      id,
      date,
      edited,
      text,
      String(author),
    ]);
    expectSame(messages, expected, 'messages');
    const events = await rows(`SELECT update_id::INT FROM ${from('events')} ORDER BY 1`);
    expectSame(
      events,
      deliveries.events.map((id) => [id]),
      'events',
    );
    // A row lies in the folder of its own day.
    const [astray] = await rows(
      `SELECT count(*)::INT FROM read_parquet('${enriched}/telegram/*/messages.parquet', filename = true, hive_partitioning = false)
       WHERE strftime(to_timestamp("date" - 3 * 3600) AT TIME ZONE 'UTC', '%Y-%m-%d') <> regexp_extract(filename, 'context_date=(.{10})', 1)`,
    );
    expect(astray, 'messages in the folder of another day').to.deep.equal([0]);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Not by chai: its difference of 100,000 rows takes minutes. */
function expectSame(actual: readonly unknown[], expected: readonly unknown[], what: string): void {
  const text = (row: unknown) => JSON.stringify(row);
  const differ = expected.flatMap((row, at) =>
    text(row) === text(actual[at]) ? [] : [`${text(actual[at])} instead of ${text(row)}`],
  );
  expect({ rows: actual.length, differ: differ.slice(0, 5) }, what).to.deep.equal({
    rows: expected.length,
    differ: [],
  });
}
