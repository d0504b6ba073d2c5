import { expect } from 'chai';
import { runDay } from '../../../src/etl/run-day.ts';
import { createWebhook } from '../../../src/ingest/webhook.ts';
import { enrichedKey } from '../../../src/lake/object-keys.ts';
import { type ObjectStore, StoreError } from '../../../src/storage/object-store.ts';
import { type S3Server, startS3Server } from '../../../tools/engines/s3-server.ts';
import { rejection } from '../../support/rejection.ts';
import { groupDay } from '../group/group-day.ts';
import { chatIds, day, timeZone } from '../group/post.ts';
import { rowsByDuckDb } from '../rows-by-duckdb.ts';
import { type Fault, type FaultProxy, type ProxiedRequest, startFaultProxy } from './fault-proxy.ts';
import { postAll, secretToken } from './post-all.ts';
import { s3Bucket } from './s3-bucket.ts';

type FaultOf = (request: ProxiedRequest) => Fault | undefined;

const key = enrichedKey(day);
const group = groupDay(1_200);
const [rawBucket, enrichedBucket] = ['raw', 'enriched'];

const every = (n: number, fault: Fault) => (request: ProxiedRequest) =>
  request.number % n === 0 ? fault : undefined;
const isGetOfUpdate = ({ method, path }: ProxiedRequest) =>
  method === 'GET' && path.startsWith(`/${rawBucket}/telegram/`);
const isPutOfFile = ({ method, path }: ProxiedRequest) =>
  method === 'PUT' && path === `/${enrichedBucket}/${key}`;
const isListing = ({ method, query }: ProxiedRequest) => method === 'GET' && query.get('list-type') === '2';

