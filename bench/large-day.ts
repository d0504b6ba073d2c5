import { createReadStream, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inScratchFolder } from '../src/base/scratch-folder.ts';
import { athenaRows } from '../src/etl/athena/athena-rows.ts';
import { messageRow } from '../src/etl/message-row.ts';
import { runDay } from '../src/etl/run-day.ts';
import { columns } from '../src/lake/columns.ts';
import type { ObjectStore } from '../src/storage/object-store.ts';
import { readUpdate } from '../src/telegram/update.ts';
import { markdownTable } from '../tools/markdown-table.ts';
import { generateDay } from './generate-day.ts';
import { type Measured, machine, measureProcess, tellMeasured } from './measured-process.ts';

/**
 * `npm run bench:large-day -- [updates…]` measures what a day that Athena computes leaves to the ETL function: its
 * result, read as a stream of CSV, becomes the day's Parquet file. The result is made beforehand for 200,000 updates,
 * and read from a file, again and again for longer days; so neither its making nor S3 is measured. Each size has a
 * process of its own.
 */
const day = '2026-11-22';
const timeZone = 'America/Sao_Paulo';
const generatedUpdates = 200_000;
const partBytes = 16 * 1_048_576;

const emptyStore: ObjectStore = {
  putObject: async () => 'stored',
  getObject: refused,
  headObject: async () => undefined,
  listObjects: none,
  listFolders: none,
  deleteObject: refused,
};

const [mode, ...parameters] = process.argv.slice(2);
if (mode === 'measure') {
  await tellMeasured(() => build(parameters[0] ?? '', Number(parameters[1])));
} else {
  const sizes = process.argv.slice(2).map(Number);
  await printTable(sizes.length > 0 ? sizes : [200_000, 1_000_000, 4_000_000]);
}

async function printTable(sizes: readonly number[]): Promise<void> {
  await inScratchFolder(async (folder) => {
    const path = join(folder, 'result.csv');
    writeResult(path);
    const rows: string[][] = [];
    for (const updates of sizes) {
      const program = ['bench/large-day.ts', 'measure', path, String(updates)];
      rows.push(row(await measureProcess<Outcome>(program)));
    }
    const bytes = Math.round(statSync(path).size / generatedUpdates);
    console.log(`${machine()}; ${bytes} bytes of CSV an update\n`);
    console.log(markdownTable(['updates', 'updates/s', 'CPU µs each', 'peak memory', 'file'], rows));
  });
}

interface Outcome {
  readonly updates: number;
  readonly rows: number;
  readonly sizeBytes: number;
}

async function build(path: string, updates: number): Promise<Outcome> {
  const copies = Math.max(1, Math.round(updates / generatedUpdates));
  const { sizeBytes, rows } = await runDay(day, {
    raw: { ...emptyStore, listObjects: oneObject },
    enriched: emptyStore,
    scaleOut: { fromObjects: 1, rowsOf: () => repeatedRows(path, copies) },
  });
  return { updates: copies * generatedUpdates, rows, sizeBytes };
}

function row({ updates, rows, sizeBytes, seconds, cpuSeconds, peakBytes }: Measured & Outcome): string[] {
  return [
    updates.toLocaleString('en'),
    Math.round(updates / seconds).toLocaleString('en'),
    ((1e6 * cpuSeconds) / updates).toFixed(1),
    `${Math.round(peakBytes / 1_048_576)} MiB`,
    `${(sizeBytes / 1e6).toFixed(1)} MB, ${(sizeBytes / rows).toFixed(0)} bytes a row`,
  ];
}

/** The same day's seconds again for each copy; each second's last rows meet nothing of the next copy. */
async function* repeatedRows(path: string, copies: number) {
  for (let copy = 0; copy < copies; copy++) {
    const result = createReadStream(path, { highWaterMark: partBytes });
    for await (const { updateId: _, ...row } of athenaRows(result, 0, day)) {
      yield { ...row, second: `${String(copy).padStart(4, '0')} ${row.second}` };
    }
  }
}

/** What Athena would answer. */
function writeResult(path: string): void {
  const lines = ['"line"'];
  for (const { key, json } of generateDay({ day, updates: generatedUpdates, timeZone })) {
    const update = readUpdate(JSON.parse(json));
    if ('notAnUpdate' in update) throw new Error('not part of this benchmark');
    const { updateId, kind, payload } = update;
    const row = messageRow(update, day);
    const line =
      typeof row === 'string'
        ? [key, row, updateId, kind, payload]
        : [key, null, ...columns.map(({ name }) => row[name]), null];
    lines.push(`"${JSON.stringify(line).replaceAll('"', '""')}"`);
  }
  writeFileSync(path, `${lines.join('\n')}\n`);
}

async function* none() {}

/** A day has to have something in its listing. */
async function* oneObject(prefix: string) {
  if (!prefix.endsWith('import_')) yield { key: `${prefix}x.json`, etag: 'e', sizeBytes: 1 };
}

function refused(): never {
  throw new Error('not part of this benchmark');
}
