import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import sinon from 'sinon';
import { sentSecret } from '../../src/ingest/sent.ts';
import { capturedOutput } from '../support/captured-output.ts';
import { withEnvironment } from '../support/environment.ts';
import { sampleEvent, sampleEventNames } from '../support/sample-event.ts';
import { type BotAnswer, type ScriptedBot, startScriptedBot } from '../support/scripted-bot.ts';

const environment = {
  AWS_REGION: 'sa-east-1',
  AWS_S3_BUCKET: 'group-raw',
  TELEGRAM_CHAT_ID: '-1001234567890,-1001234567891,-4012345678',
  TELEGRAM_SECRET_TOKEN: 'local',
  POWERTOOLS_METRICS_NAMESPACE: 'TelegramLake',
  POWERTOOLS_SERVICE_NAME: 'ingest',
};

/** For each sample: the answer, the key of an object that is put (if any), and the metric that counts it. */
const expected: Record<string, [statusCode: number, key: RegExp | undefined, metric: string]> = {
  'ingest-text': [
    200,
    /^telegram\/context_date=2026-11-22\/20261122235959-000123456789\.json$/,
    'UpdatesStored',
  ],
  'ingest-edit': [
    200,
    /^telegram\/context_date=2026-11-22\/20261122235959-000123456801\.json$/,
    'UpdatesStored',
  ],
  'ingest-photo-caption': [
    200,
    /^telegram\/context_date=2026-11-22\/.*-000123456790\.json$/,
    'UpdatesStored',
  ],
  'ingest-channel-post': [200, /^telegram\/context_date=2026-11-22\/.*-000123456791\.json$/, 'UpdatesStored'],
  'ingest-anonymous-admin': [200, /^telegram\/.*-000123456797\.json$/, 'UpdatesStored'],
  'ingest-reaction': [200, /^telegram\/.*-000123456792\.json$/, 'UpdatesStored'],
  'ingest-member-change': [200, /^telegram\/.*-000123456793\.json$/, 'UpdatesStored'],
  'ingest-callback-query': [200, /^telegram\/.*-000123456794\.json$/, 'UpdatesStored'],
  'ingest-unknown-kind': [200, /^telegram\/.*-000123456800\.json$/, 'UpdatesStored'],
  'ingest-migration': [200, /^migrations\/-1002345678901\.json$/, 'MigrationsSeen'],
  'ingest-migrated-from': [200, /^telegram\/.*-000123456796\.json$/, 'UpdatesStored'],
  'ingest-bare-update': [
    200,
    /^telegram\/context_date=2026-11-22\/20261122235959-000123456789\.json$/,
    'UpdatesStored',
  ],
  'ingest-poll': [200, undefined, 'UpdatesIgnored'],
  'ingest-other-chat': [200, undefined, 'UpdatesIgnored'],
  'ingest-broken-json': [200, /^quarantine\/context_date=/, 'UpdatesQuarantined'],
  'ingest-not-an-update': [200, /^quarantine\/context_date=/, 'UpdatesQuarantined'],
  'ingest-wrong-secret': [401, undefined, 'UpdatesRefused'],
  'ingest-missing-secret': [401, undefined, 'UpdatesRefused'],
};

