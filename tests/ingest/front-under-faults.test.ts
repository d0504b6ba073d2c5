import { expect } from 'chai';
import { seededRandom } from '../../src/base/random.ts';
import { createSentIntake } from '../../src/ingest/sent.ts';
import { botBehind, takeRequest } from '../../src/ingest/take-request.ts';
import { createWebhook } from '../../src/ingest/webhook.ts';
import { failingStore } from '../support/failing-store.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { type BotAnswer, startScriptedBot } from '../support/scripted-bot.ts';

/** Updates and sent messages, together: 100,000 with FAULTS=100000. */
const total = Number(process.env.FAULTS ?? 1_000);
const chatCount = 20;
const botMilliseconds = 500;
const sentAt = 1795402800;
const chat = (index: number) => ({ id: -1_000_000_000_001 - (index % chatCount), type: 'supergroup' });

describe('ingest in front of a bot, under faults', function () {
  this.timeout(60_000 + total * 20);

  it(`loses nothing, doubles nothing, and gives the bot each update as without it: ${total.toLocaleString('en')} updates and sends`, async () => {
    const store = new MemoryStore();
    const { chance: faults, pick } = seededRandom(20261122);
    const fails = failingStore(store, () => faults(0.1));
    // Answers that are lost, late, failures, redirects; a bot that is down for a while now and then.
    const kinds: BotAnswer[] = [
      { status: 500 },
      { status: 503, headers: { 'Retry-After': '1' } },
      { status: 429 },
      { status: 302, headers: { Location: 'http://127.0.0.1:1/' } },
      { breaksOff: 'before' },
      { breaksOff: 'within' },
      // Longer than the time that is left for it, which here is not ten seconds.
      { after: 2 * botMilliseconds },
    ];
    let downFor = 0;
    const seen: number[] = [];
    const handled: number[] = [];
    const bot = await startScriptedBot(({ body }) => {
      const { update_id } = JSON.parse(body.toString());
      seen.push(update_id);
      if (faults(0.01)) downFor = 20;
      if (downFor-- > 0 || faults(0.1)) return pick(kinds);
      handled.push(update_id);
      const answer = { method: 'sendMessage', chat_id: chat(update_id).id, text: `answer ${update_id}` };
      return faults(0.5) ? {} : { body: JSON.stringify(answer) };
    });
    const intake = {
      store: fails,
      secretToken: 's',
      chats: new Set(Array.from({ length: chatCount }, (_, index) => chat(index).id)),
      timeZone: 'America/Sao_Paulo',
      now: () => sentAt,
    };
    const behind = botBehind({ url: bot.url });
    const sent = createSentIntake(intake);
    const webhook = createWebhook(intake);
    const updates = Math.floor(total / 2);
    const replies: number[] = [];

    /**
     * As Telegram: one chat's updates in turn, the first again until it is taken; now and then again although it was.
     */
    async function deliver(index: number): Promise<void> {
      for (let id = index; id < updates; id += chatCount) {
        const message = {
          message_id: id + 1,
          date: sentAt + (id % 1_000),
          chat: chat(id),
          from: { id: 7 },
          text: `${id}`,
        };
        const body = Buffer.from(JSON.stringify({ update_id: id, message }));
        for (let isTaken = false; !isTaken; ) {
          const options = { bot: behind, noteReply: sent.receiveReply, milliseconds: () => botMilliseconds };
          const { answer } = await takeRequest(webhook, { secretToken: 's', body }, options);
          isTaken = answer.statusCode >= 200 && answer.statusCode < 300 && !faults(0.02);
          if (answer.body.length > 0 && answer.statusCode === 200) replies.push(id);
        }
        await report(id);
      }
    }
    /** As a bot that tries again what the lake did not take. */
    async function report(id: number): Promise<void> {
      const from = { id: 99, is_bot: true };
      const result = {
        message_id: 500_000 + id,
        date: sentAt + (id % 1_000),
        chat: chat(id),
        from,
        text: `answer ${id}`,
      };
      while ((await sent.receiveTrusted(JSON.stringify({ ok: true, result }))).outcome !== 'stored');
    }
    await Promise.all(Array.from({ length: chatCount }, (_, index) => deliver(index)));
    await bot.close();

    const keys = (await Array.fromAsync(store.listObjects('telegram/'))).map(({ key }) => key);
    const ids = (pattern: RegExp) =>
      keys
        .flatMap((key) => pattern.exec(key)?.[1] ?? [])
        .map(Number)
        .sort((a, b) => a - b);
    const all = Array.from({ length: updates }, (_, id) => id);
    expect(ids(/-(\d{12})\.json$/)).to.deep.equal(all);
    expect(ids(/-sent_-\d+_(\d+)\.json$/)).to.deep.equal(all.map((id) => 500_000 + id));
    // The bot has taken each, and in each chat saw one after the other, none before the one before was taken.
    expect([...new Set(handled)].sort((a, b) => a - b)).to.deep.equal(all);
    for (let index = 0; index < chatCount; index++) {
      const ofChat = seen.filter((id) => id % chatCount === index);
      expect(ofChat).to.deep.equal([...ofChat].sort((a, b) => a - b));
    }
    expect(seen.length).to.be.greaterThan(updates);
    // Replies reach Telegram whether or not they could be noted.
    expect(replies.length).to.be.greaterThan(updates / 4);
  });
});
