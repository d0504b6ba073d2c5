import { expect } from 'chai';
import { runDay } from '../../src/etl/run-day.ts';
import { createSentIntake } from '../../src/ingest/sent.ts';
import { createWebhook } from '../../src/ingest/webhook.ts';
import type { Chats } from '../../src/lake/chats.ts';
import { eventsKey } from '../../src/lake/object-keys.ts';
import { eventTable } from '../../src/lake/tables.ts';
import { contentsOf } from '../support/contents.ts';
import { failingStore } from '../support/failing-store.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { parquetRows } from '../support/parquet-rows.ts';

const chat = { id: -1001234567890, type: 'supergroup' };
const elsewhere = { id: -1009876543210, type: 'supergroup' };
const bot = { id: 99, is_bot: true, first_name: 'Helper' };
const ana = { id: 7, is_bot: false, first_name: 'Ana' };
const at = 1795402799; // the last second of 22 November 2026 in São Paulo
const poll = { id: '5290017733412098765', question: 'Quando?', options: [], total_voter_count: 0 };
const shown = { message_id: 7, date: at, chat, from: bot, poll };
const vote = { update_id: 5, poll_answer: { poll_id: poll.id, user: ana, option_ids: [0, 2] } };
const state = { update_id: 6, poll: { ...poll, total_voter_count: 3, is_closed: true } };

describe('votes, which name a poll and no chat', () => {
  let store: MemoryStore;
  let isBroken: boolean;
  beforeEach(() => {
    store = new MemoryStore();
    isBroken = false;
  });
  const options = (chats: Chats) => ({
    store: failingStore(store, (key) => isBroken && key.startsWith('polls/')),
    secretToken: 's',
    chats,
    timeZone: 'America/Sao_Paulo',
    now: () => at,
  });
  const ours: Chats = new Set([chat.id]);
  // As another instance each time, which remembers nothing.
  const receive = async (update: object, chats = ours) =>
    (await createWebhook(options(chats)).receiveTrusted(Buffer.from(JSON.stringify(update)))).outcome;
  const report = async (message: object, chats = ours) =>
    (await createSentIntake(options(chats)).receiveTrusted(JSON.stringify(message))).outcome;

  const ways: Record<string, () => Promise<unknown>> = {
    'reported by its bot': () => report(shown),
    'sent by a person': () => receive({ update_id: 1, message: { ...shown, from: ana } }),
    'replied to': () =>
      receive({ update_id: 1, message: { ...shown, poll: undefined, reply_to_message: shown } }),
    pinned: () => receive({ update_id: 1, message: { ...shown, poll: undefined, pinned_message: shown } }),
  };
  for (const [way, show] of Object.entries(ways)) {
    it(`are kept once the lake has seen the poll: ${way}`, async () => {
      expect([await receive(vote), await receive(state)]).to.deep.equal(['ignored', 'ignored']);
      await show();
      expect([await receive(vote), await receive(state)]).to.deep.equal(['stored', 'stored']);
      expect(Object.keys(await contentsOf(store))).to.include(`polls/${poll.id}.json`);
    });
  }

  it('are rows of telegram_events, one for each option', async () => {
    await report(shown);
    for (const update of [vote, state]) await receive(update);
    const enriched = new MemoryStore();
    await runDay('2026-11-22', { raw: store, enriched });
    const rows = await parquetRows(await enriched.getObject(eventsKey('2026-11-22')), eventTable);
    expect(
      rows.map(({ event, user_id, poll_id, poll_option, amount }) => [
        event,
        user_id,
        poll_id,
        poll_option,
        amount,
      ]),
    ).to.deep.equal([
      ['poll_voted', ana.id, poll.id, 0, null],
      ['poll_voted', ana.id, poll.id, 2, null],
      ['poll_counted', null, poll.id, null, 3],
    ]);
  });

  it('of other chats are not: of a poll that was sent there, or forwarded from there', async () => {
    await receive({ update_id: 1, message: { ...shown, chat: elsewhere } });
    await report({ ...shown, chat: elsewhere });
    await receive({ update_id: 2, message: { ...shown, forward_origin: { type: 'channel' } } });
    expect([await receive(vote), await receive(state)]).to.deep.equal(['ignored', 'ignored']);
  });

  it('come again where the poll could not be noted or looked up', async () => {
    isBroken = true;
    expect(await receive({ update_id: 1, message: shown })).to.equal('failed');
    expect(await report(shown)).to.equal('failed');
    expect(await receive(vote)).to.equal('failed');
    expect(await contentsOf(store)).to.deep.equal({});
  });

  it('name no other object: an id that is no number is no poll', async () => {
    const odd = { ...poll, id: '../telegram/x' };
    await receive({ update_id: 1, message: { ...shown, poll: odd } });
    expect(await receive({ update_id: 2, poll: odd })).to.equal('ignored');
    expect(Object.keys(await contentsOf(store))).to.have.length(1);
  });

  it('and whatever names no chat, are kept with all chats', async () => {
    const query = { update_id: 8, inline_query: { id: 'i', from: ana, query: 'aula' } };
    expect(await receive(query, new Set(['private'] as const))).to.equal('ignored');
    for (const update of [vote, state, query])
      expect(await receive(update, new Set(['all'] as const))).to.equal('stored');
  });
});

describe('what a bot sends in a group that became a supergroup', () => {
  it('is kept under the new chat id, as its updates are', async () => {
    const store = new MemoryStore();
    const intake = {
      store,
      secretToken: 's',
      chats: new Set([-42]),
      timeZone: 'America/Sao_Paulo',
      now: () => at,
    };
    const message = { message_id: 1, date: at, chat: { id: -42 }, from: ana, migrate_to_chat_id: chat.id };
    await createWebhook(intake).receiveTrusted(Buffer.from(JSON.stringify({ update_id: 1, message })));
    const outcome = await createSentIntake(intake).receiveTrusted(
      JSON.stringify({ ...shown, poll: undefined }),
    );
    expect(outcome).to.deep.include({ outcome: 'stored', ignored: 0 });
  });
});
