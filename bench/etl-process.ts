import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { S3Client } from '@aws-sdk/client-s3';
import { Pool } from 'undici';
import { readAhead } from '../src/base/async/read-ahead.ts';
import { runDay } from '../src/etl/run-day.ts';
import { dayPrefix } from '../src/lake/object-keys.ts';
import { folderStore } from '../src/storage/folder-store.ts';
import type { ObjectEntry } from '../src/storage/object-store.ts';
import { s3Reader } from '../src/storage/s3/s3-reader.ts';
import { s3Signer } from '../src/storage/s3/s3-signer.ts';
import { s3Client, s3Store } from '../src/storage/s3/s3-store.ts';
import { tellMeasured } from './measured-process.ts';
import { benchDay } from './raw-places.ts';

/*
 * One way through a day, in a process of its own; started by etl.ts. Without --lake it is S3's, as the environment
 * says.
 */
const { values, positionals } = parseArgs({
  options: { lake: { type: 'string' }, bucket: { type: 'string', default: 'raw' } },
  allowPositionals: true,
});
const [way = ''] = positionals;
const { lake, bucket } = values;
const concurrency = 256;
const ways: Readonly<Record<string, () => Promise<object>>> = { etl, fourDays, courseWay, bareReads };
await tellMeasured(ways[way] ?? etl);

/** As the ETL function does it. */
async function etl(): Promise<{ rawObjects: number }> {
  if (lake) {
    const [raw, enriched] = [folderStore(lake, 'raw'), folderStore(lake, 'enriched')];
    return runDay(benchDay, { raw, enriched, force: true, concurrency });
  }
  const client = s3Client({ pathStyle: true });
  const raw = s3Store(client, bucket, s3Reader(client, bucket));
  return runDay(benchDay, { raw, enriched: s3Store(client, 'enriched'), force: true, concurrency });
}

/** As many days as the ETL function does at once, all of them this one. */
async function fourDays(): Promise<object> {
  const days = await Promise.all([etl(), etl(), etl(), etl()]);
  return { rawObjects: days.reduce((sum, { rawObjects }) => sum + rawObjects, 0) };
}

/** The course's way: one object after the other by the SDK's client, which looks up its size and then downloads it. */
async function courseWay(): Promise<object> {
  const client = s3Client({ pathStyle: true });
  const store = s3Store(client, bucket);
  const download = async (key: string) => {
    await store.headObject(key);
    return store.getObject(key);
  };
  const raw = s3Store(client, bucket, download);
  return runDay(benchDay, { raw, enriched: s3Store(client, 'enriched'), force: true, concurrency: 1 });
}

/** The least that reading can cost: the same objects, whose bytes are counted and forgotten. */
async function bareReads(): Promise<object> {
  const client = s3Client({ pathStyle: true });
  const store = lake ? folderStore(lake, 'raw') : s3Store(client, bucket);
  const read = lake ? bareFileRead(join(lake, 'raw')) : await bareS3Read(client);
  let rawObjects = 0;
  let sizeBytes = 0;
  for await (const bytes of readAhead(store.listObjects(dayPrefix(benchDay)), read, concurrency)) {
    rawObjects += 1;
    sizeBytes += bytes;
  }
  return { rawObjects, sizeBytes };
}

/** Gives the number of an object's bytes. */
type BareRead = (entry: ObjectEntry) => Promise<number>;

function bareFileRead(folder: string): BareRead {
  return async ({ key }) => (await readFile(join(folder, key))).length;
}

/** Signed requests over connections that are kept open; whatever is not the object ends the process. */
async function bareS3Read(client: S3Client): Promise<BareRead> {
  const { origin, signGet } = await s3Signer(client, bucket);
  const pool = new Pool(origin, { connections: concurrency, allowH2: false });
  return async ({ key }) => {
    const { path, headers } = await signGet(key);
    return new Promise((resolve, reject) => {
      let bytes = 0;
      pool.dispatch(
        { method: 'GET', path, headers },
        {
          onRequestStart() {},
          onResponseStart(_, status) {
            if (status !== 200) reject(new Error(`status ${status}`));
          },
          onResponseData(_, chunk) {
            bytes += chunk.length;
          },
          onResponseEnd: () => resolve(bytes),
          onResponseError: (_, error) => reject(error),
        },
      );
    });
  };
}
