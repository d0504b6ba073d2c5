import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { FakeBotApi } from '../../support/fake-bot-api.ts';
import { runCli } from '../../support/run-cli.ts';
import { startScriptedBot } from '../../support/scripted-bot.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { until } from '../../support/until.ts';

const chat = { id: -1001234567890, type: 'supergroup', title: 'Course' };
const message = (update_id: number, chat_id = chat.id) => ({
  update_id,
  message: {
    message_id: update_id,
    date: 1795402800,
    chat: { ...chat, id: chat_id },
    from: { id: 7, is_bot: false, first_name: 'Ana' },
    text: `number ${update_id}`,
  },
});

describe('telegram-lake live', () => {
  const folder = temporaryFolder();
  let telegram: FakeBotApi;
  let environment: Record<string, string>;
  beforeEach(async () => {
    telegram = await FakeBotApi.start();
    telegram.chats.set(chat.id, { chat, administrators: [], bot: {} });
    environment = {
      TELEGRAM_API_ROOT: telegram.root,
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_CHAT_ID: String(chat.id),
    };
  });
  afterEach(() => telegram.close());

  const live = (...args: string[]) => runCli(['live', '--lake', folder(), ...args], environment);
  const rows = async () => {
    const { stdout } = await runCli(['query', 'messages-per-day', '--lake', folder(), '--format', 'json']);
    return JSON.parse(stdout);
  };

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`stores updates as they come, rebuilds their days, and ends well with ${signal}`, async () => {
      telegram.happen(message(1));
      const program = fileURLToPath(new URL('../../../src/cli/telegram-lake.js', import.meta.url));
      const child = spawn(process.execPath, [program, 'live', '--lake', folder()], {
        env: { ...process.env, ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const output = outputOf(child);
      await until(() => / 1 rows/.test(output.text));
      telegram.happen(message(2), message(3, -42));
      await until(() => / 2 rows/.test(output.text));
      child.kill(signal);
      await until(() => output.ended);
      expect(child.exitCode).to.equal(0);
      expect(output.text).to.match(/^Listening as @lake_test_bot/);
      expect(output.text).to.include(
        'updates of other chats are not stored, such as of "Course" (-42); add its id to --chat-id to keep them',
      );
      expect(output.text).to.include('2 updates stored, 1 from other chats ignored.');
      expect(await rows()).to.deep.equal([{ context_date: '2026-11-23', message_amount: 2 }]);
    });
  }

  it('takes what waits with --once, and nothing twice', async () => {
    telegram.happen(message(1), message(2));
    const { code, stdout, stderr } = await live('--once');
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.match(/2026-11-23 rebuilt +2 rows/);
    expect((await live('--once')).stdout).to.match(/^0 updates stored/);
    expect(await rows()).to.deep.equal([{ context_date: '2026-11-23', message_amount: 2 }]);
  });

  it('stores every private chat with --chat-id private, and no group', async () => {
    telegram.happen(message(1), message(2, 42), message(3, 43));
    const { code, stdout } = await live('--once', '--chat-id', 'private');
    expect(code).to.equal(0);
    expect(stdout).to.include('2 updates stored, 1 from other chats ignored.');
  });

  it('stands in front of a bot: passes updates of every chat on, and sends its replies', async () => {
    const reply = JSON.stringify({ method: 'sendMessage', chat_id: chat.id, text: 'Oi!' });
    const bot = await startScriptedBot(() => ({
      headers: { 'Content-Type': 'application/json' },
      body: reply,
    }));
    telegram.happen(message(1), message(2, -42));
    environment.TELEGRAM_FORWARD_SECRET_TOKEN = 'of-the-bot';
    const { code, stdout } = await live('--once', '--forward-url', bot.url);
    await bot.close();
    expect(code).to.equal(0);
    expect(stdout).to.include('1 updates stored, 1 from other chats ignored.');
    expect(bot.seen.map(({ body }) => JSON.parse(body.toString()).update_id)).to.deep.equal([1, 2]);
    expect(bot.seen[0]?.headers['x-telegram-bot-api-secret-token']).to.equal('of-the-bot');
    expect(telegram.callsOf('sendMessage')).to.have.length(2);
    // The update, and both replies.
    expect(await rows()).to.deep.equal([{ context_date: '2026-11-23', message_amount: 3 }]);
  });

  it('keeps what the bot behind it did not take, and says why', async () => {
    telegram.happen(message(1));
    const { code, stderr } = await live('--once', '--forward-url', 'http://127.0.0.1:1/token-of-the-bot');
    expect(code).to.equal(1);
    expect(stderr).to.equal('telegram-lake: the bot behind the lake cannot be reached (ECONNREFUSED)\n');
    expect(telegram.pendingIds).to.deep.equal([1]);
  });

  it('passes updates to nobody without TLS, but on this machine', async () => {
    const { code, stderr } = await live('--once', '--forward-url', 'http://bot.example.org/token-of-the-bot');
    expect(code).to.equal(2);
    expect(stderr)
      .to.match(/^telegram-lake: --forward-url must hold a URL that begins with https/)
      .and.not.include('token-of');
  });

  it('refuses while a webhook is set, before it makes a lake', async () => {
    telegram.setUpWebhook('https://example.org/webhook');
    const { code, stdout, stderr } = await live();
    expect([code, stdout]).to.deep.equal([1, '']);
    expect(stderr).to.equal(
      "telegram-lake: this bot's updates go to https://example.org/webhook, and Telegram sends them to one program only. " +
        'Nothing was changed. Use a bot of its own for the lake. If that URL is a lake of yours which you no longer need, ' +
        'npx telegram-lake webhook delete --url https://example.org/webhook ends it; any other program there would stop working.\n',
    );
    expect((await runCli(['query', 'messages-per-day', '--lake', `${folder()}/raw`])).code).to.equal(2);
  });

  describe('with a chat id that the bot does not know', () => {
    const wrong: [what: string, chatId: string, hint: string][] = [
      ['without its -100', '1234567890', 'Did you mean -1001234567890 ("Course")?'],
      ['without its 100', '-1234567890', 'Did you mean -1001234567890 ("Course")?'],
      ['mistyped', '-1001234567891', 'Messages wait from -1001234567890 ("Course").'],
      ['beside a right one', '-1001234567890,-5', 'Messages wait from -1001234567890 ("Course").'],
    ];
    for (const [what, chatId, hint] of wrong) {
      it(`refuses to listen, keeps every update at Telegram and names the right id: ${what}`, async () => {
        telegram.happen(message(1), message(2));
        const { code, stdout, stderr } = await live('--once', '--chat-id', chatId);
        expect([code, stdout]).to.deep.equal([2, '']);
        expect(stderr).to.match(
          /^telegram-lake: the bot is in no chat with the id -?\d+, so its messages would be lost\./,
        );
        expect(stderr).to.include(hint);
        expect(telegram.pendingIds).to.deep.equal([1, 2]);
      });
    }

    it('says how to find the id where no update waits', async () => {
      const { code, stderr } = await live('--once', '--chat-id', '-7');
      expect(code).to.equal(2);
      expect(stderr).to.include('npx telegram-lake bot chats lists its id');
    });

    it('takes the old id of a group that has become a supergroup', async () => {
      telegram.failNext('getChat', {
        code: 400,
        description: 'Bad Request: group chat was upgraded to a supergroup chat',
        parameters: { migrate_to_chat_id: chat.id },
      });
      expect((await live('--once', '--chat-id', '-42')).code).to.equal(0);
    });
  });

  it('is npm start -- --live as well, with the digest beside it', async () => {
    telegram.happen(message(1), message(2));
    const { code, stdout, stderr } = await runCli(
      ['start', '--live', '--once', '--lake', folder()],
      environment,
    );
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout)
      .to.match(/Ask for more: npx telegram-lake query --lake /)
      .and.match(/2026-11-23 rebuilt +2 rows/);
    expect(stdout).not.to.include('Demo group');
    expect(telegram.pendingIds).to.deep.equal([]);
  });

  it('serves the page with npm start -- --live, and no webhook beside it', async () => {
    telegram.happen(message(1));
    const program = fileURLToPath(new URL('../../../src/cli/telegram-lake.js', import.meta.url));
    const args = ['start', '--live', '--lake', folder(), '--port', '0'];
    const child = spawn(process.execPath, [program, ...args], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = outputOf(child);
    await until(() => /rebuilt +1 rows/.test(output.text));
    const [url = ''] = /http:\/\/127\.0\.0\.1:\d+\//.exec(output.text) ?? [];
    expect(await (await fetch(url)).text()).to.match(/^<!doctype html>/i);
    expect((await fetch(`${url}webhook`, { method: 'POST', body: '{}' })).status).to.equal(404);
    child.kill('SIGINT');
    await until(() => output.ended);
    expect(child.exitCode).to.equal(0);
  });

  it('asks which group where none is named', async () => {
    environment.TELEGRAM_CHAT_ID = '';
    const { code, stderr } = await live();
    expect(code).to.equal(2);
    expect(stderr).to.match(/^telegram-lake: which group\? [^\n]*bot chats[^\n]*\n$/);
  });

  it('accepts the new id of a group that becomes a supergroup, and says so', async () => {
    const migration = message(1, -42);
    Object.assign(migration.message, { migrate_to_chat_id: chat.id });
    telegram.happen(migration, message(2));
    const { stdout, stderr } = await live('--once', '--chat-id', '-42');
    expect(stderr).to.equal(
      `telegram-lake: the group -42 has the new id ${chat.id}, which is accepted from now on\n`,
    );
    expect(stdout).to.match(/^2 updates stored/m);
  });
});

function outputOf(child: ChildProcess): { text: string; ended: boolean } {
  const output = { text: '', ended: false };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output.text += chunk;
    });
  }
  child.on('close', () => {
    output.ended = true;
  });
  return output;
}
