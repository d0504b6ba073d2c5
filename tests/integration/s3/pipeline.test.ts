import { expect } from 'chai';
import { runDay } from '../../../src/etl/run-day.ts';
import { createWebhook, type Webhook } from '../../../src/ingest/webhook.ts';
import { enrichedKey } from '../../../src/lake/object-keys.ts';
import { type ObjectStore, StoreError } from '../../../src/storage/object-store.ts';
import { type S3Server, startS3Server } from '../../../tools/engines/s3-server.ts';
import { rejection } from '../../support/rejection.ts';
import { type GroupDay, groupDay } from '../group/group-day.ts';
import { chatIds, day, type Post, timeZone } from '../group/post.ts';
import { rowsByDuckDb } from '../rows-by-duckdb.ts';
import { postAll, secretToken } from './post-all.ts';
import { s3Bucket } from './s3-bucket.ts';

const arrival = Date.UTC(2026, 10, 25, 12) / 1000;

function webhookOf(store: ObjectStore): Webhook {
  return createWebhook({ store, secretToken, chats: chatIds, timeZone, now: () => arrival });
}

const keysOf = async (store: ObjectStore, prefix = '') =>
  (await Array.fromAsync(store.listObjects(prefix))).map(({ key }) => key);

function keysInDay({ posts }: GroupDay): string[] {
  const keys = posts.flatMap(({ stored }) => (typeof stored === 'object' ? [stored.key] : []));
  return [...new Set(keys)].sort();
}

