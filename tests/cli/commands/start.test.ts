import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect } from 'chai';
import { runCli, telegramLake } from '../../support/run-cli.ts';
import { startScriptedBot } from '../../support/scripted-bot.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('telegram-lake start', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let running: ChildProcess | undefined;
  afterEach(() => running?.kill('SIGKILL'));

  it('serves until interrupted: takes an update, rebuilds its day, answers queries with it', async () => {
    const started = spawn(
      process.execPath,
      [telegramLake, 'start', '--lake', folder(), '--empty', '--port', '0'],
      {
        env: { ...process.env, TELEGRAM_SECRET_TOKEN: '' },
      },
    );
    running = started;
    const output = outputOf(started);
    const printed = await output.until(/Ctrl-C stops/);
    const url = /http:\/\/127\.0\.0\.1:\d+\/webhook/.exec(printed)?.[0] ?? '';
    const secret = /X-Telegram-Bot-Api-Secret-Token: ([^"]+)"/.exec(printed)?.[1] ?? '';
    const body = /-d '(.*)'/.exec(printed)?.[1] ?? '';

    const headers = { 'X-Telegram-Bot-Api-Secret-Token': secret };
    expect((await fetch(url, { method: 'POST', headers, body })).status).to.equal(200);
    expect((await fetch(url, { method: 'POST', body })).status).to.equal(401);
    await output.until(/rebuilt +1 rows/);
    expect(await output.until(/refused/)).to.contain('webhook  stored message as telegram/context_date=');

    started.kill('SIGINT');
    const code = await new Promise((resolve) => started.once('close', resolve));
    expect(code).to.equal(0);
    const { stdout } = await runCli(['query', 'messages-per-day', '--lake', folder(), '--format', 'json']);
    expect(JSON.parse(stdout)[0]).to.include({ message_amount: 1 });
  });

  it('stands in front of a bot, and says what the bot answered', async () => {
    const bot = await startScriptedBot(() => ({ status: 418 }));
    const args = ['start', '--lake', folder(), '--empty', '--port', '0', '--forward-url', bot.url];
    running = spawn(process.execPath, [telegramLake, ...args], {
      env: { ...process.env, TELEGRAM_SECRET_TOKEN: '' },
    });
    const output = outputOf(running);
    const url = /http:\/\/127\.0\.0\.1:\d+\/webhook/.exec(await output.until(/Ctrl-C stops/))?.[0] ?? '';
    const headers = { 'X-Telegram-Bot-Api-Secret-Token': 'local' };
    expect(
      (await fetch(url, { method: 'POST', headers, body: '{"update_id":1,"poll":{}}' })).status,
    ).to.equal(418);
    expect(await output.until(/passed on/)).to.contain(
      'webhook  ignored poll: it belongs to no chat; passed on: the bot answered 418',
    );
    const steering = JSON.stringify({
      update_id: 2,
      '\u001b]0;x\u0007\u001b[2J\r\nwebhook  stored': { chat: { id: 5 } },
    });
    expect((await fetch(url, { method: 'POST', headers, body: steering })).status).to.equal(418);
    const line = await output.until(/another chat/);
    expect(line)
      .to.contain('webhook  ignored ␛]0;x␇␛[2J␍↵webhook  stored: another chat')
      .and.not.contain('\u001b');
    await bot.close();
  });

  it('prints no secret of the user', async () => {
    const secret = 'a_secret_of_my_own';
    const args = ['start', '--lake', folder(), '--empty', '--port', '0'];
    const started = spawn(process.execPath, [telegramLake, ...args], {
      env: { ...process.env, TELEGRAM_SECRET_TOKEN: secret },
    });
    running = started;
    const printed = await outputOf(started).until(/Ctrl-C stops/);
    expect(printed).to.contain('$TELEGRAM_SECRET_TOKEN').and.not.contain(secret);
  });

  it('ends after the digest with --once, and leaves an empty lake empty when told so', async () => {
    const { code, stdout, stderr } = await runCli(['start', '--lake', folder(), '--empty', '--once']);
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.contain('The lake has no messages yet.').and.not.contain('Listening');
    expect(readdirSync(folder())).to.deep.equal(['lake.json']);
  });

  it('ends with 1 and one line when the port is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const { code, stderr } = await runCli(['start', '--lake', folder(), '--empty', '--port', String(port)]);
    server.close();
    expect(code).to.equal(1);
    expect(stderr).to.equal(`telegram-lake: port ${port} is in use; choose another with --port\n`);
  });

  const wrong: [args: string[], message: RegExp][] = [
    [['--port', '65536'], /--port must be/],
    [['--port', 'http'], /--port must be/],
    [['--chat-id', '@group'], /--chat-id must be/],
    [['--time-zone', 'Brasilia'], /--time-zone must be/],
  ];
  for (const [args, message] of wrong) {
    it(`ends with 2 and one line: ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await runCli(['start', '--lake', folder(), ...args]);
      expect([code, stdout]).to.deep.equal([2, '']);
      expect(stderr)
        .to.match(message)
        .and.match(/^telegram-lake: [^\n]+\n$/);
    });
  }

  it('refuses to cut the days of a lake by another time zone', async () => {
    await runCli(['start', '--lake', folder(), '--empty', '--once', '--time-zone', 'Europe/Lisbon']);
    const { code, stderr } = await runCli([
      'start',
      '--lake',
      folder(),
      '--once',
      '--time-zone',
      'Asia/Tokyo',
    ]);
    expect(code).to.equal(2);
    expect(stderr).to.contain('keeps its days in Europe/Lisbon');
  });
});

/** What a process prints, to wait for: the promise gives all of it once the pattern is in it. */
function outputOf(child: ChildProcess): { until(pattern: RegExp): Promise<string> } {
  let text = '';
  let check = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      check();
    });
  }
  return {
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const failed = () => reject(new Error(`ended before it printed ${pattern}: ${text}`));
        child.once('close', failed);
        check = () => {
          if (!pattern.test(text)) return;
          child.off('close', failed);
          resolve(text);
        };
        check();
      }),
  };
}