describe('S3 behind a bad network', function () {
  this.timeout(180_000);
  let server: S3Server;
  let raw: ObjectStore;
  let enriched: ObjectStore;
  let proxy: FaultProxy | undefined;

  before(async () => {
    server = await startS3Server();
    for (const bucket of [rawBucket, enrichedBucket]) await server.createBucket(bucket);
    raw = await s3Bucket(server.environment, rawBucket);
    enriched = await s3Bucket(server.environment, enrichedBucket);
    const outcomes = await postAll(webhookOf(raw), group.posts);
    expect(outcomes.filter(({ outcome }) => outcome === 'failed')).to.deep.equal([]);
  });
  after(() => server?.stop());

  // The file of an earlier night, which must be there as it was until a whole new one replaces it.
  const earlier = Buffer.from('the file of the night before');
  beforeEach(() => enriched.putObject(key, earlier, { metadata: { fingerprint: 'before' } }));
  afterEach(async () => {
    await proxy?.close();
    proxy = undefined;
  });

  function webhookOf(store: ObjectStore) {
    return createWebhook({ store, secretToken, chats: chatIds, timeZone, now: () => 1_800_000_000 });
  }

  /** The buckets as they are reached through a network in which this goes wrong. */
  async function through(faultOf: FaultOf, timeoutMilliseconds = 20_000) {
    proxy = await startFaultProxy(server.endpoint, faultOf);
    const environment = { ...server.environment, AWS_ENDPOINT_URL_S3: proxy.endpoint };
    return {
      raw: await s3Bucket(environment, rawBucket, { bulk: true, timeoutMilliseconds }),
      enriched: await s3Bucket(environment, enrichedBucket, { timeoutMilliseconds }),
    };
  }

  async function expectRightFile() {
    expect(await rowsByDuckDb(await enriched.getObject(key))).to.deep.equal(group.rows);
    expect((await enriched.headObject(key))?.metadata['row-count']).to.equal('1200');
  }

  async function expectFileOfBefore() {
    expect(Buffer.from(await enriched.getObject(key)).equals(earlier)).to.equal(true);
    expect((await enriched.headObject(key))?.metadata).to.deep.equal({ fingerprint: 'before' });
  }

  describe('the ETL gives the right rows', () => {
    const passing: [title: string, faultOf: FaultOf][] = [
      ['when every answer is 30 ms late', () => ({ fault: 'late', milliseconds: 30 })],
      [
        'when each 15th request is answered 500',
        every(15, { fault: 'error', status: 500, code: 'InternalError' }),
      ],
      ['when each 15th is told to slow down', every(15, { fault: 'error', status: 503, code: 'SlowDown' })],
      ['when the connection breaks before each 15th request', every(15, { fault: 'lost request' })],
      ['when the connection breaks before each 15th answer', every(15, { fault: 'lost answer' })],
      [
        'when each 15th update breaks off',
        (request) =>
          isGetOfUpdate(request) && request.number % 15 === 0
            ? { fault: 'cut answer', bytes: 60 }
            : undefined,
      ],
      [
        'when the first two listings are cut',
        (() => {
          let cuts = 0;
          return (request: ProxiedRequest) =>
            isListing(request) && cuts++ < 2 ? { fault: 'cut answer', bytes: 2_000 } : undefined;
        })(),
      ],
      [
        'when the first two uploads of the file break off',
        (() => {
          let cuts = 0;
          return (request: ProxiedRequest) =>
            isPutOfFile(request) && cuts++ < 2 ? { fault: 'lost request' } : undefined;
        })(),
      ],
    ];
    for (const [title, faultOf] of passing) {
      it(title, async () => {
        const stores = await through(faultOf);
        expect(await runDay(day, stores)).to.include({ outcome: 'rebuilt', rows: 1_200 });
        expect(proxy?.counts.faults).to.be.greaterThan(1);
        await expectRightFile();
      });
    }
  });

  describe('the ETL fails with a StoreError, and leaves the file as it was', () => {
    const sick = group.posts.flatMap(({ stored }) => (typeof stored === 'object' ? [stored.key] : []))[700];
    const failing: [title: string, faultOf: FaultOf][] = [
      [
        'when one update cannot be read',
        ({ path }) =>
          path === `/${rawBucket}/${sick}`
            ? { fault: 'error', status: 500, code: 'InternalError' }
            : undefined,
      ],
      [
        'when the answer for one update always breaks off',
        ({ path }) => (path === `/${rawBucket}/${sick}` ? { fault: 'cut answer', bytes: 40 } : undefined),
      ],
      [
        'when the second page of the listing cannot be had',
        (request) =>
          isListing(request) && request.query.has('continuation-token')
            ? { fault: 'error', status: 503, code: 'SlowDown' }
            : undefined,
      ],
      [
        'when the second page of the listing always breaks off',
        (request) =>
          isListing(request) && request.query.has('continuation-token')
            ? { fault: 'cut answer', bytes: 30_000 }
            : undefined,
      ],
      [
        'when the file cannot be stored',
        (request) =>
          isPutOfFile(request) ? { fault: 'error', status: 500, code: 'InternalError' } : undefined,
      ],
      [
        'when the upload of the file always breaks off',
        (request) => (isPutOfFile(request) ? { fault: 'lost request' } : undefined),
      ],
      ['when nothing is answered but errors', () => ({ fault: 'error', status: 503, code: 'SlowDown' })],
      ['when every connection breaks', () => ({ fault: 'lost request' })],
    ];
    for (const [title, faultOf] of failing) {
      it(title, async () => {
        const stores = await through(faultOf);
        expect(await rejection(runDay(day, stores))).to.be.instanceOf(StoreError);
        await expectFileOfBefore();
      });
    }
  });

  it('fails with a StoreError when an answer stops half way, though its connection stays', async () => {
    const stores = await through(
      (request) =>
        isListing(request) && request.query.has('continuation-token')
          ? { fault: 'stuck answer', bytes: 30_000 }
          : undefined,
      1_000,
    );
    expect(await rejection(runDay(day, stores))).to.be.instanceOf(StoreError);
    await expectFileOfBefore();
  });

  it('has the file even if the answer to its upload is lost for good: the next run finds nothing to do', async () => {
    const stores = await through((request) => (isPutOfFile(request) ? { fault: 'lost answer' } : undefined));
    expect(await rejection(runDay(day, stores))).to.be.instanceOf(StoreError);
    await expectRightFile();
    expect(await runDay(day, { raw, enriched })).to.include({ outcome: 'unchanged', rows: 1_200 });
  });

  describe('the webhook', () => {
    const { body, stored } = groupDay(4).posts[0] ?? { body: Buffer.alloc(0), stored: 'nowhere' };
    const rawKey = typeof stored === 'object' ? stored.key : '';
    beforeEach(() => raw.deleteObject(rawKey));

    it('stores an update after two failures, once', async () => {
      const stores = await through(({ number }) =>
        number < 3 ? { fault: 'error', status: 500, code: 'InternalError' } : undefined,
      );
      const outcome = await webhookOf(stores.raw).receive({ secretToken, body });
      expect(outcome).to.include({ outcome: 'stored', key: rawKey });
      expect(Buffer.from(await raw.getObject(rawKey)).toString()).to.include('"update_id"');
    });

    it('fails, so that Telegram tries again, when S3 only answers errors', async () => {
      const stores = await through(() => ({ fault: 'error', status: 503, code: 'SlowDown' }));
      const outcome = await webhookOf(stores.raw).receive({ secretToken, body });
      expect(outcome).to.include({ outcome: 'failed' });
      expect(await raw.headObject(rawKey)).to.equal(undefined);
    });

    it('says stored or failed when answers are lost, and the retry is the same object', async () => {
      let lost = 0;
      const stores = await through(() => (lost++ < 5 ? { fault: 'lost answer' } : undefined));
      const webhook = webhookOf(stores.raw);
      let deliveries = 1;
      while ((await webhook.receive({ secretToken, body })).outcome === 'failed') deliveries++;
      expect(deliveries).to.be.within(1, 3);
      expect(await Array.fromAsync(raw.listObjects(rawKey))).to.have.lengthOf(1);
    });

    it('gives up on a silent S3 after three attempts of the time that it allows each', async () => {
      const stores = await through(() => ({ fault: 'silence' }), 1_000);
      const start = performance.now();
      const outcome = await webhookOf(stores.raw).receive({ secretToken, body });
      expect(outcome).to.include({ outcome: 'failed' });
      expect(proxy?.counts.requests).to.equal(3);
      expect(performance.now() - start).to.be.within(3_000, 8_000);
    });
  });
});
