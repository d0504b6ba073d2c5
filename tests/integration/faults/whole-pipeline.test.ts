import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { type Random, seededRandom } from '../../../src/base/random.ts';
import { runDay } from '../../../src/etl/run-day.ts';
import { createWebhook } from '../../../src/ingest/webhook.ts';
import { createLake, daysOf, type Lake } from '../../../src/lake/lake.ts';
import { type ObjectStore, StoreError } from '../../../src/storage/object-store.ts';
import { type S3Server, startS3Server } from '../../../tools/engines/s3-server.ts';
import { freePort } from '../../../tools/engines/server-process.ts';
import { telegramLake } from '../../support/run-cli.ts';
import { chatIds, timeZone } from '../group/post.ts';
import { type Fault, type ProxiedRequest, startFaultProxy } from '../s3/fault-proxy.ts';
import { s3Bucket } from '../s3/s3-bucket.ts';
import { randomDeliveries } from './deliveries.ts';
import { expectLake } from './expected-lake.ts';
import { startedLake } from './started-lake.ts';
import { deliverAll, percentile } from './telegram.ts';

/** 1,000,000 by `npm run soak`. */
const total = Number(process.env.DELIVERIES ?? 100_000);
/** Another one tries other things; the same one the same deliveries, faults and bytes again. */
const seed = Number(process.env.SEED ?? 20_261_122);
const isSoak = total >= 1_000_000;

const secretToken = 'secret-of-the-tests';
const arrival = Date.UTC(2026, 9, 25, 12) / 1000;
const counted = (count: number) => count.toLocaleString('en');

