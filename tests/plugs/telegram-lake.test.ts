import { expect } from 'chai';
import { Api } from 'grammy';
import { createSentIntake, sentSecret } from '../../src/ingest/sent.ts';
import { contentsOf } from '../support/contents.ts';
import { FakeBotApi } from '../support/fake-bot-api.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { type ScriptedBot, startScriptedBot } from '../support/scripted-bot.ts';
import { until } from '../support/until.ts';

interface Lake {
  dropped: number;
  sent(result: unknown, remarks?: { handled?: boolean; intent?: string }): void;
  grammy(): never;
}

const chat = { id: -1001234567890, type: 'supergroup', title: 'Course' };

describe('plug for JavaScript', () => {
  let telegram: FakeBotApi;
  let server: ScriptedBot;
  let after: number;
  /** Reports that the lake has dealt with. */
  let taken: number;
  let store: MemoryStore;
  let lakeReporter: (url: string, secret: string, limits?: object) => Lake;
  before(async () => {
    ({ lakeReporter } = await import(`../../${'plugs/telegram-lake.mjs'}`));
  });
  beforeEach(async () => {
    after = 0;
    taken = 0;
    store = new MemoryStore();
    const intake = createSentIntake({
      store,
      secretToken: 'local',
      chats: new Set([chat.id]),
      timeZone: 'America/Sao_Paulo',
      now: () => 1795402800,
    });
    server = await startScriptedBot(({ headers, body }) => {
      const taking = intake.receive({ authorization: headers.authorization, body });
      taking.then(() => {
        taken += 1;
      });
      return { after };
    });
    telegram = await FakeBotApi.start();
    telegram.chats.set(chat.id, { chat, administrators: [], bot: {} });
  });
  afterEach(() => Promise.all([server.close(), telegram.close()]));

  const grammyBot = (lake: Lake) => {
    const api = new Api(telegram.token, { apiRoot: telegram.root });
    api.config.use(lake.grammy());
    return api;
  };
  const stored = async () => Object.values(await contentsOf(store)).map((text) => JSON.parse(text));

  it('reports what a bot of grammY sends, and nothing that it only asks', async () => {
    const lake = lakeReporter(server.url, sentSecret('local'));
    const api = grammyBot(lake);
    await api.getMe();
    await api.getChat(chat.id);
    const message = await api.sendMessage(chat.id, 'Oi!');
    lake.sent(message, { handled: false, intent: 'greeting' });
    await until(() => taken === 2);
    expect(await stored()).to.deep.equal([{ source: 'sent', message, handled: false, intent: 'greeting' }]);
    expect(lake.dropped).to.equal(0);
  });

  it('reports no call that failed, and leaves its error to the bot', async () => {
    const lake = lakeReporter(server.url, sentSecret('local'));
    const failure = await grammyBot(lake)
      .sendMessage(1, 'Oi!')
      .catch((error: Error) => error);
    expect(failure).to.be.instanceOf(Error).with.property('message').that.includes('chat not found');
    expect(server.seen).to.deep.equal([]);
  });

  it('never keeps the bot waiting while the lake is slow, holds a bounded queue, and counts what it drops', async () => {
    after = 60_000;
    const lake = lakeReporter(server.url, sentSecret('local'), { milliseconds: 50, mostWaiting: 3 });
    const api = grammyBot(lake);
    const start = performance.now();
    for (let count = 0; count < 10; count++) await api.sendMessage(chat.id, 'Oi!');
    expect(performance.now() - start).to.be.lessThan(5_000);
    await until(() => lake.dropped === 10);
  });

  it('drops and counts while there is no lake, or it takes no report, and goes on when there is one', async () => {
    const none = lakeReporter('http://127.0.0.1:1/sent', 'x');
    await grammyBot(none).sendMessage(chat.id, 'Oi!');
    await until(() => none.dropped === 1);
    const lake = lakeReporter(server.url, sentSecret('local'), { milliseconds: 100 });
    after = 60_000;
    lake.sent({ message_id: 1, chat });
    await until(() => lake.dropped === 1);
    after = 0;
    await grammyBot(lake).sendMessage(chat.id, 'Oi!');
    await until(() => taken === 2);
    expect(await stored()).to.have.length(1);
    expect(lake.dropped).to.equal(1);
  });
});
