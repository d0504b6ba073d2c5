import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import sinon from 'sinon';
import { daysBetween } from '../../src/base/local-day.ts';
import type { EtlResult } from '../../src/etl/etl-handler.ts';
import { capturedOutput } from '../support/captured-output.ts';
import { withEnvironment } from '../support/environment.ts';
import { type LoopbackServer, startLoopbackServer } from '../support/loopback-server.ts';
import { parquetRows } from '../support/parquet-rows.ts';
import { sampleEvent } from '../support/sample-event.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const environment = {
  AWS_REGION: 'sa-east-1',
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_S3_BUCKET: 'group-raw',
  AWS_S3_ENRICHED: 'group-enriched',
  LOOKBACK_DAYS: '1',
  POWERTOOLS_METRICS_NAMESPACE: 'TelegramLake',
  POWERTOOLS_SERVICE_NAME: 'etl',
};

const context = { awsRequestId: 'a-request', getRemainingTimeInMillis: () => 900_000 };
const key = 'telegram/context_date=2026-11-22/20261122235959-000123456789.json';

describe('ETL function', () => {
  let handler: (event: unknown, own?: typeof context) => Promise<EtlResult>;
  const put: { Key?: string; Bucket?: string; Metadata?: Record<string, string>; body: Buffer }[] = [];

  let server: LoopbackServer;
  const temporary = temporaryFolder();

  before(async () => {
    // The raw objects are read by requests of our own; for all else the SDK's client is stubbed.
    server = await startLoopbackServer((request, response) => {
      expect(request.url).to.equal(`/group-raw/${key.replace('=', '%3D')}`);
      response.end(String(sampleEvent('ingest-text').body));
    });
    const variables = { ...environment, AWS_ENDPOINT_URL_S3: server.url };
    const module = await withEnvironment(variables, () => import('../../src/etl/etl-handler.ts'));
    handler = (event, own = context) => withEnvironment(variables, () => module.handler(event, own));
  });
  after(() => server.close());
  beforeEach(() => {
    put.length = 0;
    sinon.stub(S3Client.prototype, 'send').callsFake(async (command: unknown) => {
      if (command instanceof HeadObjectCommand)
        throw Object.assign(new Error(), { $metadata: { httpStatusCode: 404 } });
      if (command instanceof ListObjectsV2Command) {
        if (command.input.Bucket === 'group-enriched') return {};
        if (command.input.Prefix === 'telegram/context_date=2026-11-21/') throw new Error('Access Denied');
        return command.input.Prefix === 'telegram/context_date=2026-11-22/'
          ? { Contents: [{ Key: key, ETag: '"e"', Size: 5 }] }
          : {};
      }
      if (command instanceof PutObjectCommand) {
        const { Body, ...request } = command.input;
        put.push({ ...(request as object), body: readFileSync((Body as unknown as { path: string }).path) });
        return {};
      }
      throw new Error('an unexpected command');
    });
  });
  afterEach(() => sinon.restore());

  it('removes what a time-out left in /tmp when it starts in Lambda, whichever process wrote it', async () => {
    const left = join(temporary(), 'telegram-lake-00000000_8_100-abcdef');
    mkdirSync(left);
    writeFileSync(join(left, 'messages.parquet'), 'half');
    mkdirSync(join(temporary(), 'of-another'));
    const start = (own: Record<string, string>, module: string) =>
      withEnvironment({ ...environment, TMPDIR: temporary(), ...own }, () => import(module));
    await start({}, '../../src/etl/etl-handler.ts?here');
    expect(existsSync(left)).to.equal(true);
    await start({ AWS_LAMBDA_FUNCTION_NAME: 'lake-etl' }, '../../src/etl/etl-handler.ts?in-lambda');
    expect(readdirSync(temporary())).to.deep.equal(['of-another']);
  });

  it('writes the day asked for into the enriched bucket and answers a summary', async () => {
    const { result, output } = await capturedOutput(() => handler({ days: ['2026-11-22'] }));
    expect(result.days[0]).to.include({ day: '2026-11-22', outcome: 'rebuilt', rows: 1, rawObjects: 1 });
    expect(put.map(({ Key }) => Key)).to.deep.equal([
      'telegram_events/context_date=2026-11-22/events.parquet',
      'telegram/context_date=2026-11-22/messages.parquet',
    ]);
    expect(put[1]).to.include({
      Bucket: 'group-enriched',
      Key: 'telegram/context_date=2026-11-22/messages.parquet',
    });
    expect(put[1]?.Metadata).to.include({ 'row-count': '1' });
    expect(await parquetRows(put[1]?.body ?? Buffer.from(''))).to.have.length(1);
    expect(output)
      .to.contain('"DaysRebuilt"')
      .and.not.match(/Ana|Algu/);
  });

  it('does every day that it can, then fails, so that Lambda tries again', async () => {
    const scheduled = { ...sampleEvent('etl-schedule'), time: '2026-11-23T03:00:00Z' };
    const { result } = await capturedOutput(() => handler(scheduled).catch((error) => error));
    expect(result).to.be.instanceOf(AggregateError);
    expect((result as unknown as Error).message).to.equal(
      '1 of 2 days failed; 2026-11-21: cannot list telegram/context_date=2026-11-21/: Error Access Denied',
    );
    expect(put.map(({ Key }) => Key)).to.deep.equal([
      'telegram_events/context_date=2026-11-22/events.parquet',
      'telegram/context_date=2026-11-22/messages.parquet',
    ]);
  });

  it('rebuilds days of an older form once a night, newest first, until the time is over', async () => {
    const days = ['2019-03-01', '2019-03-02', '2019-03-03', '2019-03-04'];
    const rebuilt: string[] = [];
    let left = 900_000;
    const send = S3Client.prototype.send as sinon.SinonStub;
    send.callsFake(async (command: unknown) => {
      if (command instanceof HeadObjectCommand) {
        const day = command.input.Key?.slice(-'2019-03-01/messages.parquet'.length).slice(0, 10) ?? '';
        if (!days.includes(day)) throw Object.assign(new Error(), { $metadata: { httpStatusCode: 404 } });
        const version = day === '2019-03-03' ? '99' : '1';
        return {
          ETag: '"e"',
          Metadata: { 'row-count': '600000', 'schema-version': version, fingerprint: 'old' },
        };
      }
      if (command instanceof ListObjectsV2Command) {
        if (command.input.Bucket === 'group-enriched') {
          return { CommonPrefixes: days.map((day) => ({ Prefix: `telegram/context_date=${day}/` })) };
        }
        const day = command.input.Prefix?.slice(-11, -1) ?? '';
        if (days.includes(day) && rebuilt.at(-1) !== day) {
          rebuilt.push(day);
          left -= 300_000;
        }
        return {};
      }
      return {};
    });
    const { result, output } = await capturedOutput(() =>
      handler(
        { ...sampleEvent('etl-schedule'), time: '2026-11-23T03:05:00Z' },
        {
          awsRequestId: 'a-request',
          getRemainingTimeInMillis: () => left,
        },
      ),
    );
    // 900 s, then 600 s, then 300 s: a day of 600,000 rows is not begun with less than 360.
    expect(rebuilt).to.deep.equal(['2019-03-04', '2019-03-02']);
    expect(result.days.map(({ day }) => day)).to.deep.equal(['2026-11-22', '2026-11-21', ...rebuilt]);
    expect(output).to.match(/"DaysOfOlderForm":1\b/);
  });

  it('returns at once in the hours in which no day has ended', async () => {
    const { result } = await capturedOutput(() =>
      handler({ ...sampleEvent('etl-schedule'), time: '2026-11-23T04:05:00Z' }),
    );
    expect(result).to.deep.equal({ days: [] });
    sinon.assert.notCalled(S3Client.prototype.send as sinon.SinonStub);
  });

  it('looks at four days at once, and tells of them in the order asked for', async () => {
    let [underWay, most] = [0, 0];
    const send = S3Client.prototype.send as sinon.SinonStub;
    send.callsFake(async (command: unknown) => {
      if (command instanceof HeadObjectCommand)
        throw Object.assign(new Error(), { $metadata: { httpStatusCode: 404 } });
      most = Math.max(most, ++underWay);
      // The first days take longest.
      const prefix = command instanceof ListObjectsV2Command ? (command.input.Prefix ?? '') : '';
      await delay(prefix.includes('2026-11-0') ? 30 : 5);
      underWay -= 1;
      return {};
    });
    const { result } = await capturedOutput(() => handler({ from: '2026-11-01', to: '2026-11-20' }));
    expect(most).to.equal(4);
    expect(result.days.map(({ day }) => day)).to.deep.equal(daysBetween('2026-11-01', '2026-11-20'));
  });

  it('refuses an event that asks for no days', async () => {
    const failure = await handler({ yesterday: true }).catch((error) => error);
    expect(failure).to.have.property('name', 'DayRequestError');
  });
});
