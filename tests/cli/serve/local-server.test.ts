import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { expect } from 'chai';
import {
  type LocalServer,
  type LocalServerOptions,
  startLocalServer,
} from '../../../src/cli/serve/local-server.ts';
import { createSentIntake, sentSecret } from '../../../src/ingest/sent.ts';
import { botBehind } from '../../../src/ingest/take-request.ts';
import { createWebhook, maximumBodyBytes, type WebhookOutcome } from '../../../src/ingest/webhook.ts';
import { folderStore } from '../../../src/storage/folder-store.ts';
import { contentsOf } from '../../support/contents.ts';
import { sampleEvent } from '../../support/sample-event.ts';
import { startScriptedBot } from '../../support/scripted-bot.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('local webhook server', () => {
  const folder = temporaryFolder();
  let server: LocalServer;
  let outcomes: WebhookOutcome[];

  beforeEach(async () => {
    outcomes = [];
    server = await startLocalServer(options());
  });
  afterEach(() => server.close().catch(() => 'closed by the test'));

  const options = (): LocalServerOptions => {
    const intake = {
      store: folderStore(folder(), 'raw'),
      secretToken: 'local',
      chats: new Set([-1001234567890]),
      timeZone: 'America/Sao_Paulo',
      now: () => 1795402800,
    };
    return {
      webhook: createWebhook(intake),
      sent: createSentIntake(intake),
      anyHost: false,
      port: 0,
      onTaken: ({ outcome }) => outcomes.push(outcome),
      live: { page: async (language) => `<p>${language}`, changed: () => {}, onChange: () => () => {} },
    };
  };

  const post = (
    body: string,
    headers: Record<string, string> = { 'x-telegram-bot-api-secret-token': 'local' },
  ) => fetch(`${server.url}/webhook`, { method: 'POST', body, headers });

  it('takes updates as the deployed webhook does: 200 and an empty body', async () => {
    const body = String(sampleEvent('ingest-text').body);
    const response = await post(body);
    expect(response.status).to.equal(200);
    expect(await response.text()).to.equal('');
    expect(outcomes).to.have.length(1);
    const stored = await contentsOf(folderStore(folder(), 'raw'));
    expect(Object.values(stored)).to.deep.equal([body.replace('\n', ' ')]);
  });

  it('answers with the reply of the bot behind it, byte for byte', async () => {
    const reply = Buffer.from([0xff, 0, 0x7b]);
    const bot = await startScriptedBot(() => ({
      status: 202,
      headers: { 'Content-Type': 'x/y' },
      body: reply,
    }));
    const inFront = await startLocalServer({ ...options(), bot: botBehind({ url: bot.url }) });
    const body = String(sampleEvent('ingest-text').body);
    const headers = { 'x-telegram-bot-api-secret-token': 'local', 'content-type': 'application/json' };
    const response = await fetch(`${inFront.url}/webhook`, { method: 'POST', body, headers });
    expect([response.status, response.headers.get('content-type')]).to.deep.equal([202, 'x/y']);
    expect(Buffer.from(await response.arrayBuffer())).to.deep.equal(reply);
    expect(bot.seen[0]?.body.toString()).to.equal(body);
    await Promise.all([inFront.close(), bot.close()]);
  });

  it('takes at /sent what a bot reports that it has sent, with its own secret', async () => {
    const message = {
      message_id: 7,
      date: 1795402799,
      chat: { id: -1001234567890, type: 'supergroup' },
      from: { id: 99, is_bot: true },
      text: 'Oi!',
    };
    const send = async (secret: string) => {
      const headers = { Authorization: `Bearer ${secret}` };
      const body = JSON.stringify(message);
      const response = await fetch(`${server.url}/sent`, { method: 'POST', headers, body });
      return [response.status, await response.text()];
    };
    expect(await send(sentSecret('local'))).to.deep.equal([200, '{"stored":1,"ignored":0}']);
    expect(await send('local')).to.deep.equal([401, '{"error":"secret"}']);
    expect((await fetch(`${server.url}/sent`)).status).to.equal(405);
    expect(Object.keys(await contentsOf(folderStore(folder(), 'raw')))).to.have.length(1);
  });

  it('listens on this machine only', () => {
    expect(server.url).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('answers 401 without the secret, 413 to what is too large, 404 and 405 to what it does not know', async () => {
    expect((await post('{}', {})).status).to.equal(401);
    expect((await post('x'.repeat(maximumBodyBytes + 1))).status).to.equal(413);
    expect((await fetch(`${server.url}/webhook`)).status).to.equal(405);
    expect((await fetch(`${server.url}/other`, { method: 'POST', body: '{}' })).status).to.equal(404);
    expect(await contentsOf(folderStore(folder(), 'raw'))).to.deep.equal({});
  });

  it('refuses a request by the name of another site, which could know the default secret', async () => {
    const { port } = new URL(server.url);
    const status = await new Promise((resolve, reject) => {
      const headers = { host: 'evil.example', 'x-telegram-bot-api-secret-token': 'local' };
      const sent = request(
        { host: '127.0.0.1', port, path: '/webhook', method: 'POST', headers },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      sent.once('error', reject);
      sent.end(String(sampleEvent('ingest-text').body));
    });
    expect(status).to.equal(403);
    expect(await contentsOf(folderStore(folder(), 'raw'))).to.deep.equal({});
  });

  it('takes many updates at once', async () => {
    const update = (n: number) => ({
      update_id: n,
      message: { message_id: n, date: 1795402799, chat: { id: -1001234567890 } },
    });
    const responses = await Promise.all(
      Array.from({ length: 50 }, (_, n) => post(JSON.stringify(update(n + 1)))),
    );
    expect(responses.every(({ status }) => status === 200)).to.equal(true);
    expect(Object.keys(await contentsOf(folderStore(folder(), 'raw')))).to.have.length(50);
  });

  it('goes on after a request that was cut off', async () => {
    const aborted = new AbortController();
    const slow = new ReadableStream({
      start: (controller) => controller.enqueue(Buffer.from('{"update_id":')),
    });
    const cutOff = fetch(`${server.url}/webhook`, {
      method: 'POST',
      body: slow,
      duplex: 'half',
      signal: aborted.signal,
    } as RequestInit);
    setTimeout(() => aborted.abort(), 20);
    await cutOff.catch(() => {});
    expect((await post(String(sampleEvent('ingest-text').body))).status).to.equal(200);
  });

  it('ends within seconds although a request has come by half', async () => {
    const { port } = new URL(server.url);
    const half = connect(Number(port), '127.0.0.1');
    half.on('error', () => {});
    half.write('POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"update_id":');
    await once(half, 'connect');
    const start = performance.now();
    await server.close();
    expect(performance.now() - start).to.be.lessThan(10_000);
    half.destroy();
  });
});