describe('ingest function', () => {
  let handler: typeof import('../../src/ingest/ingest-handler.ts').handler;
  let send: sinon.SinonStub;

  before(async () => {
    const module = await withEnvironment(environment, () => import('../../src/ingest/ingest-handler.ts'));
    handler = module.handler;
  });
  beforeEach(() => {
    send = sinon.stub(S3Client.prototype, 'send').callsFake(async (command: unknown) => {
      if (command instanceof PutObjectCommand) return {};
      throw Object.assign(new Error('no such key'), {
        name: 'NoSuchKey',
        $metadata: { httpStatusCode: 404 },
      });
    });
  });
  afterEach(() => sinon.restore());

  const puts = () =>
    send
      .getCalls()
      .flatMap(({ args: [command] }) => (command instanceof PutObjectCommand ? [command.input] : []));

  it('has an expectation for every sample event', () => {
    expect(Object.keys(expected).sort()).to.deep.equal(sampleEventNames('ingest-').sort());
  });

  for (const [name, [statusCode, key, metric]] of Object.entries(expected)) {
    it(`answers ${statusCode} to ${name}, ${key ? 'stores it' : 'stores nothing'} and tells nothing of it`, async () => {
      const { result, output } = await capturedOutput(() => handler(sampleEvent(name)));
      expect(result).to.include({ statusCode, body: '' });
      expect(puts().some(({ Key }) => key?.test(Key ?? ''))).to.equal(key !== undefined);
      for (const { Bucket } of puts()) expect(Bucket).to.equal('group-raw');
      expect(output).to.contain(`"${metric}"`);
      expect(output).to.not.match(/Ana|Bruno|Curso|partição|parti\\u00e7|"local"/);
    });
  }

  it('stores what Telegram sent, byte for byte but for the line break', async () => {
    const event = sampleEvent('ingest-text');
    await capturedOutput(() => handler(event));
    expect(Buffer.from(puts()[0]?.Body as Uint8Array).toString()).to.equal(
      String(event.body).replace('\n', ' '),
    );
  });

  it('answers 503 when S3 fails, and logs why without a word of the message', async () => {
    send.callsFake(async () => {
      throw Object.assign(new Error('Please reduce your request rate.'), { name: 'SlowDown' });
    });
    const { result, output } = await capturedOutput(() => handler(sampleEvent('ingest-text')));
    expect(result).to.deep.equal({ statusCode: 503, headers: { 'Retry-After': '5' }, body: '' });
    expect(output)
      .to.contain('SlowDown')
      .and.contain('"StoreFailures"')
      .and.not.match(/Ana|Algu/);
  });

  it('warns once of a migration, with both ids', async () => {
    const fresh = await withEnvironment(environment, () => startedAnew('migration'));
    const first = await capturedOutput(() => fresh.handler(sampleEvent('ingest-migration')));
    expect(first.output).to.contain('"level":"WARN"').and.contain('"from":-4012345678,"to":-1002345678901');
    const second = await capturedOutput(() => fresh.handler(sampleEvent('ingest-migration')));
    expect(second.output).to.not.contain('"level":"WARN"');
  });

  describe('in front of a bot', () => {
    let bot: ScriptedBot;
    let answer: BotAnswer;
    let inFront: typeof handler;
    let instance = 0;
    beforeEach(async () => {
      answer = {};
      bot = await startScriptedBot(() => answer);
      const behind = JSON.stringify({ url: bot.url, secret_token: 'of-the-bot' });
      const variables = {
        ...environment,
        TELEGRAM_BOT_BEHIND: behind,
        AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1',
      };
      const module = await withEnvironment(variables, () => startedAnew(`in-front-${instance++}`));
      inFront = module.handler;
    });
    afterEach(() => bot.close());

    /** A sample as it comes where the webhook was set for a lake in front of a bot. */
    const passingOn = (name: string) => {
      const sample = sampleEvent(name);
      const requestContext = { identity: { sourceIp: '91.108.4.1' } };
      return { ...sample, requestContext, queryStringParameters: { 'pass-on': '1' } };
    };

    it("answers with the bot's reply, whose bytes need be no text", async () => {
      const body = Buffer.from([0xff, 0, 0x7b]);
      answer = { status: 202, headers: { 'Content-Type': 'multipart/form-data; boundary=x' }, body };
      const { result, output } = await capturedOutput(() => inFront(passingOn('ingest-text')));
      expect(result).to.deep.equal({
        statusCode: 202,
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
        body: body.toString('base64'),
        isBase64Encoded: true,
      });
      expect(bot.seen[0]?.body.toString()).to.equal(String(sampleEvent('ingest-text').body));
      expect(bot.seen[0]?.headers).to.include({
        'content-type': 'application/json',
        'x-telegram-bot-api-secret-token': 'of-the-bot',
        'x-forwarded-for': '91.108.4.1',
      });
      expect(output).to.contain('"UpdatesStored"').and.contain('"UpdatesPassedOn"');
    });

    it("passes the bot's failure back, and logs neither its URL nor its secret", async () => {
      answer = { status: 500, body: 'Traceback: olá' };
      const { result, output } = await capturedOutput(() => inFront(passingOn('ingest-other-chat')));
      expect(result.statusCode).to.equal(500);
      expect(output)
        .to.contain('"BotFailures"')
        .and.contain('"UpdatesIgnored"')
        .and.not.match(/of-the-bot|127\.0\.0\.1|webhook|Traceback/);
    });

    it('gives the bot only the time that the function has left', async () => {
      answer = { after: 3_000 };
      const context = { getRemainingTimeInMillis: () => 1_100 };
      const { result, output } = await capturedOutput(() => inFront(passingOn('ingest-text'), context));
      expect(result.statusCode).to.equal(504);
      expect(output).to.contain('no answer within');
    });

    it('passes nothing on where the URL does not say so: the update may be of another bot', async () => {
      const { result } = await capturedOutput(() => inFront(sampleEvent('ingest-text')));
      expect(result).to.include({ statusCode: 200, body: '' });
      expect(bot.seen).to.deep.equal([]);
    });

    it('passes no update of a test by hand on', async () => {
      await capturedOutput(() => inFront(sampleEvent('ingest-bare-update')));
      expect(bot.seen).to.deep.equal([]);
    });
  });

  it('takes at /sent what a bot reports that it has sent, and counts it', async () => {
    const chat = { id: -1001234567890, type: 'supergroup' };
    const sent = { message_id: 7, date: 1795402799, chat, from: { id: 99, is_bot: true, first_name: 'Ana' } };
    const event = (secret: string) => ({
      resource: '/sent',
      path: '/sent',
      httpMethod: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      body: JSON.stringify({ ok: true, result: sent }),
      isBase64Encoded: false,
    });
    const { result, output } = await capturedOutput(() => handler(event(sentSecret('local'))));
    expect(result).to.include({ statusCode: 200, body: '{"stored":1,"ignored":0}' });
    expect(puts().map(({ Key }) => Key)).to.deep.equal([
      'telegram/context_date=2026-11-22/20261122235959-sent_-1001234567890_7.json',
    ]);
    expect(output).to.contain('"SentStored"').and.not.match(/Ana/);
    const refused = await capturedOutput(() => handler(event('local')));
    expect(refused.result.statusCode).to.equal(401);
    expect(refused.output).to.contain('"SentRefused"');
  });

  it('answers 503 where the URL says that a bot is behind but the function knows none', async () => {
    const event = { ...sampleEvent('ingest-text'), queryStringParameters: { 'pass-on': '1' } };
    const { result, output } = await capturedOutput(() => handler(event));
    expect(result.statusCode).to.equal(503);
    expect(output).to.contain('"UpdatesStored"').and.contain('"BotFailures"').and.contain('BotBehind');
  });

  it('throws for an event that is neither from the API nor an update', async () => {
    for (const event of [{}, null, { hello: 'world' }]) {
      const failure = await handler(event).catch((error) => error);
      expect(failure).to.be.instanceOf(TypeError);
    }
  });

  it('does not start without a secret', async () => {
    const { TELEGRAM_SECRET_TOKEN: _, ...incomplete } = environment;
    const failure = await withEnvironment(incomplete, () => startedAnew('no-secret')).catch((error) => error);
    expect(failure).to.have.property('message', 'TELEGRAM_SECRET_TOKEN is not set');
  });
});

/** The function as a new instance has it: its module, evaluated once more. */
function startedAnew(instance: string): Promise<typeof import('../../src/ingest/ingest-handler.ts')> {
  return import(`../../src/ingest/ingest-handler.ts?${instance}`);
}
