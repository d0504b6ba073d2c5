import { expect } from 'chai';
import { followUpdates, type LongPollingOptions } from '../../src/ingest/long-polling.ts';
import { BotBehindError, passToBot } from '../../src/ingest/pass-to-bot.ts';
import { botBehind } from '../../src/ingest/take-request.ts';
import { createWebhook, type Webhook } from '../../src/ingest/webhook.ts';
import { StoreError } from '../../src/storage/object-store.ts';
import { allowedUpdates } from '../../src/telegram/allowed-updates.ts';
import { type BotApi, botApi } from '../../src/telegram/bot-api.ts';
import { BotApiError } from '../../src/telegram/bot-api-error.ts';
import { failingStore } from '../support/failing-store.ts';
import { type Failure, FakeBotApi } from '../support/fake-bot-api.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { rejection } from '../support/rejection.ts';
import { type BotAnswer, type ScriptedBot, startScriptedBot } from '../support/scripted-bot.ts';
import { until } from '../support/until.ts';

const chat = { id: -1001234567890, type: 'supergroup' };
const message = (update_id: number) => ({
  update_id,
  message: { message_id: update_id, date: 1795402800, chat, text: `number ${update_id}` },
});
const otherReader = {
  code: 409,
  description:
    'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
};

describe('long polling', () => {
  let telegram: FakeBotApi;
  let api: BotApi;
  let store: MemoryStore;
  let webhook: Webhook;
  let stop: AbortController;
  let waits: number[];
  let troubles: (string | undefined)[];
  /** Keys whose put fails. */
  let broken: RegExp | undefined;

  beforeEach(async () => {
    telegram = await FakeBotApi.start();
    api = botApi(telegram.token, telegram.root);
    store = new MemoryStore();
    broken = undefined;
    webhook = createWebhook({
      store: failingStore(store, (key) => broken?.test(key) ?? false),
      secretToken: 'secret',
      chats: new Set([chat.id]),
      timeZone: 'America/Sao_Paulo',
      now: () => 1795402800,
    });
    stop = new AbortController();
    waits = [];
    troubles = [];
  });
  afterEach(() => telegram.close());

  const follow = (changes: Partial<LongPollingOptions> = {}) =>
    followUpdates({
      api,
      webhook,
      onOutcome: () => {},
      onTrouble: (trouble) => troubles.push(trouble),
      signal: stop.signal,
      pass: async (seconds) => {
        waits.push(seconds);
      },
      ...changes,
    });
  const storedIds = async () => {
    const ids: number[] = [];
    for await (const { key } of store.listObjects('telegram/')) {
      ids.push(JSON.parse(Buffer.from(await store.getObject(key)).toString()).update_id);
    }
    return ids;
  };

  it('stores what waits and what comes, whole, and asks for every kind', async () => {
    telegram.happen(message(1));
    const following = follow();
    await until(() => telegram.callsOf('getUpdates').length === 2);
    telegram.happen({
      update_id: 2,
      message_reaction: { chat, message_id: 1, date: 1795402801, new_reaction: [] },
    });
    await until(() => telegram.callsOf('getUpdates').length === 3);
    stop.abort();
    await following;
    expect(await storedIds()).to.deep.equal([1, 2]);
    const key = 'telegram/context_date=2026-11-23/20261123000000-000000000001.json';
    expect(JSON.parse(Buffer.from(await store.getObject(key)).toString())).to.deep.equal(message(1));
    const [first, second] = telegram.callsOf('getUpdates');
    expect(first).to.deep.equal({ offset: 0, timeout: 50, allowed_updates: allowedUpdates });
    expect(second).to.deep.equal({ offset: 2, timeout: 50, allowed_updates: allowedUpdates });
  });

  it('confirms no update before it is stored, and goes on with the same one when the store works again', async () => {
    telegram.happen(message(1), message(2), message(3));
    broken = /0002\.json$/;
    const seenWhileBroken: number[][] = [];
    await follow({
      once: false,
      pass: async () => {
        seenWhileBroken.push(telegram.pendingIds);
        if (seenWhileBroken.length === 3) broken = undefined;
      },
      onOutcome: () => {
        if (telegram.pendingIds[0] === 2 && broken === undefined) stop.abort();
      },
    });
    expect(seenWhileBroken).to.deep.equal([
      [1, 2, 3],
      [2, 3],
      [2, 3],
    ]);
    expect(troubles[0]).to.match(/^cannot store telegram\//);
    expect(await storedIds()).to.deep.equal([1, 2]);
  });

  it('is resumed after a stop without loss or repetition', async () => {
    telegram.happen(message(1), message(2), message(3));
    await follow({ onOutcome: () => stop.abort() });
    expect(await storedIds()).to.deep.equal([1]);
    expect(telegram.pendingIds).to.deep.equal([2, 3]);

    stop = new AbortController();
    const outcomes: string[] = [];
    await follow({ once: true, onOutcome: ({ outcome }) => outcomes.push(outcome) });
    expect(outcomes).to.deep.equal(['stored', 'stored']);
    expect(await storedIds()).to.deep.equal([1, 2, 3]);
    expect(telegram.pendingIds).to.deep.equal([]);
  });

  it('stores an update once that comes twice, because its confirmation was lost', async () => {
    telegram.happen(message(1));
    await follow({
      onOutcome: () => {
        telegram.failNext('getUpdates', 'reset');
        stop.abort();
      },
    });
    expect(telegram.pendingIds).to.deep.equal([1]);
    stop = new AbortController();
    await follow({ once: true });
    expect(await storedIds()).to.deep.equal([1]);
    expect(telegram.pendingIds).to.deep.equal([]);
  });

  it('needs no confirmation where nothing came since the last call', async () => {
    const following = follow();
    await until(() => telegram.callsOf('getUpdates').length === 1);
    stop.abort();
    await following;
    expect(telegram.callsOf('getUpdates')).to.have.length(1);
  });

  it('waits as long as Telegram asks, an hour at most, else longer each time up to a minute', async () => {
    const failure = { code: 502, description: 'Bad Gateway' };
    const asked = (retry_after: number) => ({
      code: 429,
      description: `Too Many Requests: retry after ${retry_after}`,
      parameters: { retry_after },
    });
    telegram.failNext('getUpdates', asked(30), asked(1e9), ...Array<Failure>(7).fill(failure));
    telegram.happen(message(1));
    await follow({ onOutcome: () => stop.abort() });
    expect(waits).to.deep.equal([30, 3600, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('starts with short waits again after a success', async () => {
    telegram.failNext('getUpdates', 'reset', 'reset');
    telegram.happen(message(1));
    let came = 0;
    await follow({
      onOutcome: () => {
        came += 1;
        if (came === 2) return stop.abort();
        telegram.failNext('getUpdates', 'reset');
        telegram.happen(message(2));
      },
    });
    expect(waits).to.deep.equal([1, 2, 1]);
  });

  it('tells each trouble once, and its end', async () => {
    telegram.failNext('getUpdates', otherReader, otherReader, 'web page', 'web page');
    telegram.happen(message(1));
    const following = follow();
    await until(() => troubles.includes(undefined));
    stop.abort();
    await following;
    expect(troubles).to.have.length(3);
    expect(troubles[0]).to.match(/^another program fetches the updates of this bot as well/);
    expect(troubles[1]).to.match(/the answer is no JSON/);
  });

  const hopeless: [failure: Failure, message: RegExp][] = [
    [{ code: 401, description: 'Unauthorized' }, /does not know this bot token/],
    [{ code: 409, description: 'Conflict: terminated by setWebhook request' }, /setWebhook/],
    [{ code: 400, description: 'Logged out' }, /Logged out/],
  ];
  for (const [failure, text] of hopeless) {
    it(`ends with an error at ${JSON.stringify(failure)}`, async () => {
      telegram.failNext('getUpdates', failure);
      const error = await rejection(follow());
      expect(error).to.be.instanceOf(BotApiError);
      expect(error.message).to.match(text);
      expect(waits).to.deep.equal([]);
    });
  }

  it('ends with an error while a webhook is set', async () => {
    await api.setWebhook('https://example.org/webhook');
    expect(await rejection(follow())).to.include({ errorCode: 409 });
  });

  it('ends with an error of this program', async () => {
    telegram.happen(message(1));
    const fault = new TypeError('a fault of this program');
    const failing = { ...webhook, receiveTrusted: () => Promise.reject(fault) };
    expect(await rejection(follow({ webhook: failing }))).to.equal(fault);
    expect(telegram.pendingIds).to.deep.equal([1]);
  });

  it('once: takes all that waits, more than one call gives, and ends', async () => {
    telegram.happen(...Array.from({ length: 150 }, (_, index) => message(index + 1)));
    await follow({ once: true });
    expect(await storedIds()).to.have.length(150);
    expect(telegram.pendingIds).to.deep.equal([]);
  });

  it('once: fails at once', async () => {
    telegram.happen(message(1));
    broken = /json$/;
    expect(await rejection(follow({ once: true }))).to.be.instanceOf(StoreError);
    telegram.failNext('getUpdates', 'reset');
    expect(await rejection(follow({ once: true }))).to.be.instanceOf(BotApiError);
  });

  describe('in front of a bot', () => {
    let bot: ScriptedBot;
    let answers: BotAnswer[];
    beforeEach(async () => {
      answers = [];
      bot = await startScriptedBot(() => answers.shift() ?? {});
      telegram.happen(message(1), message(2));
    });
    afterEach(() => bot.close());

    const seenIds = () => bot.seen.map(({ body }) => JSON.parse(body.toString()).update_id);
    const inFront = (changes: Partial<LongPollingOptions> = {}) => {
      const behind = botBehind({ url: bot.url });
      return follow({
        once: true,
        passOn: async (body, outcome) => {
          lost = await passToBot(api, behind, body, outcome);
        },
        ...changes,
      });
    };
    let lost: string | undefined;

    it('passes each update on in order, and confirms it after', async () => {
      await inFront();
      expect([seenIds(), await storedIds(), telegram.pendingIds]).to.deep.equal([[1, 2], [1, 2], []]);
    });

    it('waits as long as the bot asks, passes the same update on again, and reports it once', async () => {
      answers = [{ status: 429, headers: { 'Retry-After': '7' } }, { status: 500 }, { breaksOff: 'before' }];
      const outcomes: string[] = [];
      await inFront({
        once: false,
        onOutcome: ({ outcome }) => {
          outcomes.push(outcome);
        },
        passOn: async (body, outcome) => {
          await passToBot(api, botBehind({ url: bot.url }), body, outcome);
          if (seenIds().at(-1) === 2) stop.abort();
        },
      });
      expect(seenIds()).to.deep.equal([1, 1, 1, 1, 2]);
      expect(waits).to.deep.equal([7, 2, 4]);
      expect(outcomes).to.deep.equal(['stored', 'stored']);
      expect(troubles).to.deep.equal([
        'the bot behind the lake answered 429',
        'the bot behind the lake answered 500',
        'the bot behind the lake cannot be reached (ECONNRESET)',
        undefined,
      ]);
    });

    it('leaves an update unconfirmed that the bot did not take, with --once', async () => {
      answers = [{}, { status: 503 }];
      expect(await rejection(inFront())).to.be.instanceOf(BotBehindError);
      expect([await storedIds(), telegram.pendingIds]).to.deep.equal([
        [1, 2],
        [1, 2],
      ]);
    });

    it('calls the method that a reply names, as Telegram would', async () => {
      answers = [{ body: JSON.stringify({ method: 'sendMessage', chat_id: chat.id, text: 'Oi!' }) }];
      await inFront();
      expect(telegram.callsOf('sendMessage')).to.deep.equal([{ chat_id: chat.id, text: 'Oi!' }]);
    });

    for (const [what, reply, why] of [
      [
        'fails',
        { method: 'sendMessage', chat_id: 1, text: 'Oi!' },
        'sendMessage: 400 Bad Request: chat not found',
      ],
      ['names no method', { method: '../getMe' }, 'its method is none of the Bot API'],
    ] as const) {
      it(`goes on after a reply that ${what}, and says so`, async () => {
        telegram.happen(message(3));
        answers = [{}, {}, { body: JSON.stringify(reply) }];
        await inFront();
        expect(lost).to.equal(why);
        expect(telegram.pendingIds).to.deep.equal([]);
      });
    }
  });
});
