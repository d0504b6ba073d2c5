import { expect } from 'chai';
import { type BotBehind, botBehind, takeRequest } from '../../src/ingest/take-request.ts';
import { createWebhook } from '../../src/ingest/webhook.ts';
import { StoreError } from '../../src/storage/object-store.ts';
import type { BotWebhook } from '../../src/telegram/bot-webhook.ts';
import { contentsOf } from '../support/contents.ts';
import { failingStore } from '../support/failing-store.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { type BotAnswer, type ScriptedBot, startScriptedBot } from '../support/scripted-bot.ts';

const chat = { id: -1001234567890, type: 'supergroup' };
const message = { message_id: 7, date: 1795402799, chat, text: 'olá' };
const reply = '{"method":"sendMessage","chat_id":-1001234567890,"text":"Oi!"}';

describe('ingest in front of a bot', () => {
  let store: MemoryStore;
  let broken: boolean;
  let script: (count: number) => BotAnswer;
  let bot: ScriptedBot;
  beforeEach(async () => {
    store = new MemoryStore();
    broken = false;
    script = () => ({ headers: { 'Content-Type': 'application/json' }, body: reply });
    bot = await startScriptedBot((_, count) => script(count));
  });
  afterEach(() => bot.close());

  const behind = (webhook: Omit<BotWebhook, 'url'> = { secret_token: 'of-the-bot' }) =>
    botBehind({ url: bot.url, ...webhook });
  async function take(update: object | string, to: BotBehind = behind(), secretToken = 'of-the-lake') {
    const webhook = createWebhook({
      store: failingStore(store, () => broken),
      secretToken: 'of-the-lake',
      chats: new Set([chat.id]),
      timeZone: 'America/Sao_Paulo',
      now: () => 1795402800,
    });
    const body = Buffer.from(typeof update === 'string' ? update : JSON.stringify(update));
    return takeRequest(webhook, { secretToken, body }, { bot: to });
  }
  const bodies = () => bot.seen.map(({ body }) => body.toString());
  const stored = async () => Object.keys(await contentsOf(store));

  it("stores an update, passes it on with the bot's secret, and answers with the bot's own answer", async () => {
    const text =
      '{"update_id": 812,  "message":{"message_id":7,"date":1795402799,"chat":{"id":-1001234567890}}}';
    const { outcome, answer } = await take(text);
    expect(outcome).to.include({ outcome: 'stored' });
    expect(answer).to.deep.include({
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(reply),
    });
    expect(bodies()).to.deep.equal([text]);
    expect(bot.seen[0]?.headers['x-telegram-bot-api-secret-token']).to.equal('of-the-bot');
    expect(await stored()).to.have.length(1);
  });

  it('answers 503 and passes nothing on when the update is not stored', async () => {
    broken = true;
    const { answer } = await take({ update_id: 812, message });
    expect(answer).to.deep.include({ statusCode: 503, headers: { 'Retry-After': '5' } });
    expect(bodies()).to.deep.equal([]);
  });

  it("passes the bot's failure back once the update is stored, and stores it over itself when it comes again", async () => {
    script = (count) => (count < 3 ? { status: 500 } : {});
    const statuses = [];
    for (let delivery = 0; delivery < 3; delivery++) {
      statuses.push((await take({ update_id: 812, message })).answer.statusCode);
    }
    expect(statuses).to.deep.equal([500, 500, 200]);
    expect(bodies()).to.have.length(3);
    expect(await stored()).to.have.length(1);
  });

  it('passes on each delivery of an update, as the bot would get it without the lake', async () => {
    for (let delivery = 0; delivery < 2; delivery++) await take({ update_id: 812, message });
    expect(bodies()).to.have.length(2);
  });

  for (const [what, update] of [
    ['another chat', { update_id: 1, message: { ...message, chat: { id: 42, type: 'private' } } }],
    ['no chat', { update_id: 1, inline_query: { id: 'i', from: { id: 1 } } }],
    ['a kind that does not exist yet', { update_id: 1, hologram: { chat } }],
  ] as const) {
    it(`passes on an update of ${what}`, async () => {
      const { answer } = await take(update);
      expect(Buffer.from(answer.body).toString()).to.equal(reply);
      expect(bodies()).to.deep.equal([JSON.stringify(update)]);
    });
  }

  it('passes on what is no update but came with the secret, and quarantines it', async () => {
    expect((await take('{"hello":"world"}')).outcome).to.include({ outcome: 'quarantined' });
    expect(bodies()).to.deep.equal(['{"hello":"world"}']);
  });

  for (const secret of ['', 'of-the-bot', 'wrong']) {
    it(`passes nothing on that comes with the secret ${secret || 'left out'}`, async () => {
      expect((await take({ update_id: 812, message }, behind(), secret)).answer.statusCode).to.equal(401);
      expect(bodies()).to.deep.equal([]);
    });
  }

  it('keeps back the kinds of update that the bot did not ask for, and stores them', async () => {
    const reaction = { update_id: 1, message_reaction: { chat, date: 1795402799 } };
    const joining = { update_id: 2, my_chat_member: { chat, date: 1795402799 } };
    const byDefault = behind({});
    for (const update of [reaction, joining]) {
      expect((await take(update, byDefault)).answer.statusCode).to.equal(200);
    }
    expect(bodies()).to.deep.equal([JSON.stringify(joining)]);
    const asking = behind({ allowed_updates: ['message_reaction'] });
    for (const update of [reaction, joining]) await take(update, asking);
    expect(bodies().slice(1)).to.deep.equal([JSON.stringify(reaction)]);
    expect(await stored()).to.have.length(2);
  });

  it("notes the bot's reply once it has one, and answers with it also where that fails", async () => {
    const webhook = createWebhook({
      store,
      secretToken: 's',
      chats: new Set([chat.id]),
      timeZone: 'America/Sao_Paulo',
      now: () => 1795402800,
    });
    const noted: string[] = [];
    const take = (update_id: number) =>
      takeRequest(
        webhook,
        { secretToken: 's', body: Buffer.from(JSON.stringify({ update_id, message })) },
        {
          bot: behind(),
          noteReply: async (body) => {
            noted.push(Buffer.from(body).toString());
            return { outcome: 'failed', error: new StoreError('store', 'key', 'out of order') };
          },
        },
      );
    expect((await take(1)).answer).to.deep.include({ statusCode: 200, body: Buffer.from(reply) });
    script = () => ({ status: 500, body: reply });
    await take(2);
    script = () => ({});
    await take(3);
    expect(noted).to.deep.equal([reply]);
  });

  it('answers 503 where the bot is not known, after it has stored the update: Telegram keeps it for the bot', async () => {
    const { outcome, answer } = await take({ update_id: 812, message }, botBehind(undefined));
    expect([outcome.outcome, answer.statusCode]).to.deep.equal(['stored', 503]);
  });
});