describe('on an S3 server', function () {
  this.timeout(120_000);
  let server: S3Server;
  let raw: ObjectStore;
  let enriched: ObjectStore;

  before(async () => {
    server = await startS3Server();
  });
  after(() => server?.stop());

  let lakes = 0;
  beforeEach(async () => {
    const [rawBucket, enrichedBucket] = [`raw-${++lakes}`, `enriched-${lakes}`];
    for (const bucket of [rawBucket, enrichedBucket]) await server.createBucket(bucket);
    raw = await s3Bucket(server.environment, rawBucket, { bulk: true });
    enriched = await s3Bucket(server.environment, enrichedBucket);
  });

  describe('a day of 1,500 messages', () => {
    const group = groupDay(1_500);

    it('is stored byte for byte, every update once and under its key', async () => {
      const outcomes = await postAll(webhookOf(raw), group.posts);
      const ignored = group.posts.filter(({ stored }) => stored === 'nowhere');
      expect(outcomes.filter(({ outcome }) => outcome === 'ignored')).to.have.lengthOf(ignored.length);
      expect(outcomes.filter(({ outcome }) => outcome === 'stored')).to.have.lengthOf(
        group.posts.length - ignored.length,
      );
      const keys = keysInDay(group);
      expect(keys).to.have.length.greaterThan(1_600);
      expect(await keysOf(raw, `telegram/context_date=${day}/`)).to.deep.equal(keys);

      const bodies = new Map(
        group.posts.flatMap(({ stored, body }) => (typeof stored === 'object' ? [[stored.key, body]] : [])),
      );
      for (const key of keys.filter((_, i) => i % 40 === 0)) {
        const stored = Buffer.from(await raw.getObject(key)).toString();
        expect(stored).to.equal(bodies.get(key)?.toString().replaceAll('\n', ' '));
      }
    });

    it('becomes the rows that were written down for it', async () => {
      await postAll(webhookOf(raw), group.posts);
      const summary = await runDay(day, { raw, enriched });
      expect(summary).to.include({
        outcome: 'rebuilt',
        rows: 1_500,
        rawObjects: keysInDay(group).length,
      });
      expect(await rowsByDuckDb(await enriched.getObject(enrichedKey(day)))).to.deep.equal(group.rows);
      expect(await runDay(day, { raw, enriched })).to.include({ outcome: 'unchanged', rows: 1_500 });
    });

    it('is rebuilt after a late update, and removed with its last one', async () => {
      const [late, ...early] = groupDay(20).posts;
      await postAll(webhookOf(raw), early);
      await runDay(day, { raw, enriched });
      await postAll(webhookOf(raw), [late as Post]);
      expect(await runDay(day, { raw, enriched })).to.include({ outcome: 'rebuilt' });
      const rows = await rowsByDuckDb(await enriched.getObject(enrichedKey(day)));
      expect(rows).to.deep.equal(groupDay(20).rows);

      for (const key of await keysOf(raw)) await raw.deleteObject(key);
      expect(await runDay(day, { raw, enriched })).to.include({ outcome: 'removed' });
      expect(await keysOf(enriched)).to.deep.equal([]);
      expect(await runDay(day, { raw, enriched })).to.include({ outcome: 'empty' });
    });
  });

  describe('several writers of one day', () => {
    it('leave each update once and the same rows, however they overlap', async () => {
      const group = groupDay(400);
      // Three instances of the function, each delivered everything, in different orders.
      const orders = [group.posts, group.posts.toReversed(), [...group.posts.slice(300), ...group.posts]];
      const ingesting = orders.map((posts) => postAll(webhookOf(raw), posts, 10));

      // The ETL runs beside it, two at once, again and again; every reader of the file finds a whole one.
      let done = false;
      const building = [1, 2].map(async () => {
        while (!done) await runDay(day, { raw, enriched, force: true, concurrency: 8 });
      });
      const reading = (async () => {
        let largest = 0;
        while (!done) {
          const head = await enriched.headObject(enrichedKey(day));
          if (!head) continue;
          const rows = await rowsByDuckDb(await enriched.getObject(enrichedKey(day)));
          largest = Math.max(largest, rows.length);
        }
        return largest;
      })();
      await Promise.all(ingesting);
      done = true;
      await Promise.all(building);
      expect(await reading).to.be.within(1, 400);

      expect(await keysOf(raw, `telegram/context_date=${day}/`)).to.deep.equal(keysInDay(group));
      await runDay(day, { raw, enriched });
      expect(await rowsByDuckDb(await enriched.getObject(enrichedKey(day)))).to.deep.equal(group.rows);
      expect(await runDay(day, { raw, enriched })).to.include({ outcome: 'unchanged', rows: 400 });
    });

    it('report a migration once, of all who are told of it at the same time', async () => {
      const body = (update: object) => Buffer.from(JSON.stringify(update));
      const chat = { id: -4012345678, type: 'group' };
      const message = { message_id: 9, chat, date: arrival, migrate_to_chat_id: -1002345678901 };
      const tell = (i: number) =>
        createWebhook({
          store: raw,
          secretToken,
          chats: new Set([chat.id]),
          timeZone,
          now: () => arrival,
        }).receive({ secretToken, body: body({ update_id: i, message }) });
      const outcomes = await Promise.all(Array.from({ length: 8 }, (_, i) => tell(i)));
      expect(outcomes.every(({ outcome }) => outcome === 'stored')).to.equal(true);
      expect(outcomes.filter((outcome) => 'migration' in outcome)).to.have.lengthOf(1);
      expect(await keysOf(raw, 'migrations/')).to.deep.equal(['migrations/-1002345678901.json']);
    });
  });

  describe('a wrong secret key', () => {
    it('is a StoreError for every call, and tells no secret', async () => {
      const environment = { ...server.environment, AWS_SECRET_ACCESS_KEY: 'not-the-secret-key' };
      const store = await s3Bucket(environment, `raw-${lakes}`);
      const calls = [
        () => store.putObject('a/b', Buffer.from('x')),
        () => store.getObject('a/b'),
        () => store.headObject('a/b'),
        () => store.deleteObject('a/b'),
        () => Array.fromAsync(store.listObjects('a/')),
        () => Array.fromAsync(store.listFolders('a/')),
      ];
      for (const call of calls) {
        const error = await rejection(call());
        expect(error).to.be.instanceOf(StoreError);
        expect(error.message).not.to.include('not-the-secret-key');
      }
      expect(await keysOf(raw)).to.deep.equal([]);
    });

    it('makes the webhook answer that Telegram must try again, and the ETL fail', async () => {
      const environment = { ...server.environment, AWS_SECRET_ACCESS_KEY: 'not-the-secret-key' };
      const store = await s3Bucket(environment, `raw-${lakes}`);
      const [outcome] = await postAll(webhookOf(store), groupDay(4).posts.slice(0, 1));
      expect(outcome).to.include({ outcome: 'failed' });
      expect(await rejection(runDay(day, { raw: store, enriched }))).to.be.instanceOf(StoreError);
      expect(await keysOf(enriched)).to.deep.equal([]);
    });
  });

  describe('a missing bucket', () => {
    it('of updates fails the webhook and the ETL, and no file is written', async () => {
      const missing = await s3Bucket(server.environment, 'missing');
      const [outcome] = await postAll(webhookOf(missing), groupDay(4).posts.slice(0, 1));
      expect(outcome).to.include({ outcome: 'failed' });
      expect(await rejection(missing.getObject('a'))).to.be.instanceOf(StoreError);
      expect(await rejection(runDay(day, { raw: missing, enriched }))).to.be.instanceOf(StoreError);
      expect(await keysOf(enriched)).to.deep.equal([]);
    });

    it('of files fails the ETL', async () => {
      const missing = await s3Bucket(server.environment, 'missing');
      await postAll(webhookOf(raw), groupDay(10).posts);
      expect(await rejection(runDay(day, { raw, enriched: missing }))).to.be.instanceOf(StoreError);
    });
  });
});
