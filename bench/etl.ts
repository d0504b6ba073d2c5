import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MissingToolError } from '../tools/engines/installed.ts';
import { startS3Server } from '../tools/engines/s3-server.ts';
import { markdownTable } from '../tools/markdown-table.ts';
import { type Measured, machine, measureProcess, median, type ProcessOptions } from './measured-process.ts';
import { memoryLimit } from './memory-limit.ts';
import { folderPlace, type Place, serverPlace, standInPlace } from './raw-places.ts';
import { startStandIn, tlsIdentity } from './stand-in.ts';

/**
 * `npm run bench:etl -- [updates…]` measures the ETL of generated days, each run in a process of its own. In the same
 * round, over the same objects, the least that reading them can cost; and the course's way, for as many as it reads in
 * some seconds.
 */
const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0) sizes.push(10_000, 100_000, 500_000);

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'telegram-lake-bench-'));
  const standIn = await startStandIn();
  const server = await startS3Server({ folder: join(folder, 's3') }).catch((error) => {
    if (!(error instanceof MissingToolError)) throw error;
    console.error(`${error.message}; left out`);
    return undefined;
  });
  try {
    console.log(`${machine()}\n`);
    const rows: string[][] = [];
    for (const place of [folderPlace(folder), standInPlace(standIn, 0), standInPlace(standIn, 15)]) {
      for (const updates of sizes) rows.push(await comparison(place, updates));
    }
    const identity = tlsIdentity(folder);
    if (identity) rows.push(...(await throughTls(identity)));
    else console.error('there is no openssl, so no certificate; TLS is left out');
    if (server)
      rows.push(await comparison(await serverPlace(server, join(folder, 's3')), Math.min(...sizes)));
    console.log(`${markdownTable(comparisonHead, rows)}\n`);
    console.log(markdownTable(memoryHead, await withinMemory(standInPlace(standIn, 15))));
  } finally {
    standIn.stop();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As S3 is asked in the cloud. */
async function throughTls(identity: string): Promise<string[][]> {
  const standIn = await startStandIn(identity);
  const place = standInPlace(standIn, 15, 'S3 stand-in, 15 ms, TLS');
  const rows: string[][] = [];
  for (const updates of sizes) rows.push(await comparison(place, updates));
  standIn.stop();
  return rows;
}

const comparisonHead = [
  'raw objects in',
  'updates',
  'updates/s',
  'CPU µs each',
  'peak memory',
  'bare reads/s',
  'CPU µs each',
  'of bare',
  "course's way/s",
  'times that',
  "server's CPU µs",
];

type Run = Measured & { readonly rawObjects: number };

async function comparison(place: Place, updates: number): Promise<string[]> {
  await place.fill(updates);
  const course = place.sdkUpdates > 0 ? await run(place, 'courseWay', '--bucket', 'few') : undefined;
  const pairs: { etl: Run; bare: Run; serverCpu: number }[] = [];
  for (let round = 0; round < (updates > 200_000 ? 1 : 3); round++) {
    const before = (await place.serverCpu?.()) ?? 0;
    const etl = await run(place, 'etl');
    const serverCpu = ((await place.serverCpu?.()) ?? 0) - before;
    pairs.push({ etl, bare: await run(place, 'bareReads'), serverCpu });
  }
  const rate = median(pairs.map(({ etl }) => perSecond(etl)));
  const share = median(pairs.map(({ etl, bare }) => perSecond(etl) / perSecond(bare)));
  return [
    place.name,
    whole(updates),
    whole(rate),
    whole(median(pairs.map(({ etl }) => cpuMicroseconds(etl)))),
    mebibytes(Math.max(...pairs.map(({ etl }) => etl.peakBytes))),
    whole(median(pairs.map(({ bare }) => perSecond(bare)))),
    whole(median(pairs.map(({ bare }) => cpuMicroseconds(bare)))),
    `${whole(100 * share)} %`,
    course ? whole(perSecond(course)) : '',
    course ? whole(rate / perSecond(course)) : '',
    place.serverCpu === undefined ? '' : whole(median(pairs.map(({ serverCpu }) => serverCpu / updates))),
  ];
}

const memoryHead = ['function of', 'updates', 'updates/s', 'CPU µs each', 'peak memory', 'of the smaller'];

/** What is run within a function's memory: the memory, the way, and the updates a day. */
const functions = [
  { megabytes: 512, way: 'etl', name: '512 MB, one day', sizes: [50_000, 500_000] },
  { megabytes: 1_769, way: 'fourDays', name: '1,769 MB, four days at once', sizes: [50_000, 250_000] },
];

/** The same ETL as Lambda starts its functions: the heap's bounds are its runtime's, the memory limit the kernel's. */
async function withinMemory(place: Place): Promise<string[][]> {
  const rows: string[][] = [];
  for (const { megabytes, way, name, sizes } of functions) {
    const limit = memoryLimit(megabytes * 1_048_576);
    if (!limit) console.error(`no control group can be made here: ${name} is only passed to Node`);
    const flags = [
      `--max-semi-space-size=${Math.floor(0.05 * megabytes)}`,
      `--max-old-space-size=${Math.floor(0.9 * megabytes)}`,
    ];
    let smaller: number | undefined;
    for (const updates of sizes) {
      await place.fill(updates);
      const etl = await run({ ...place, flags, within: limit?.within ?? [] }, way);
      smaller ??= etl.peakBytes;
      rows.push([
        name,
        whole(etl.rawObjects),
        whole(perSecond(etl)),
        whole(cpuMicroseconds(etl)),
        mebibytes(etl.peakBytes),
        `${(etl.peakBytes / smaller).toFixed(2)} ×`,
      ]);
    }
    limit?.remove();
  }
  return rows;
}

async function run(place: Place & ProcessOptions, way: string, ...options: string[]): Promise<Run> {
  return measureProcess<{ rawObjects: number }>(
    ['bench/etl-process.ts', way, ...place.options, ...options],
    place,
  );
}

function perSecond({ rawObjects, seconds }: Run): number {
  return rawObjects / seconds;
}

function cpuMicroseconds({ rawObjects, cpuSeconds }: Run): number {
  return (1e6 * cpuSeconds) / rawObjects;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function mebibytes(bytes: number): string {
  return `${whole(bytes / 1_048_576)} MiB`;
}

await main();
