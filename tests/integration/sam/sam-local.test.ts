import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { enrichedKey } from '../../../src/lake/object-keys.ts';
import type { ObjectStore } from '../../../src/storage/object-store.ts';
import { allowedUpdates } from '../../../src/telegram/allowed-updates.ts';
import { s3Keys } from '../../../tools/engines/s3-server.ts';
import { sampleEvent, sampleEventNames } from '../../support/sample-event.ts';
import { groupDay } from '../group/group-day.ts';
import { day } from '../group/post.ts';
import { rowsByDuckDb } from '../rows-by-duckdb.ts';
import { s3Bucket } from '../s3/s3-bucket.ts';
import { documentedCommand, documentedCommands, type SamLocal, startSamLocal } from './sam-local.ts';
import { sampleRows } from './sample-rows.ts';

const secretHeader = 'X-Telegram-Bot-Api-Secret-Token';
const group = groupDay(300);
const rows = [...group.rows, ...sampleRows].sort(
  (a, b) =>
    Number(a.date) - Number(b.date) ||
    Number(a.chat_id) - Number(b.chat_id) ||
    Number(a.message_id) - Number(b.message_id),
);

/** The answers that events/README.md promises: the status, and where the body goes. */
const promised = new Map(
  [
    ...readFileSync('events/README.md', 'utf8').matchAll(/^\| (ingest-\S+)\.json \|.*\| (\d{3}), (.*) \|$/gm),
  ].map(([, name, status, what]) => [name, { status: Number(status), what }]),
);

/** A body as raw objects hold it: without line breaks, for readers of lines. */
const onOneLine = (body: Buffer) => body.toString().replaceAll('\n', ' ');

interface Summary {
  readonly day: string;
  readonly outcome: string;
  readonly rows: number;
}

