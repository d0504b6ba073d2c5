import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { UsageError } from '../../src/base/usage-error.ts';
import { askSecret } from '../../src/cli/terminal/ask-secret.ts';
import { withoutSecrets } from '../../src/cli/terminal/without-secrets.ts';
import { type Failure, FakeBotApi } from '../support/fake-bot-api.ts';
import { rejection } from '../support/rejection.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const webhookSecret = 'a-webhook-secret-0123456789';

describe('secrets', () => {
  const folder = temporaryFolder();
  let telegram: FakeBotApi;
  beforeEach(async () => {
    telegram = await FakeBotApi.start();
  });
  afterEach(() => telegram.close());

  const run = (command: string, environment: Record<string, string> = {}) => {
    const variables = {
      TELEGRAM_API_ROOT: telegram.root,
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_SECRET_TOKEN: webhookSecret,
      ...environment,
    };
    return runCli(command.replace('LAKE', folder()).split(' '), variables);
  };
  const commands: [command: string, methods: readonly string[]][] = [
    ['bot check --chat-id -42', ['getMe', 'getChat']],
    ['bot chats', ['getWebhookInfo', 'getUpdates']],
    ['webhook set --url https://example.org/webhook', ['getWebhookInfo', 'setWebhook']],
    ['webhook info', ['getWebhookInfo']],
    [
      'webhook delete --url https://example.org/webhook --drop-pending-updates',
      ['getWebhookInfo', 'deleteWebhook'],
    ],
    ['live --once --lake LAKE --chat-id -42', ['getWebhookInfo', 'getMe', 'getUpdates']],
  ];
  const failures: Failure[] = [
    'reset',
    'web page',
    { code: 401, description: 'Unauthorized' },
    { code: 500, description: 'Internal Server Error' },
    { code: 429, description: 'Too Many Requests', parameters: { retry_after: 60 } },
  ];

  function expectSecrecy(output: string): void {
    // The second half alone would already be too much.
    expect(output).not.to.include(telegram.token.split(':')[1]);
    expect(output).not.to.include(webhookSecret);
  }

  for (const [command, methods] of commands) {
    it(`are in no output of ${command}`, async () => {
      const { output } = await run(command);
      expect(output).to.match(/\S/);
      expectSecrecy(output);
    });

    it(`are in no error of ${command}, whatever fails`, async () => {
      for (const method of methods) {
        for (const failure of failures) {
          telegram.failNext(method, failure);
          const { code, output } = await run(command);
          expect(code, output).to.equal(1);
          expect(output).to.match(/^telegram-lake: \w+: [^\n]+$/m);
          expectSecrecy(output);
        }
      }
    });

    it(`are in no error of ${command} while there is no network`, async () => {
      const { code, output } = await run(command, { TELEGRAM_API_ROOT: 'http://127.0.0.1:1' });
      expect(code).to.equal(1);
      expect(output).to.match(/^telegram-lake: \w+: cannot reach 127\.0\.0\.1:1: ECONNREFUSED$/m);
      expectSecrecy(output);
    });
  }

  const malformed: [variable: string, value: string][] = [
    ['TELEGRAM_BOT_TOKEN', 'not-a-token-but-secret-all-the-same'],
    ['TELEGRAM_SECRET_TOKEN', 'no/webhook/secret'],
    ['TELEGRAM_API_ROOT', 'https://ana:password@example.org'],
  ];
  for (const [variable, value] of malformed) {
    it(`are in no error about a malformed ${variable}`, async () => {
      const { code, output } = await run('webhook set --url https://example.org', { [variable]: value });
      expect(code).to.equal(2);
      expect(output).to.match(new RegExp(`^telegram-lake: ${variable} must be `));
      expect(output).not.to.include(value);
    });
  }

  it('are in no error about a command line that holds them by mistake', async () => {
    for (const command of [
      telegram.token,
      `bot ${telegram.token}`,
      `bot check ${telegram.token}`,
      `bot check --token=${telegram.token}`,
      `bot check --token ${telegram.token}`,
      `webhook set --secret=${webhookSecret}`,
      `webhook info ${webhookSecret}`,
    ]) {
      const { code, output } = await run(command);
      expect(code).to.equal(2);
      expectSecrecy(output);
    }
  });

  it('are taken out of the address of a webhook that holds the token', async () => {
    telegram.setUpWebhook(`https://example.org/${telegram.token}`);
    for (const command of ['webhook info', 'bot chats', 'live --once --lake LAKE --chat-id -42']) {
      const { output } = await run(command);
      expect(output).to.include('https://example.org/<bot token>');
      expectSecrecy(output);
    }
  });

  it('are asked for where the environment has none, if there is somebody to ask', async () => {
    const { code, output } = await run('bot check', { TELEGRAM_BOT_TOKEN: '' });
    expect(code).to.equal(2);
    expect(output).to.match(/^telegram-lake: TELEGRAM_BOT_TOKEN is not set, and there is no terminal/);
  });
});

describe('hidden question', () => {
  const ask = (typed: string, mayBeEmpty = false) => {
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
    const output = new PassThrough();
    input.write(typed);
    const answer = askSecret('Bot token', 'TELEGRAM_BOT_TOKEN', { input, output }, mayBeEmpty);
    return { answer, shown: () => String(output.read() ?? '') };
  };

  it('gives what is typed and shows nothing of it', async () => {
    const { answer, shown } = ask('123:abc\r');
    expect(await answer).to.equal('123:abc');
    expect(shown()).to.equal('Bot token (not shown): \n');
  });

  it('takes corrections', async () => {
    const { answer } = ask('12x\u007f3:abc\r');
    expect(await answer).to.equal('123:abc');
  });

  for (const [key, name] of [
    ['\u0003', 'Ctrl-C'],
    ['\u0004', 'Ctrl-D'],
    ['\r', 'Enter alone'],
  ] as const) {
    it(`is given up with ${name}`, async () => {
      const { answer } = ask(key);
      expect(await rejection(answer)).to.be.instanceOf(UsageError);
    });
  }

  it('takes Enter alone for an answer where there may be none, but not Ctrl-C', async () => {
    expect(await ask('\r', true).answer).to.equal('');
    for (const key of ['\u0003', '\u0004']) {
      expect(await rejection(ask(key, true).answer)).to.be.instanceOf(UsageError);
    }
  });
});

describe('text without secrets', () => {
  const texts: [text: string, clean: string][] = [
    [
      'request to http://x/bot123456789:AAF-0123456789_0123456789/getMe failed',
      'request to http://x/bot<bot token>/getMe failed',
    ],
    ['a%3A in 123456789%3AAAF-0123456789_0123456789', 'a%3A in <bot token>'],
    ['2026-11-22 12:30:00 is no token', '2026-11-22 12:30:00 is no token'],
    ["unknown option '--token=abc'", "unknown option '--token'"],
    ["unknown option '-t=abc'", "unknown option '-t'"],
    [
      "too many arguments for 'check'. Expected 0 arguments but got 1: abc.",
      "too many arguments for 'check'. Expected 0 arguments but got 1",
    ],
  ];
  for (const [text, clean] of texts) {
    it(`is ${JSON.stringify(clean)}`, () => {
      expect(withoutSecrets(text)).to.equal(clean);
    });
  }
});
