import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { runDay } from '../src/etl/run-day.ts';
import { enrichedKey } from '../src/lake/object-keys.ts';
import { folderStore } from '../src/storage/folder-store.ts';
import { markdownTable } from '../tools/markdown-table.ts';
import { machine } from './measured-process.ts';
import { benchDay, folderPlace } from './raw-places.ts';

/**
 * `npm run bench:parquet-size -- [updates…]` compares the size of a day's Parquet file with that of DuckDB's, of the same rows
 * by the same codec.
 */
const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0) sizes.push(500, 10_000, 100_000);

async function row(updates: number): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'telegram-lake-bench-'));
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  try {
    await folderPlace(folder).fill(updates);
    const [raw, enriched] = [folderStore(folder, 'raw'), folderStore(folder, 'enriched')];
    const { rows } = await runDay(benchDay, { raw, enriched });
    const ours = join(folder, 'enriched', enrichedKey(benchDay));
    const theirs = join(folder, 'duckdb.parquet');
    await connection.run(
      `COPY (FROM read_parquet('${ours}')) TO '${theirs}' (FORMAT parquet, COMPRESSION gzip)`,
    );
    const [our, their] = [statSync(ours).size, statSync(theirs).size];
    return [rows.toLocaleString('en'), kilobytes(our), kilobytes(their), `${(our / their).toFixed(2)} ×`];
  } finally {
    connection.closeSync();
    rmSync(folder, { recursive: true });
  }
}

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000).toLocaleString('en')} kB`;

console.log(`${machine()}\n`);
const rows: string[][] = [];
for (const size of sizes) rows.push(await row(size));
console.log(markdownTable(['rows', 'by the ETL', 'by DuckDB', 'of that'], rows));
