import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { expect } from 'chai';
import { type PassedOn, passOnTo, passOnToNobody } from '../../src/ingest/pass-on.ts';
import { type BotAnswer, type ScriptedBot, startScriptedBot } from '../support/scripted-bot.ts';

describe('pass-on', () => {
  const body = Buffer.from('{"update_id": 812,  "message":{"text":"olá 👋"}}\n');
  let bot: ScriptedBot | undefined;
  const servers: Server[] = [];
  const sockets: Socket[] = [];
  afterEach(async () => {
    await bot?.close();
    for (const socket of sockets.splice(0)) socket.destroy();
    for (const server of servers.splice(0)) server.close();
  });

  /** The port of a server that does with each connection what HTTP servers do not. */
  async function listen(onConnection: (socket: Socket) => void, atPort = 0): Promise<number> {
    const server = createServer((socket) => {
      sockets.push(socket.on('error', () => {}));
      onConnection(socket);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(atPort, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  /** What comes of one update for a bot that answers so. */
  async function passedTo(answer: BotAnswer, milliseconds?: number): Promise<PassedOn> {
    bot = await startScriptedBot(() => answer);
    return passOnTo({ url: bot.url })({ body, ...(milliseconds && { milliseconds }) });
  }

  it("brings the body byte for byte, with its content type, the bot's secret and the sender's address", async () => {
    bot = await startScriptedBot();
    const passOn = passOnTo({ url: `${bot.url}/a%20path?query=1`, secret_token: 'of-the-bot' });
    await passOn({ body, contentType: 'application/json; charset=utf-8', sourceAddress: '91.108.4.1' });
    const [seen] = bot.seen;
    expect(seen?.url).to.equal('/webhook/a%20path?query=1');
    expect(seen?.body).to.deep.equal(body);
    expect(seen?.headers).to.include({
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(body.length),
      'x-telegram-bot-api-secret-token': 'of-the-bot',
      'x-forwarded-for': '91.108.4.1',
    });
  });

  it('sends no secret to a bot that expects none', async () => {
    await passedTo({});
    expect(bot?.seen[0]?.headers).not.to.have.any.keys('x-telegram-bot-api-secret-token', 'x-forwarded-for');
  });

  it("answers with the bot's status, reply and those headers that Telegram reads", async () => {
    const reply = '{"method":"sendMessage","chat_id":7,"text":"olá"}';
    const headers = {
      'Content-Type': 'application/json',
      'Set-Cookie': 'a=b',
      'X-Powered-By': 'x',
      Location: '/',
    };
    const passedOn = await passedTo({ status: 201, headers, body: reply });
    expect(passedOn).to.deep.equal({
      outcome: 'answered',
      statusCode: 201,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(reply),
      isReplyLeftOut: false,
    });
  });

  it('keeps the bytes of a reply that is no text', async () => {
    const file = Buffer.from([0, 0xff, 0xfe, 0x80, 10, 13]);
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
    expect(await passedTo({ headers, body: file })).to.deep.include({
      headers: { 'content-type': headers['Content-Type'] },
      body: file,
    });
  });

  for (const status of [400, 401, 403, 404, 410, 429, 500, 503]) {
    it(`passes back a failure of the bot as it is: ${status}, and when to come again`, async () => {
      const passedOn = await passedTo({ status, headers: { 'Retry-After': '17' } });
      expect(passedOn).to.deep.include({ statusCode: status, headers: { 'retry-after': '17' } });
    });
  }

  for (const status of [301, 302, 307, 308]) {
    it(`does not follow a redirect, which would carry the secret elsewhere: ${status}`, async () => {
      const other = await startScriptedBot();
      try {
        const passedOn = await passedTo({ status, headers: { Location: other.url } });
        expect(passedOn).to.deep.include({ statusCode: status, headers: {} });
        expect(other.seen).to.deep.equal([]);
      } finally {
        await other.close();
      }
    });
  }

  it('is a 504 when the bot takes longer than it may', async () => {
    expect(await passedTo({ after: 5_000 }, 50)).to.deep.include({ outcome: 'no answer', statusCode: 504 });
  });

  it('is a 504 when the bot begins its answer and does not end it in time', async () => {
    const port = await listen((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"method'));
    });
    const passedOn = await passOnTo({ url: `http://127.0.0.1:${port}/` })({ body, milliseconds: 100 });
    expect(passedOn).to.include({ outcome: 'no answer', statusCode: 504 });
  });

  for (const breaksOff of ['before', 'within'] as const) {
    it(`is a 502 when the connection breaks off ${breaksOff} the answer`, async () => {
      expect(await passedTo({ breaksOff })).to.include({ outcome: 'no answer', statusCode: 502 });
    });
  }

  it('is a 502 when nobody listens, and tells the kind of failure but nothing of the URL', async () => {
    const passedOn = await passOnTo({ url: 'http://127.0.0.1:1/123456:token' })({ body });
    expect(passedOn).to.deep.equal({
      outcome: 'no answer',
      statusCode: 502,
      reason: 'cannot be reached (ECONNREFUSED)',
    });
  });

  it('is a 502 when the bot has no certificate that holds: the update and the secret stay here', async () => {
    bot = await startScriptedBot();
    const passedOn = await passOnTo({ url: bot.url.replace('http:', 'https:') })({ body });
    expect(passedOn).to.include({ outcome: 'no answer', statusCode: 502 });
    expect(bot.seen).to.deep.equal([]);
  });

  it('keeps the connection, and opens a new one without a failure when the bot has closed it', async () => {
    bot = await startScriptedBot();
    const passOn = passOnTo({ url: bot.url });
    for (let count = 0; count < 5; count++) await passOn({ body });
    expect(bot.connections).to.equal(1);
    await bot.close();
    const answering = (socket: Socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
    await listen(answering, Number(new URL(bot.url).port));
    expect(await passOn({ body })).to.include({ outcome: 'answered', statusCode: 200 });
  });

  it('sends again at once, over a new connection, what a bot lost by closing a kept one', async () => {
    let connections = 0;
    // Answers the first request, and cuts the connection as soon as the second arrives on it.
    const port = await listen((socket) => {
      connections += 1;
      let requests = 0;
      socket.on('data', () => {
        requests += 1;
        if (requests > 1) return void socket.resetAndDestroy();
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n');
      });
    });
    const passOn = passOnTo({ url: `http://127.0.0.1:${port}/` });
    const small = Buffer.from('{}');
    for (let count = 0; count < 3; count++) {
      expect(await passOn({ body: small })).to.include({ outcome: 'answered', statusCode: 200 });
    }
    expect(connections).to.equal(3);
  });

  it('leaves out a reply of more than 4 MiB, which the lake cannot carry: the bot has taken the update', async () => {
    const passedOn = await passedTo({ headers: { 'Content-Type': 'x/y' }, body: Buffer.alloc(4_194_305) });
    expect(passedOn).to.deep.equal({
      outcome: 'answered',
      statusCode: 200,
      headers: {},
      body: new Uint8Array(),
      isReplyLeftOut: true,
    });
    await bot?.close();
    const largest = await passedTo({ body: Buffer.alloc(4_194_304) });
    expect(largest).to.include({ isReplyLeftOut: false });
  });

  it('is a 503 where the bot is not known', async () => {
    expect(await passOnToNobody({ body })).to.include({ outcome: 'no answer', statusCode: 503 });
  });
});
