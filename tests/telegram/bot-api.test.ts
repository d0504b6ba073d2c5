import { inspect } from 'node:util';
import { expect } from 'chai';
import { allowedUpdates, kindsOnlyByName } from '../../src/telegram/allowed-updates.ts';
import { type BotApi, botApi } from '../../src/telegram/bot-api.ts';
import { BotApiError } from '../../src/telegram/bot-api-error.ts';
import { type Failure, FakeBotApi } from '../support/fake-bot-api.ts';
import { rejection } from '../support/rejection.ts';

describe('Bot API', () => {
  let telegram: FakeBotApi;
  let api: BotApi;
  beforeEach(async () => {
    telegram = await FakeBotApi.start();
    api = botApi(telegram.token, telegram.root);
  });
  afterEach(() => telegram.close());

  it('is called by the names of its methods', async () => {
    expect(await api.getMe()).to.deep.equal(telegram.me);
  });

  const failures: [
    failure: Failure,
    expected: { errorCode: number | undefined; transient: boolean; retryAfterSeconds?: number },
    message: RegExp,
  ][] = [
    [
      { code: 401, description: 'Unauthorized' },
      { errorCode: 401, transient: false },
      /does not know this bot token \(401 Unauthorized\); BotFather/,
    ],
    [
      { code: 404, description: 'Not Found' },
      { errorCode: 404, transient: false },
      /does not know this bot token \(404 Not Found\)/,
    ],
    [
      { code: 400, description: 'Bad Request: chat not found' },
      { errorCode: 400, transient: false },
      /getMe: 400 Bad Request: chat not found/,
    ],
    [
      { code: 429, description: 'Too Many Requests: retry after 30', parameters: { retry_after: 30 } },
      { errorCode: 429, transient: true, retryAfterSeconds: 30 },
      /429 Too Many Requests: retry after 30/,
    ],
    [
      { code: 500, description: 'Internal Server Error: restart' },
      { errorCode: 500, transient: true },
      /500 Internal Server Error/,
    ],
    [
      'web page',
      { errorCode: undefined, transient: true },
      /cannot reach 127.0.0.1:\d+: the answer is no JSON/,
    ],
    ['reset', { errorCode: undefined, transient: true }, /cannot reach 127.0.0.1:\d+: ECONNRESET/],
  ];
  for (const [failure, expected, message] of failures) {
    it(`tells of ${JSON.stringify(failure)} without the token, whichever way the error is printed`, async () => {
      telegram.failNext('getMe', failure);
      const error = await rejection(api.getMe());
      expect(error)
        .to.be.instanceOf(BotApiError)
        .and.to.include({ method: 'getMe', ...expected });
      expect(error.message).to.match(message);
      for (const text of printed(error)) expect(text).not.to.include(telegram.token);
    });
  }

  for (const result of [{}, 'abc', 7, [null], [{ update_id: '7' }], [{ message: {} }]]) {
    it(`treats ${JSON.stringify(result)} as no answer of getUpdates, so that it is asked again`, async () => {
      telegram.failNext('getUpdates', { json: { ok: true, result } });
      const error = await rejection(api.getUpdates());
      expect(error).to.be.instanceOf(BotApiError).and.to.include({ method: 'getUpdates', transient: true });
      expect(error.message).to.match(/the answer is not of the Bot API/);
      expect(await api.getUpdates()).to.deep.equal([]);
    });
  }

  it('tells of a server that does not listen', async () => {
    const { root } = telegram;
    await telegram.close();
    const error = await rejection(botApi(telegram.token, root).getMe());
    expect(error).to.be.instanceOf(BotApiError);
    expect(error.message).to.match(/^getMe: cannot reach 127\.0\.0\.1:\d+: ECONNREFUSED$/);
    for (const text of printed(error)) expect(text).not.to.include(telegram.token);
    telegram = await FakeBotApi.start();
  });

  it('tells the new id of a group that became a supergroup', async () => {
    telegram.failNext('getChat', {
      code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: -1002345678901 },
    });
    expect(await rejection(api.getChat(-42))).to.include({ migrateToChatId: -1002345678901 });
  });

  it('has a refused webhook secret in no error', async () => {
    telegram.failNext('setWebhook', { code: 400, description: 'Bad Request: bad webhook' });
    const error = await rejection(
      api.setWebhook('https://example.org/', { secret_token: 'a-webhook-secret' }),
    );
    for (const text of printed(error)) expect(text).not.to.include('a-webhook-secret');
  });

  it('removes a token that Telegram itself repeats', async () => {
    telegram.failNext('getMe', { code: 400, description: `Bad Request: ${telegram.token}` });
    expect((await rejection(api.getMe())).message).to.equal('getMe: 400 Bad Request: <token>');
  });

  for (const json of [
    null,
    'x',
    [],
    {},
    { ok: true },
    { ok: true, result: null },
    { ok: false, error_code: 'x', description: { a: 1 }, parameters: { retry_after: 'x' } },
  ]) {
    it(`does not take for the Bot API what answers ${JSON.stringify(json)}`, async () => {
      telegram.failNext('getMe', { json });
      const error = await rejection(api.getMe());
      expect(error).to.be.instanceOf(BotApiError).and.to.include({ errorCode: undefined, transient: true });
      expect(error.message).to.equal('getMe: the answer is not of the Bot API; is TELEGRAM_API_ROOT right?');
    });
  }

  it('waits by itself when Telegram asks for a second', async () => {
    telegram.failNext('getMe', {
      code: 429,
      description: 'Too Many Requests: retry after 1',
      parameters: { retry_after: 0.01 },
    });
    expect(await api.getMe()).to.deep.equal(telegram.me);
    expect(telegram.callsOf('getMe')).to.have.length(2);
  });

  it('waits at most three times', async () => {
    const busy = { code: 429, description: 'Too Many Requests', parameters: { retry_after: 0.01 } };
    telegram.failNext('getMe', busy, busy, busy, busy);
    expect(await rejection(api.getMe())).to.include({ errorCode: 429 });
    expect(telegram.callsOf('getMe')).to.have.length(4);
  });
});

describe('allowed updates', () => {
  it('are all kinds of the Bot API, those that only come by name among them', () => {
    expect(allowedUpdates).to.have.length(27);
    expect(allowedUpdates).to.include.members([...kindsOnlyByName]);
  });
});

function printed(error: Error): string[] {
  return [
    String(error),
    error.stack ?? '',
    JSON.stringify(error),
    inspect(error, { depth: 9, showHidden: true }),
  ];
}
