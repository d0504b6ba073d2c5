import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Day } from '../src/base/local-day.ts';
import type { S3Server } from '../tools/engines/s3-server.ts';
import { type GeneratedDay, generateDay } from './generate-day.ts';
import type { StandIn } from './stand-in.ts';

/** Where the raw objects of a generated day are that a benchmark reads. */
export interface Place {
  readonly name: string;
  /** Puts a day with this number of updates there, and in the bucket `few` one of `sdkUpdates`. */
  fill(updates: number): Promise<void>;
  /** What etl-process.ts has to know of it. */
  readonly options: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** As many as the SDK's client reads one by one in some seconds; 0 where it has nothing to read. */
  readonly sdkUpdates: number;
  /** Processor time that the server has taken so far, in microseconds. */
  readonly serverCpu?: () => Promise<number>;
}

export const benchDay = '2026-11-22' as Day;

export function folderPlace(folder: string): Place {
  return {
    name: 'a folder',
    fill: async (updates) => writeObjects(join(folder, 'raw'), updates),
    options: ['--lake', folder],
    sdkUpdates: 0,
  };
}

export function standInPlace(
  standIn: StandIn,
  latencyMs: number,
  name = `S3 stand-in, ${latencyMs} ms`,
): Place {
  const sdkUpdates = latencyMs > 0 ? 500 : 2_000;
  return {
    name,
    async fill(updates) {
      await standIn.order({ fill: generated(updates), bucket: 'raw' });
      await standIn.order({ fill: generated(sdkUpdates), bucket: 'few' });
      await standIn.order({ latencyMs });
    },
    options: [],
    environment: standIn.environment,
    sdkUpdates,
    serverCpu: () => standIn.order({ latencyMs }),
  };
}

/** Its buckets are folders, so it is filled without a request. */
export async function serverPlace(server: S3Server, folder: string): Promise<Place> {
  for (const bucket of ['raw', 'few', 'enriched']) await server.createBucket(bucket);
  const sdkUpdates = 1_000;
  return {
    name: 'S3 server versitygw',
    async fill(updates) {
      writeObjects(join(folder, 'raw'), updates);
      writeObjects(join(folder, 'few'), sdkUpdates);
    },
    options: [],
    environment: server.environment,
    sdkUpdates,
  };
}

function generated(updates: number): GeneratedDay {
  return { day: benchDay, updates, timeZone: 'America/Sao_Paulo' };
}

/** Each object a file, in place of those that were there. */
function writeObjects(bucket: string, updates: number): void {
  rmSync(join(bucket, 'telegram'), { recursive: true, force: true });
  writeDay(bucket, generated(updates));
}

/** Each raw object of a generated day as a file of a folder that stands for the bucket. */
export function writeDay(bucket: string, day: GeneratedDay): void {
  let folder = '';
  for (const { key, json } of generateDay(day)) {
    const path = join(bucket, key);
    if (dirname(path) !== folder) {
      folder = dirname(path);
      mkdirSync(folder, { recursive: true });
    }
    writeFileSync(path, json);
  }
}
