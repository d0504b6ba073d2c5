import { expect } from 'chai';
import { personOf } from '../../src/erasure/person.ts';
import { withoutPerson } from '../../src/erasure/without-person.ts';
import { runDay } from '../../src/etl/run-day.ts';
import { createSentIntake, sentResponse, sentSecret } from '../../src/ingest/sent.ts';
import { createWebhook } from '../../src/ingest/webhook.ts';
import { contentsOf } from '../support/contents.ts';
import { failingStore } from '../support/failing-store.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { parquetRows } from '../support/parquet-rows.ts';

const chat = { id: -1001234567890, type: 'supergroup' };
const from = { id: 99, is_bot: true, first_name: 'Helper' };
const sentAt = 1795402799; // the last second of 22 November 2026 in São Paulo
const message = { message_id: 7, date: sentAt, chat, from, text: 'olá 👋' };
const folder = 'telegram/context_date=2026-11-22/20261122235959-';

describe('sent messages', () => {
  let store: MemoryStore;
  let broken: boolean;
  beforeEach(() => {
    store = new MemoryStore();
    broken = false;
  });
  const options = () => ({
    store: failingStore(store, () => broken),
    secretToken: 'of-the-webhook',
    chats: new Set([chat.id, 'private'] as const),
    timeZone: 'America/Sao_Paulo',
    now: () => sentAt + 3600,
  });
  const report = (body: string | object, authorization = `Bearer ${sentSecret('of-the-webhook')}`) =>
    createSentIntake(options()).receive({
      authorization,
      body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    });
  const rows = async () => {
    const enriched = new MemoryStore();
    const summary = await runDay('2026-11-22', { raw: store, enriched });
    const file = await enriched.getObject('telegram/context_date=2026-11-22/messages.parquet');
    return { summary, rows: await parquetRows(file) };
  };

  it('are stored byte for byte, with what the bot says of them', async () => {
    const text = `{"message_id": 7,"date":${sentAt}, "chat":{"id":-1001234567890},"from":{"id":99,"is_bot":true},"x":1.50e2}`;
    const outcome = await report(`{"ok":true,"result": ${text},"handled":false,"intent":"deploy"}`);
    expect(sentResponse(outcome)).to.deep.equal({ statusCode: 200, body: '{"stored":1,"ignored":0}' });
    expect(await contentsOf(store)).to.deep.equal({
      [`${folder}sent_-1001234567890_7.json`]: `{"source":"sent","message":${text},"handled":false,"intent":"deploy"}`,
    });
  });

  for (const [what, body] of [
    ['a Message', message],
    ['an array', [message]],
    ["the Bot API's answer", { ok: true, result: message }],
    ['a call with its result', { method: 'sendMessage', payload: { chat_id: 1 }, result: message }],
    ['an album', { ok: true, result: [message, message] }],
  ] as const) {
    it(`are read from ${what}, and stored over themselves`, async () => {
      for (let time = 0; time < 2; time++) expect((await report(body)).outcome).to.equal('stored');
      expect(Object.keys(await contentsOf(store))).to.deep.equal([`${folder}sent_-1001234567890_7.json`]);
    });
  }

  it('become rows, of which the newest edit counts', async () => {
    await report(message);
    await report({ ...message, text: 'edited', edit_date: sentAt + 9 });
    await report({ ...message, message_id: 8 });
    const { rows: all } = await rows();
    expect(
      all.map(({ message_id, text, user_is_bot, source, update_id }) => [
        message_id,
        text,
        user_is_bot,
        source,
        update_id,
      ]),
    ).to.deep.equal([
      [7, 'edited', true, 'sent', null],
      [8, 'olá 👋', true, 'sent', null],
    ]);
  });

  it('give one row with the same message by another bot, and never another author the words', async () => {
    const webhook = createWebhook(options());
    const update = (update_id: number, fields: object) =>
      Buffer.from(JSON.stringify({ update_id, message: { ...message, ...fields } }));
    await webhook.receiveTrusted(update(1, {}));
    await webhook.receiveTrusted(
      update(2, { message_id: 8, from: { id: 1, is_bot: false }, text: 'a person' }),
    );
    await report(message);
    await report({ ...message, message_id: 8, text: 'forged', edit_date: sentAt + 9 });
    const { rows: all } = await rows();
    expect(all.map(({ message_id, text, source }) => [message_id, text, source])).to.deep.equal([
      [7, 'olá 👋', 'webhook'],
      [8, 'a person', 'webhook'],
    ]);
  });

  it('keep what the bot says of them, by a later report and beside the same message by another way', async () => {
    const webhook = createWebhook(options());
    await webhook.receiveTrusted(Buffer.from(JSON.stringify({ update_id: 1, message })));
    await report({ result: message, handled: false, intent: 'deploy' });
    await report({ ...message, message_id: 8 });
    await report({ result: { ...message, message_id: 8 }, handled: true });
    await report({ ...message, message_id: 8, text: 'edited', edit_date: sentAt + 9 });
    await report({ ...message, message_id: 9 });
    const { rows: all } = await rows();
    expect(
      all.map(({ message_id, source, text, handled, intent }) => [message_id, source, text, handled, intent]),
    ).to.deep.equal([
      [7, 'webhook', 'olá 👋', false, 'deploy'],
      [8, 'sent', 'edited', true, null],
      [9, 'sent', 'olá 👋', null, null],
    ]);
  });

  it('of a channel have no author, and are its posts', async () => {
    const post = { message_id: 7, date: sentAt, chat: { id: -1001234567890, type: 'channel' }, text: 'x' };
    await report(post);
    expect((await rows()).rows[0]).to.include({ kind: 'channel_post', user_id: null, source: 'sent' });
  });

  it('that are deleted are noted, one by one or many, and change no row', async () => {
    await report(message);
    const payload = { chat_id: chat.id, message_id: 7 };
    await report({ method: 'deleteMessage', payload, result: true });
    await report({
      method: 'deleteMessages',
      payload: { chat_id: 42, message_ids: [1, 2] },
      ok: true,
      result: true,
    });
    const { [`${folder}sent_-1001234567890_7.json`]: _, ...notes } = await contentsOf(store);
    expect(notes).to.deep.equal({
      'telegram/context_date=2026-11-23/20261123005959-deleted_-1001234567890_7.json': `{"source":"sent","deleted_bot_messages":{"chat":{"id":-1001234567890},"message_ids":[7],"date":${sentAt + 3600}}}`,
      'telegram/context_date=2026-11-23/20261123005959-deleted_42_1.json': `{"source":"sent","deleted_bot_messages":{"chat":{"id":42,"type":"private"},"message_ids":[1,2],"date":${sentAt + 3600}}}`,
    });
    expect((await rows()).rows).to.have.length(1);
  });

  it('of other chats, and results without a message, are not stored', async () => {
    const other = await report({ ...message, chat: { id: -42, type: 'group' } });
    expect(sentResponse(other).body).to.equal('{"stored":0,"ignored":1}');
    for (const result of [true, { message_id: 9 }, [{ message_id: 9 }], { id: 99, is_bot: true }]) {
      expect(sentResponse(await report({ ok: true, result })).body, JSON.stringify(result)).to.equal(
        '{"stored":0,"ignored":0}',
      );
    }
    expect(await contentsOf(store)).to.deep.equal({});
  });

  for (const secret of [
    '',
    'Bearer',
    'Bearer of-the-webhook',
    `bearer ${sentSecret('of-the-webhook')}`,
    sentSecret('of-the-webhook'),
  ]) {
    it(`are refused with the authorization "${secret.slice(0, 22)}"`, async () => {
      const outcome = await report(message, secret);
      expect(sentResponse(outcome).statusCode).to.equal(401);
      expect(await contentsOf(store)).to.deep.equal({});
    });
  }

  it('have a secret that is not the secret of the webhook, and follows from it', () => {
    expect(sentSecret('a'))
      .to.match(/^[\w-]{43}$/)
      .and.not.equal(sentSecret('b'));
  });

  for (const [why, body] of [
    ['not a JSON object or array', '{'],
    ['not a JSON object or array', '7'],
    ['no result', {}],
    ['the call failed, so nothing was sent', { ok: false, error_code: 400 }],
    ['a message that no bot has sent', { ...message, from: { id: 1, is_bot: false } }],
    ['a message that no bot has sent', { ...message, from: undefined }],
    ['a message without a chat id or a message id', { ...message, chat: {} }],
    ['a message without a chat id or a message id', { ...message, message_id: 0 }],
    [
      'nested too deeply',
      JSON.stringify({ ...message, x: 0 }).replace('"x":0', `"x":${'['.repeat(2_000)}${']'.repeat(2_000)}`),
    ],
  ] as const) {
    it(`are refused with 400: ${why}: ${JSON.stringify(body).slice(0, 30)}`, async () => {
      expect(sentResponse(await report(body))).to.deep.equal({
        statusCode: 400,
        body: JSON.stringify({ error: why }),
      });
      expect(await contentsOf(store)).to.deep.equal({});
    });
  }

  it('are refused with 413 where they are too large, and answered 503 where they cannot be stored', async () => {
    expect(sentResponse(await report({ ...message, text: 'x'.repeat(1_048_577) })).statusCode).to.equal(413);
    broken = true;
    const outcome = await report(message);
    expect(sentResponse(outcome).statusCode).to.equal(503);
    expect(JSON.stringify(sentResponse(outcome))).not.to.include('olá');
  });

  it('go with the person they were sent to, and lose the words of who is answered', async () => {
    const person = personOf(42, []);
    await report({ ...message, chat: { id: 42, type: 'private' } });
    await report({ method: 'deleteMessage', payload: { chat_id: 42, message_id: 1 }, result: true });
    await report({
      ...message,
      message_id: 8,
      reply_to_message: { message_id: 1, chat, from: { id: 42 }, text: 'secret' },
    });
    const rest = Object.values(await contentsOf(store)).map((text) =>
      withoutPerson(JSON.parse(text), person),
    );
    expect(rest.filter((value) => value === 'delete')).to.have.length(2);
    expect(JSON.stringify(rest)).to.include('olá').and.not.include('secret');
  });

  it('within the answer to an update are noted with their call, and are no row', async () => {
    const intake = createSentIntake(options());
    const reply = `{"method":"sendMessage", "chat_id":${chat.id},"text":"Oi!"}`;
    const noted = await intake.receiveReply(Buffer.from(reply));
    if (noted?.outcome !== 'stored') throw new Error(noted?.outcome);
    expect(Object.values(await contentsOf(store))).to.deep.equal([
      `{"source":"sent","webhook_reply":{"chat":{"id":-1001234567890},"date":${sentAt + 3600},"call":${reply}}}`,
    ]);
    for (const other of ['', 'OK', '{"ok":true}', `{"method":"answerCallbackQuery"}`, '\u00ff']) {
      expect(await intake.receiveReply(Buffer.from(other)), other).to.equal(undefined);
    }
    broken = true;
    expect(await intake.receiveReply(Buffer.from(reply))).to.include({ outcome: 'failed' });
    const enriched = new MemoryStore();
    const summary = await runDay('2026-11-23', { raw: store, enriched });
    expect(summary).to.include({ rows: 0, events: 1 });
  });
});