describe(`the whole pipeline under faults, seed ${seed}`, function () {
  this.timeout(120_000 + total * 30);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'telegram-lake-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const killed = Math.round(total * 0.6);
  it(`holds each of ${counted(killed)} deliveries once, though the server and the ETL are killed and files rot`, async () => {
    const random = seededRandom(seed);
    const deliveries = randomDeliveries(killed, random);
    const lake = join(folder, 'lake');
    const server = startedLake(lake, await freePort());
    await server.start();
    const isSent = { value: false };
    const sending = deliverAll(deliveries.posts, server.post, random).finally(() => {
      isSent.value = true;
    });
    let kills = 0;
    const killing = (async () => {
      const times = seededRandom(seed + 1);
      while (!isSent.value) {
        await delay(times.between(500, 6_000));
        if (isSent.value) return;
        await server.end('SIGKILL');
        kills += 1;
        await server.start();
      }
    })();
    const sent = await sending;
    await killing;
    await server.end('SIGKILL');

    const etl = ['etl', '--lake', lake];
    for (let run = 0; run < 6; run++) {
      const both = [etlProcess(etl), etlProcess(etl)];
      await delay(random.between(100, 2_000));
      for (const { child } of both) child.kill('SIGKILL');
      await Promise.all(both.map(({ ended }) => ended));
    }
    await whole(etl);
    await expectLake(places(lake), deliveries);
    rot(join(lake, 'enriched'), random);
    await whole(etl);
    await expectLake(places(lake), deliveries);
    // A claim of a killed run holds a process id and nothing else. It goes with the next one, or after an hour.
    const left = readdirSync(join(lake, '.incoming')).filter((name) => !name.startsWith('claim-'));
    expect(left, 'half files').to.deep.equal([]);
    console.log(
      `      ${counted(sent.deliveries)} deliveries, ${counted(sent.retries)} retries, ${kills + 1} kills of the server, ` +
        `12 of the ETL; p50 ${percentile(sent.latencies, 0.5).toFixed(1)} ms, p99 ${percentile(sent.latencies, 0.99).toFixed(0)} ms`,
    );
  });

  const onSickDisk = Math.round(total * 0.25);
  it(`holds each of ${counted(onSickDisk)} deliveries once in a folder whose disk is full or fails at random`, async () => {
    const random = seededRandom(seed + 2);
    const deliveries = randomDeliveries(onSickDisk, random);
    const sound = createLake(join(folder, 'lake'), timeZone);
    const chances = seededRandom(seed + 3);
    const counts = { faults: 0 };
    const sick = (store: ObjectStore) => sickStore(store, chances, counts);
    const sent = await throughIngestAndEtl(
      { raw: sick(sound.raw), enriched: sick(sound.enriched), timeZone },
      sound,
      deliveries.posts,
      random,
    );
    await rebuild(sound);
    await expectLake(places(join(folder, 'lake')), deliveries);
    console.log(
      `      ${counted(sent.deliveries)} deliveries, ${counted(sent.retries)} retries, ${counted(counts.faults)} faults`,
    );
  });

  describe('on S3', () => {
    let server: S3Server;
    let buckets: string;
    before(async () => {
      buckets = mkdtempSync(join(tmpdir(), 'telegram-lake-test-'));
      server = await startS3Server({ folder: buckets });
      for (const bucket of ['raw', 'enriched']) await server.createBucket(bucket);
    });
    after(async () => {
      await server?.stop();
      rmSync(buckets, { recursive: true, force: true });
    });

    const onS3 = total - killed - onSickDisk;
    it(`holds each of ${counted(onS3)} deliveries once, behind a network that fails in every way at random`, async () => {
      const random = seededRandom(seed + 4);
      const deliveries = randomDeliveries(onS3, random);
      const chances = seededRandom(seed + 5);
      const proxy = await startFaultProxy(server.endpoint, (request) => randomFault(request, chances));
      try {
        const store = (environment: Record<string, string>, bucket: string, bulk = false) =>
          s3Bucket(environment, bucket, { bulk, timeoutMilliseconds: 1_000 });
        const behind = { ...server.environment, AWS_ENDPOINT_URL_S3: proxy.endpoint };
        const sick = {
          raw: await store(behind, 'raw', true),
          enriched: await store(behind, 'enriched'),
          timeZone,
        };
        const sound = {
          raw: await store(server.environment, 'raw', true),
          enriched: await store(server.environment, 'enriched'),
          timeZone,
        };
        const sent = await throughIngestAndEtl(sick, sound, deliveries.posts, random);
        await rebuild(sound);
        await expectLake({ raw: join(buckets, 'raw'), enriched: join(buckets, 'enriched') }, deliveries);
        console.log(
          `      ${counted(sent.deliveries)} deliveries, ${counted(sent.retries)} retries, ` +
            `${counted(proxy.counts.requests)} requests, ${counted(proxy.counts.faults)} faults`,
        );
      } finally {
        await proxy.close();
      }
    });
  });

  const seconds = isSoak ? 300 : 15;
  it(`answers 100 posts a second for ${seconds} seconds beside the ETL, without an error`, async () => {
    const random = seededRandom(seed + 6);
    const { posts } = randomDeliveries(100 * seconds, random);
    const lake = join(folder, 'lake');
    const server = startedLake(lake, await freePort());
    await server.start();
    const latencies: number[] = [];
    const failures: string[] = [];
    let isOver = false;
    let runs = 0;
    const etl = (async () => {
      while (!isOver) {
        await whole(['etl', '--lake', lake]);
        runs += 1;
      }
    })();
    const start = performance.now();
    const answers = posts.map(async ({ body }, at) => {
      await delay(Math.max(0, at * 10 - (performance.now() - start)));
      const posted = performance.now();
      const status = await server.post(body).catch((error: Error) => error.message);
      latencies.push(performance.now() - posted);
      if (status !== 200) failures.push(String(status));
    });
    await Promise.all(answers);
    isOver = true;
    await etl;
    await server.end('SIGTERM');
    latencies.sort((a, b) => a - b);
    const peak = server.peakBytes();
    console.log(
      `      ${counted(posts.length)} posts, ${runs} runs of the ETL; p50 ${percentile(latencies, 0.5).toFixed(1)} ms, ` +
        `p99 ${percentile(latencies, 0.99).toFixed(0)} ms; ${peak === undefined ? '?' : Math.round(peak / 1e6)} MB at most`,
    );
    expect(failures).to.deep.equal([]);
    expect(runs).to.be.greaterThan(0);
    if (peak !== undefined) expect(peak).to.be.lessThan(600e6);
  });
});

const places = (lake: string) => ({ raw: join(lake, 'raw'), enriched: join(lake, 'enriched') });