describe('sam local', function () {
  this.timeout(300_000);
  let sam: SamLocal;
  let raw: ObjectStore;
  let enriched: ObjectStore;

  before(async function () {
    this.timeout(1_200_000); // the S3 server may have to be built, and the image of Lambda pulled
    sam = await startSamLocal();
    raw = await s3Bucket(sam.s3Environment, 'raw');
    enriched = await s3Bucket(sam.s3Environment, 'enriched');
  });
  after(async function () {
    this.timeout(60_000);
    await sam?.stop();
  });

  const post = (
    body: string | Buffer,
    headers: Readonly<Record<string, string>> = { [secretHeader]: 'local' },
  ) =>
    fetch(`${sam.url}/webhook`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: body.toString(),
      signal: AbortSignal.timeout(240_000),
    });
  const keys = async () => (await Array.fromAsync(raw.listObjects(''))).map(({ key }) => key);
  const textOf = async (key: string) => Buffer.from(await raw.getObject(key)).toString();
  const invoke = (functionName: string, event: string) =>
    sam.invoke(functionName, join('events', `${event}.json`));
  const runEtl = async (event: string) =>
    ((await invoke('EtlFunction', event)) as { days: readonly Summary[] }).days;

  describe('the webhook', () => {
    it('refuses who does not know the secret, and stores nothing', async () => {
      const { body } = group.posts[0] ?? { body: '' };
      for (const headers of [{}, { [secretHeader]: 'wrong' }, { [secretHeader]: '' }]) {
        const response = await post(body, headers);
        expect([response.status, await response.text()]).to.deep.equal([401, '']);
      }
      expect(await keys()).to.deep.equal([]);
    });

    it('answers nothing but POST /webhook', async () => {
      expect((await fetch(`${sam.url}/webhook`)).status).to.equal(403);
      expect((await fetch(`${sam.url}/other`, { method: 'POST' })).status).to.equal(403);
    });

    it('takes a day of the group: every kind of update, edits and redeliveries', async () => {
      expect(group.posts.map(({ kind }) => kind)).to.include.members([...allowedUpdates]);
      for (const { body, kind } of group.posts) {
        const response = await post(body);
        expect([kind, response.status, await response.text()]).to.deep.equal([kind, 200, '']);
      }
      const expected = group.posts.flatMap(({ stored }) => (typeof stored === 'object' ? [stored.key] : []));
      // Besides them the ids of polls are noted, so that their votes are known.
      const stored = (await keys()).filter((key) => !key.startsWith('polls/'));
      expect(stored).to.include.members(expected);
      const byArrival = group.posts.filter(({ stored }) => stored === 'by arrival').length;
      expect(stored).to.have.lengthOf(new Set(expected).size + byArrival);
      for (const { stored, body } of group.posts.filter((_, index) => index % 10 === 0)) {
        if (typeof stored === 'object') expect(await textOf(stored.key)).to.equal(onOneLine(body));
      }
    });

    it('takes the header name in lower case too', async () => {
      const { body } = group.posts[0] ?? { body: '' };
      expect((await post(body, { [secretHeader.toLowerCase()]: 'local' })).status).to.equal(200);
    });

    it('refuses a body of more than 1 MiB', async () => {
      const before = await keys();
      expect((await post('x'.repeat(1_048_577))).status).to.equal(413);
      expect(await keys()).to.deep.equal(before);
    });

    for (const [name = '', { status, what } = { status: 0, what: '' }] of promised) {
      if (!('httpMethod' in sampleEvent(name))) continue;
      it(`answers events/${name}.json as its README says: ${status}, ${what}`, async () => {
        const before = new Set(await keys());
        const event = sampleEvent(name) as { body: string; isBase64Encoded: boolean; headers: object };
        const body = Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8');
        const secret = new Headers(event.headers as Record<string, string>).get(secretHeader);
        const response = await post(body, secret === null ? {} : { [secretHeader]: secret });
        expect([response.status, await response.text()]).to.deep.equal([status, '']);

        const added = (await keys()).filter((key) => !before.has(key));
        const places = new Set(added.map((key) => key.split('/')[0]));
        if (what?.includes('nothing stored')) expect(added).to.deep.equal([]);
        else expect(places).to.include(what?.includes('quarantined') ? 'quarantine' : 'telegram');
        const texts = await Promise.all(added.filter((key) => key.startsWith('telegram/')).map(textOf));
        // The bot's message below which a button was pressed is stored, too, on its own day.
        const shown = texts.filter((text) => text.startsWith('{"source":"reply"'));
        expect(shown).to.have.lengthOf(name === 'ingest-callback-query' ? 1 : 0);
        for (const text of texts) if (!shown.includes(text)) expect(text).to.equal(onOneLine(body));
        expect(places.has('migrations')).to.equal(name === 'ingest-migration');
      });
    }

    it('has a promise for each sample event', () => {
      expect([...promised.keys()]).to.have.members(sampleEventNames('ingest-'));
    });
  });

  describe('sam local invoke of the ingest function', () => {
    it('stores a body that comes in base64 as the bytes that Telegram sent', async () => {
      const key = `telegram/context_date=${day}/20261122225959-000123456790.json`;
      await raw.deleteObject(key);
      const answer = await invoke('IngestFunction', 'ingest-photo-caption');
      expect(answer).to.deep.include({ statusCode: 200, body: '' });
      const { body, isBase64Encoded } = sampleEvent('ingest-photo-caption');
      expect(isBase64Encoded).to.equal(true);
      expect(await textOf(key)).to.equal(onOneLine(Buffer.from(String(body), 'base64')));
    });

    it('takes the update alone', async () => {
      expect(await invoke('IngestFunction', 'ingest-bare-update')).to.deep.include({ statusCode: 200 });
    });

    it('refuses a wrong secret', async () => {
      expect(await invoke('IngestFunction', 'ingest-wrong-secret')).to.deep.include({ statusCode: 401 });
    });
  });

  describe('sam local invoke of the ETL function', () => {
    it('builds yesterday and looks back a week, on the schedule', async () => {
      const days = await runEtl('etl-schedule');
      expect(days.map(({ day, outcome }) => `${day} ${outcome}`)).to.deep.equal([
        '2026-11-22 rebuilt',
        '2026-11-21 rebuilt',
        ...[20, 19, 18, 17, 16, 15].map((date) => `2026-11-${date} empty`),
      ]);
    });

    it('has made of the updates the rows that were written down for them', async () => {
      expect(await rowsByDuckDb(await enriched.getObject(enrichedKey(day)))).to.deep.equal(rows);
    });

    it('finds nothing to do in a range of days, and rebuilds it when forced to', async () => {
      const last = async (event: string) => (await runEtl(event)).at(-1);
      expect(await last('etl-day-range')).to.include({ day, outcome: 'unchanged', rows: rows.length });
      expect(await last('etl-force')).to.include({ day, outcome: 'rebuilt', rows: rows.length });
      expect(await last('etl-days')).to.include({ day, outcome: 'unchanged', rows: rows.length });
      expect(await rowsByDuckDb(await enriched.getObject(enrichedKey(day)))).to.deep.equal(rows);
    });

    it('builds today, which has updates without a message', async () => {
      const arrived = (await keys()).filter((key) => /-99000\d{4}\.json$|-000123456794\.json$/.test(key));
      const [summary] = await runEtl('etl-today');
      const isToday = arrived.some((key) => key.includes(`context_date=${summary?.day}/`));
      expect(summary).to.include({ outcome: isToday ? 'rebuilt' : 'empty', rows: 0 });
    });

    it('names what it does not understand', async () => {
      const answer = await invoke('EtlFunction', 'ingest-bare-update');
      expect(answer).to.include({ errorType: 'DayRequestError' });
    });
  });

  describe('afterwards', () => {
    it('docs/sam-local.md leads to the answer by commands that work as they stand there', async () => {
      const { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret, AWS_REGION: region } = s3Keys;
      const exports = `export AWS_ACCESS_KEY_ID=${key} AWS_SECRET_ACCESS_KEY=${secret} AWS_REGION=${region}`;
      const [curl, etl, query] = ['curl', 'sam local invoke', 'npx telegram-lake query'].map(
        documentedCommand,
      );
      expect(documentedCommands).to.deep.equal([
        ...['npm ci', 'npm run s3-server'],
        ...[exports, 'sam build', 'sam local start-api'],
        curl,
        ...[exports, etl, query],
      ]);
      expect((await sam.type(curl ?? '')).stdout).to.match(/^HTTP\/1\.1 200 OK\r\n/);
      expect(await keys()).to.include(`telegram/context_date=${day}/20261122235900-000000000001.json`);
      const [summary] = JSON.parse((await sam.type(etl ?? '')).stdout).days;
      expect(summary).to.include({ day, outcome: 'rebuilt', rows: rows.length + 1 });
      const { stdout } = await sam.type(query ?? '');
      expect(stdout).to.match(new RegExp(`^${day} +${rows.length + 1}$`, 'm'));
    });

    it('the webhook answers 503, so that Telegram tries again, when S3 is away', async () => {
      await sam.stopS3();
      const response = await post(group.posts[0]?.body ?? '');
      expect([response.status, response.headers.get('Retry-After')]).to.deep.equal([503, '5']);
      expect(await response.text()).to.equal('');
    });
  });
});
