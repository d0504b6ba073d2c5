import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { personOf } from '../../src/erasure/person.ts';
import { withoutPerson } from '../../src/erasure/without-person.ts';
import { runDay } from '../../src/etl/run-day.ts';
import { createSentIntake } from '../../src/ingest/sent.ts';
import { createWebhook } from '../../src/ingest/webhook.ts';
import { importLine } from '../../src/lake/import-line.ts';
import { importKey } from '../../src/lake/object-keys.ts';
import { contentsOf } from '../support/contents.ts';
import { failingStore } from '../support/failing-store.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { parquetRows } from '../support/parquet-rows.ts';

const chat = { id: -1001234567890, type: 'supergroup' };
const ana = { id: 7, is_bot: false, first_name: 'Ana' };
const bot = { id: 99, is_bot: true, first_name: 'Helper' };
const sentAt = 1795402799; // the last second of 22 November 2026 in São Paulo
const day = '2026-11-22';
const answer = { message_id: 2, date: sentAt, chat, from: bot, text: 'Com sam deploy 👋' };
const reply = {
  message_id: 3,
  date: sentAt + 90_000,
  chat,
  from: ana,
  text: 'Valeu',
  reply_to_message: answer,
};
const key = 'telegram/context_date=2026-11-22/20261122235959-shown_-1001234567890_2.json';

describe('messages of bots that only other updates show', () => {
  let store: MemoryStore;
  let isBroken: boolean;
  beforeEach(() => {
    store = new MemoryStore();
    isBroken = false;
  });
  const options = () => ({
    store: failingStore(store, (each) => isBroken && each.includes('shown')),
    secretToken: 's',
    chats: new Set([chat.id, 'private'] as const),
    timeZone: 'America/Sao_Paulo',
    now: () => sentAt + 100_000,
  });
  const receive = async (update: object) => {
    const body = Buffer.from(JSON.stringify(update, null, 1));
    return (await createWebhook(options()).receiveTrusted(body)).outcome;
  };
  const rows = async () => {
    const enriched = new MemoryStore();
    const { outcome } = await runDay(day, { raw: store, enriched });
    if (outcome === 'empty') return [];
    return parquetRows(await enriched.getObject(`telegram/context_date=${day}/messages.parquet`));
  };
  const sources = async () =>
    (await rows()).map(({ message_id, text, source }) => [message_id, text, source]);

  const ways: Record<string, object> = {
    'a reply on a later day': { update_id: 1, message: reply },
    'an edited reply': { update_id: 1, edited_message: { ...reply, edit_date: sentAt + 90_009 } },
    'a pressed button': { update_id: 1, callback_query: { id: '1', from: ana, data: 'x', message: answer } },
  };
  for (const [way, update] of Object.entries(ways)) {
    it(`are rows of their own day, once: ${way}`, async () => {
      for (let time = 0; time < 2; time++) expect(await receive(update)).to.equal('stored');
      await receive({ update_id: 2, message: { ...reply, message_id: 4 } });
      expect((await rows()).map((row) => ({ ...row }))).to.have.length(1);
      expect((await rows())[0]).to.deep.include({
        message_id: 2,
        user_id: 99,
        user_is_bot: true,
        chat_id: chat.id,
        text: answer.text,
        date: sentAt,
        update_id: null,
        source: 'reply',
      });
    });
  }

  it('are stored as they were written, on one line', async () => {
    await receive({ update_id: 1, message: reply });
    const text = (await contentsOf(store))[key] ?? '';
    expect(text)
      .to.match(/^\{"source":"reply","message":\{ +"message_id": 2,/)
      .and.not.include('\n');
    expect(JSON.parse(text)).to.deep.equal({ source: 'reply', message: answer });
  });

  it('are not doubled where they came another way: reported, by another bot, imported', async () => {
    await receive({ update_id: 1, message: reply });
    const second = '20261122235959';
    const line = importLine({ updateId: null, kind: 'message', payload: answer, second }, '{}');
    await store.putObject(importKey(day, chat.id), gzipSync(`${line}\n`));
    expect(await sources()).to.deep.equal([[2, answer.text, 'import']]);
    await createSentIntake(options()).receiveTrusted(JSON.stringify(answer));
    expect(await sources()).to.deep.equal([[2, answer.text, 'sent']]);
    await receive({ update_id: 2, message: answer });
    expect(await sources()).to.deep.equal([[2, answer.text, 'webhook']]);
  });

  it('are not doubled in a private chat, where an export counts otherwise', async () => {
    const own = { ...answer, chat: { id: 7, type: 'private' } };
    await receive({ update_id: 1, message: { ...reply, chat: own.chat, reply_to_message: own } });
    expect(await sources()).to.deep.equal([[2, answer.text, 'reply']]);
    const payload = { ...own, message_id: 5_000 };
    const line = importLine({ updateId: null, kind: 'message', payload, second: '20261122235959' }, '{}');
    await store.putObject(importKey(day, 7), gzipSync(`${line}\n`));
    expect(await sources()).to.deep.equal([[5_000, answer.text, 'import']]);
  });

  const others: Record<string, object> = {
    'of a person': { ...answer, from: ana },
    'of a chat that acts as itself': { ...answer, sender_chat: chat },
    'of another chat': { ...answer, chat: { ...chat, id: -1009 } },
    'that is not accessible any more': { message_id: 2, date: 0, chat },
    'with an impossible date': { ...answer, date: sentAt + 9_000_000 },
    'that begins a topic': { ...answer, forum_topic_created: {} },
  };
  for (const [which, shown] of Object.entries(others)) {
    it(`are no rows where the message is one ${which}`, async () => {
      expect(await receive({ update_id: 1, message: { ...reply, reply_to_message: shown } })).to.equal(
        'stored',
      );
      expect(await rows()).to.deep.equal([]);
    });
  }

  it('come again where they could not be stored', async () => {
    isBroken = true;
    expect(await receive({ update_id: 1, message: reply })).to.equal('failed');
    expect(await contentsOf(store)).to.deep.equal({});
  });

  it('lose the name of a person who is forgotten', async () => {
    const entities = [{ type: 'text_mention', offset: 0, length: 3, user: ana }];
    await receive({
      update_id: 1,
      message: { ...reply, reply_to_message: { ...answer, text: 'Ana!', entities } },
    });
    const { [key]: text = '' } = await contentsOf(store);
    expect(text).to.include('"Ana"');
    const without = withoutPerson(JSON.parse(text), personOf(ana.id, []));
    expect(JSON.stringify(without)).not.to.include('Ana');
  });
});