/** Deliveries through the webhook, while the ETL runs over and over; both on a store that fails now and then. */
async function throughIngestAndEtl(
  sick: Lake,
  sound: Lake,
  posts: Parameters<typeof deliverAll>[0],
  random: Random,
) {
  const webhook = createWebhook({
    store: sick.raw,
    secretToken,
    chats: chatIds,
    timeZone,
    now: () => arrival,
  });
  const statusOf = { stored: 200, ignored: 200, quarantined: 200, refused: 401, failed: 503 };
  let isSent = false;
  const etl = (async () => {
    while (!isSent) {
      for (const day of await daysOf(sound)) {
        if (isSent) return;
        await runDay(day, { ...sick, verify: true }).catch((error) => {
          if (!(error instanceof StoreError)) throw error;
        });
      }
      await delay(10);
    }
  })();
  const take = async (body: Buffer) => statusOf[(await webhook.receive({ secretToken, body })).outcome];
  const sent = await deliverAll(posts, take, random, { pauseMilliseconds: 1 });
  isSent = true;
  await etl;
  return sent;
}

async function rebuild(lake: Lake): Promise<void> {
  for (const day of await daysOf(lake)) await runDay(day, lake);
  for (const day of await daysOf(lake)) expect(await runDay(day, lake)).to.include({ outcome: 'unchanged' });
}

/** A disk that is full, or loses a sector, or refuses, now and then: before an object is stored, or after. */
function sickStore(store: ObjectStore, { chance, pick }: Random, counts: { faults: number }): ObjectStore {
  const fail = (action: string, key: string) => {
    counts.faults += 1;
    const code = pick(['ENOSPC', 'EIO', 'EACCES', 'EROFS', 'EMFILE']);
    throw new StoreError(action, key, Object.assign(new Error(code), { code }));
  };
  const at = (probability: number, action: string, key: string) => chance(probability) && fail(action, key);
  return {
    async putObject(key, body, options) {
      at(0.05, 'store', key);
      const outcome = await store.putObject(key, body, options);
      at(0.05, 'store', key);
      return outcome;
    },
    async getObject(key) {
      at(0.0002, 'read', key);
      return store.getObject(key);
    },
    async headObject(key) {
      at(0.02, 'look up', key);
      return store.headObject(key);
    },
    async *listObjects(prefix) {
      for await (const entry of store.listObjects(prefix)) {
        at(0.00005, 'list', prefix);
        yield entry;
      }
    },
    listFolders: (prefix) => store.listFolders(prefix),
    deleteObject: (key) => store.deleteObject(key),
  };
}

/** One request in fifty fails; a tenth of those costs the client its time-out. */
function randomFault({ method }: ProxiedRequest, { chance, pick, between }: Random): Fault | undefined {
  if (!chance(0.02)) return undefined;
  if (chance(0.1))
    return pick<Fault>([{ fault: 'silence' }, { fault: 'stuck answer', bytes: between(0, 300) }]);
  return pick<Fault>([
    { fault: 'error', status: 500, code: 'InternalError' },
    { fault: 'error', status: 503, code: 'SlowDown' },
    { fault: 'lost request' },
    { fault: 'lost answer' },
    { fault: 'late', milliseconds: between(1, 300) },
    ...(method === 'GET' ? ([{ fault: 'cut answer', bytes: between(0, 2_000) }] as const) : []),
  ]);
}

/** Changes bytes of some Parquet files as a disk does: size and time stay. */
function rot(enriched: string, { chance, between }: Random): void {
  const times = join(enriched, '..', 'times');
  for (const name of readdirSync(enriched, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.parquet') || !chance(0.4)) continue;
    const path = join(enriched, name);
    writeFileSync(times, '');
    execFileSync('touch', ['-r', path, times]);
    const bytes = readFileSync(path);
    for (let count = between(1, 20); count > 0; count--) {
      const at = between(0, bytes.length - 1);
      bytes[at] = (bytes[at] ?? 0) ^ between(1, 255);
    }
    writeFileSync(path, bytes);
    execFileSync('touch', ['-r', times, path]);
  }
  rmSync(times, { force: true });
}

function etlProcess(command: readonly string[]) {
  const child = spawn(process.execPath, [telegramLake, ...command], { stdio: ['ignore', 'ignore', 'pipe'] });
  let problem = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    problem += text;
  });
  const ended = new Promise<{ code: number | null; problem: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, problem })),
  );
  return { child, ended };
}

/** Runs the ETL to its end. */
async function whole(command: readonly string[]): Promise<void> {
  const { code, problem } = await etlProcess(command).ended;
  expect([code, problem]).to.deep.equal([0, '']);
}
