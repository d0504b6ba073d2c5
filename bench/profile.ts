import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markdownTable } from '../tools/markdown-table.ts';
import { machine, measureProcess } from './measured-process.ts';
import { type Place, standInPlace } from './raw-places.ts';
import { startStandIn } from './stand-in.ts';

/**
 * `npm run bench:profile -- [updates…]` tells where the ETL's time goes, and that of bare reads of the same objects: each way
 * runs once under Node's sampling profiler, with S3 answering in 15 ms. The profiler itself takes its share of each part.
 */
const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0) sizes.push(10_000, 100_000);

/** Where a sample belongs: to the first part that the place of its function matches. */
const parts: readonly (readonly [part: string, place: RegExp])[] = [
  ['waiting', /^\(idle\)/],
  ['garbage collection', /^\(garbage collector\)/],
  ['loading code', /internal\/(modules|bootstrap|deps\/(cjs-module-lexer|amaro))|^compileFunction/],
  ['gzip', /node:zlib/],
  ['Parquet', /parquetjs|src\/etl\/parquet-file/],
  ['signing', /signature-v4|internal\/crypto|src\/lake\/s3-signer/],
  ['listing, by the SDK', /@aws-sdk|@smithy|@aws-crypto/],
  ['JSON and rows', /\/src\/(telegram|etl|lake\/(columns|object-keys|merge-sorted|local-day))/],
];
const rest = 'HTTP, sockets, buffers, promises';

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
  }[];
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

async function main(): Promise<void> {
  const standIn = await startStandIn();
  try {
    console.log(`${machine()}\n`);
    for (const updates of sizes) console.log(`${await table(standInPlace(standIn, 15), updates)}\n`);
  } finally {
    standIn.stop();
  }
}

async function table(place: Place, updates: number): Promise<string> {
  await place.fill(updates);
  const [etl, bare] = [await profiled(place, 'etl'), await profiled(place, 'bareReads')];
  const each = (microseconds: number) => (microseconds / updates).toFixed(1);
  const rows = [...parts.map(([part]) => part), rest].map((part) => {
    const [ours, least] = [etl.get(part) ?? 0, bare.get(part) ?? 0];
    return { part, ours, least };
  });
  const sum = (side: 'ours' | 'least') => rows.reduce((total, row) => total + row[side], 0);
  rows.push({ part: 'together', ours: sum('ours'), least: sum('least') });
  return markdownTable(
    [`µs an update, of ${updates.toLocaleString('en')}`, 'ETL', 'bare reads', 'more'],
    rows.map(({ part, ours, least }) => [part, each(ours), each(least), each(ours - least)]),
  );
}

/** Microseconds of each part. */
async function profiled({ environment = {}, options }: Place, way: string): Promise<Map<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'telegram-lake-bench-'));
  try {
    const flags = ['--cpu-prof', `--cpu-prof-dir=${folder}`];
    await measureProcess(['bench/etl-process.ts', way, ...options], { environment, flags });
    const [file = ''] = readdirSync(folder);
    return byPart(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function byPart({ nodes, samples, timeDeltas }: Profile): Map<string, number> {
  const partOf = new Map(
    nodes.map(({ id, callFrame: { functionName, url } }) => {
      const place = `${functionName} ${url}`;
      return [id, parts.find(([, pattern]) => pattern.test(place))?.[0] ?? rest];
    }),
  );
  const sums = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const part = partOf.get(id) ?? rest;
    sums.set(part, (sums.get(part) ?? 0) + (timeDeltas[index] ?? 0));
  }
  return sums;
}

await main();
