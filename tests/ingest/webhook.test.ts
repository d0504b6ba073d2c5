import { expect } from 'chai';
import fc from 'fast-check';
import { createWebhook, maximumBodyBytes, type Webhook, webhookResponse } from '../../src/ingest/webhook.ts';
import type { Chats } from '../../src/lake/chats.ts';
import { folderStore } from '../../src/storage/folder-store.ts';
import { type ObjectStore, StoreError } from '../../src/storage/object-store.ts';
import { contentsOf } from '../support/contents.ts';
import { failingStore } from '../support/failing-store.ts';
import { hostileUpdates } from '../support/hostile-update.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const chatId = -1001234567890;
const chat = { id: chatId, type: 'supergroup' };
const sentAt = Date.parse('2026-11-23T02:59:59Z') / 1000; // the last second of 22 November in São Paulo
const arrivedAt = sentAt + 3600;
const text = { message_id: 7, date: sentAt, chat, from: { id: 1 }, text: 'olá 👋' };

describe('webhook', () => {
  const folder = temporaryFolder();
  let store: ObjectStore;
  let webhook: Webhook;
  beforeEach(() => {
    store = folderStore(folder(), 'raw');
    webhook = webhookOver(store);
  });

  function webhookOver(raw: ObjectStore, chats: Chats = new Set([chatId])): Webhook {
    return createWebhook({
      store: raw,
      secretToken: 'local',
      chats,
      timeZone: 'America/Sao_Paulo',
      now: () => arrivedAt,
    });
  }
  const receive = (body: string | Uint8Array | object, to = webhook) =>
    to.receive({
      secretToken: 'local',
      body:
        body instanceof Uint8Array
          ? body
          : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    });

  describe('with an update of the group', () => {
    it('stores the body byte for byte under the key of its local day', async () => {
      const body = `{"update_id": 812,  "message":${JSON.stringify(text)}, "extra":1.50e2}`;
      const key = 'telegram/context_date=2026-11-22/20261122235959-000000000812.json';
      expect(await receive(body)).to.include({ outcome: 'stored', key, kind: 'message' });
      expect(await contentsOf(store)).to.deep.equal({ [key]: body });
    });

    it('stores an edit beside the message it edits, on whichever day it is made', async () => {
      await receive({ update_id: 812, message: text });
      await receive({ update_id: 813, edited_message: { ...text, edit_date: sentAt + 86_400 } });
      expect(Object.keys(await contentsOf(store))).to.deep.equal([
        'telegram/context_date=2026-11-22/20261122235959-000000000812.json',
        'telegram/context_date=2026-11-22/20261122235959-000000000813.json',
      ]);
    });

    it('stores a redelivery over itself', async () => {
      for (let delivery = 0; delivery < 3; delivery++) await receive({ update_id: 812, message: text });
      expect(Object.keys(await contentsOf(store))).to.have.length(1);
    });

    it('stores an update without a date by its arrival', async () => {
      await receive({
        update_id: 812,
        callback_query: { id: 'q', message: { message_id: 1, date: 0, chat } },
      });
      expect(Object.keys(await contentsOf(store))).to.deep.equal([
        'telegram/context_date=2026-11-23/20261123005959-000000000812.json',
      ]);
    });

    for (const [fact, date] of [
      ['of 1969', -1],
      ['of 1970', 1],
      ['of 2030', 1_893_456_000],
      ['of 2262', 9_223_372_036],
    ] as const) {
      it(`stores an update ${fact} under the day of its arrival, and keeps its bytes`, async () => {
        const body = JSON.stringify({ update_id: 812, message: { ...text, date } });
        await receive(body);
        expect(await contentsOf(store)).to.deep.equal({
          'telegram/context_date=2026-11-23/20261123005959-000000000812.json': body,
        });
      });
    }

    it('stores kinds that do not exist yet', async () => {
      expect(await receive({ update_id: 812, hologram: { chat, date: sentAt } })).to.include({
        outcome: 'stored',
        kind: 'hologram',
      });
    });

    it('turns line breaks between tokens into spaces and keeps those within strings', async () => {
      const body = `{"update_id":812,\r\n "message":\n${JSON.stringify({ ...text, text: 'one\ntwo\u2028' })}}\n`;
      await receive(body);
      const [stored = ''] = Object.values(await contentsOf(store));
      expect(stored)
        .to.have.length(body.length)
        .and.not.match(/[\r\n]/);
      expect(JSON.parse(stored)).to.deep.equal(JSON.parse(body));
    });

    it('keeps any JSON an update may hold', async () => {
      await fc.assert(
        fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), fc.nat(2 ** 31), async (value, updateId) => {
          const body = JSON.stringify({ update_id: updateId, message: { ...text, text: value } });
          const outcome = await receive(body);
          if (outcome.outcome !== 'stored') throw new Error(outcome.outcome);
          expect(Buffer.from(await store.getObject(outcome.key)).toString()).to.equal(body);
        }),
        { numRuns: 50 },
      );
    });
  });

  describe('with an update of nobody it knows', () => {
    const ignored: [reason: string, update: object][] = [
      ['other chat', { update_id: 1, message: { ...text, chat: { id: -1009876543210 } } }],
      ['other chat', { update_id: 1, message: { ...text, chat: { id: 42, type: 'private' } } }],
      ['no chat', { update_id: 1, poll: { id: 'p' } }],
      ['no chat', { update_id: 1, inline_query: { id: 'i', from: { id: 1 } } }],
    ];
    for (const [reason, update] of ignored) {
      it(`stores nothing and answers 200: ${reason}`, async () => {
        const outcome = await receive(update);
        expect(outcome).to.include({ outcome: 'ignored', reason });
        expect(webhookResponse(outcome)).to.deep.equal({ statusCode: 200, headers: {} });
        expect(await contentsOf(store)).to.deep.equal({});
      });
    }
  });

  it('quarantines a message without a chat, which would otherwise be passed over', async () => {
    const { chat: _, ...withoutChat } = text as Record<string, unknown>;
    for (const kind of ['message', 'edited_message', 'channel_post', 'message_reaction', 'chat_member']) {
      const outcome = await receive({ update_id: 1, [kind]: withoutChat });
      expect(outcome).to.include({ outcome: 'quarantined', reason: `${kind} without a chat` });
    }
    expect(Object.keys(await contentsOf(store))).to.have.length(5);
  });

  describe('told to keep private chats, or all', () => {
    const inChat = (id: number) => ({ update_id: 812, message: { ...text, chat: { id } } });
    const outcomes = async (chats: Chats) => {
      const keeping = webhookOver(store, chats);
      const all = [];
      for (const id of [42, -42, chatId]) all.push((await receive(inChat(id), keeping)).outcome);
      return all;
    };

    it('stores every private chat, and no group that it is not told of', async () => {
      expect(await outcomes(new Set(['private']))).to.deep.equal(['stored', 'ignored', 'ignored']);
      expect(await outcomes(new Set(['private', chatId]))).to.deep.equal(['stored', 'ignored', 'stored']);
    });

    it('stores every chat, and notes a migration without asking for a setting', async () => {
      expect(await outcomes(new Set(['all']))).to.deep.equal(['stored', 'stored', 'stored']);
      const migrating = { update_id: 1, message: { ...text, chat: { id: -42 }, migrate_to_chat_id: chatId } };
      const outcome = await receive(migrating, webhookOver(store, new Set(['all'])));
      expect(outcome).to.include({ outcome: 'stored' }).and.not.to.have.property('migration');
      expect(Object.keys(await contentsOf(store))).to.include(`migrations/${chatId}.json`);
    });
  });

  describe('without the secret', () => {
    for (const secretToken of [undefined, '', 'Local', 'local ', 'localx', 'x'.repeat(10_000)]) {
      it(`stores nothing and answers 401 (${secretToken?.slice(0, 10) ?? 'none'})`, async () => {
        const body = Buffer.from(JSON.stringify({ update_id: 812, message: text }));
        const outcome = await webhook.receive({ secretToken, body });
        expect(outcome).to.deep.equal({ outcome: 'refused', reason: 'secret' });
        expect(webhookResponse(outcome).statusCode).to.equal(401);
        expect(await contentsOf(store)).to.deep.equal({});
      });
    }
  });

  describe('with a body that is no update', () => {
    const bodies: [reason: string, body: string | Uint8Array][] = [
      ['not JSON', ''],
      ['not JSON', '{"update_id":812,'],
      ['not JSON', '{"update_id":812}\u0000'],
      ['not JSON', '\ufeff\ufeff{"update_id":812,"poll":{}}'],
      [
        'not JSON',
        Buffer.concat([Buffer.from('{"update_id":812,"x":{"y":"'), Buffer.from([0xff]), Buffer.from('"}}')]),
      ],
      ['not JSON', '['.repeat(100_000)],
      ['nested too deeply, or with too long a name', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
      ['no update_id', '{"hello":"world"}'],
      ['not a JSON object', '"update"'],
      ['a chat without an id', '{"update_id":812,"message":{"chat":{"id":"x"}}}'],
    ];
    for (const [reason, body] of bodies) {
      it(`keeps it apart, byte for byte, and answers 200: ${reason}: ${body.toString().slice(0, 30)}`, async () => {
        const outcome = await receive(body);
        if (outcome.outcome !== 'quarantined') throw new Error(outcome.outcome);
        expect(outcome.reason).to.equal(reason);
        expect(outcome.key).to.match(
          /^quarantine\/context_date=2026-11-23\/20261123005959-[0-9a-f]{64}\.json$/,
        );
        expect(Buffer.compare(await store.getObject(outcome.key), Buffer.from(body))).to.equal(0);
        expect(webhookResponse(outcome).statusCode).to.equal(200);
      });
    }
  });

  it('answers 200 to whatever comes with the secret, so that nothing holds back what comes after it', async () => {
    const updates = hostileUpdates({ chatIds: [chatId, -42], sentAt: [sentAt, sentAt + 1] });
    const key =
      /^(telegram\/context_date=\d{4}-\d\d-\d\d\/\d{14}-\d{12,16}\.json|(quarantine|migrations)\/.+\.json)$/;
    await fc.assert(
      fc.asyncProperty(fc.oneof(updates, fc.uint8Array({ maxLength: 300 })), async (body) => {
        expect(webhookResponse(await receive(body)).statusCode).to.equal(200);
      }),
      { numRuns: 1_000 },
    );
    const keys = Object.keys(await contentsOf(store));
    expect(keys.filter((each) => each.startsWith('telegram/'))).to.have.length.above(100);
    expect(keys.filter((each) => !key.test(each))).to.deep.equal([]);
  });

  it('refuses a body over 1 MiB with 413 and stores nothing', async () => {
    const update = (length: number) =>
      JSON.stringify({ update_id: 812, message: { ...text, text: 'x'.repeat(length) } });
    const room = maximumBodyBytes - Buffer.byteLength(update(0));
    expect(await receive(update(room))).to.include({ outcome: 'stored' });
    const outcome = await receive(update(room + 1));
    expect(outcome).to.deep.equal({ outcome: 'refused', reason: 'too large' });
    expect(webhookResponse(outcome).statusCode).to.equal(413);
    expect(Object.keys(await contentsOf(store))).to.have.length(1);
  });

  it('answers 503 with a small Retry-After when the store fails, and tells nothing of the message', async () => {
    const outcome = await receive(
      { update_id: 812, message: text },
      webhookOver(failingStore(store, () => true)),
    );
    if (outcome.outcome !== 'failed') throw new Error(outcome.outcome);
    expect(outcome.error).to.be.instanceOf(StoreError);
    expect(outcome.error.message).to.not.contain('olá');
    expect(webhookResponse(outcome)).to.deep.equal({ statusCode: 503, headers: { 'Retry-After': '5' } });
  });

  describe('when the group becomes a supergroup', () => {
    const oldChat = -987654321;
    const inOldChat = {
      update_id: 1,
      message: { message_id: 9, date: sentAt, chat: { id: oldChat }, migrate_to_chat_id: chatId },
    };
    const inNewChat = {
      update_id: 2,
      message: { message_id: 1, date: sentAt, chat, migrate_from_chat_id: oldChat },
    };
    const next = { update_id: 3, message: { ...text, message_id: 2 } };
    const configured = new Set([oldChat]);

    for (const [first, order] of [
      [inOldChat, 'the old chat first'],
      [inNewChat, 'the new chat first'],
    ] as const) {
      it(`accepts the new chat from then on, hearing of it in ${order}`, async () => {
        const migrating = webhookOver(store, configured);
        expect(await receive(first, migrating)).to.deep.include({ migration: { from: oldChat, to: chatId } });
        expect(await receive(next, migrating)).to.include({ outcome: 'stored' });
      });
    }

    it('accepts it in every other instance, and after a restart', async () => {
      const other = webhookOver(store, configured);
      expect(await receive(next, other)).to.include({ outcome: 'ignored' });
      await receive(inOldChat, webhookOver(store, configured));
      expect(await receive(next, other)).to.include({ outcome: 'stored' });
      expect(await receive(next, webhookOver(store, configured))).to.include({ outcome: 'stored' });
    });

    it('tells of it once, however often it is heard', async () => {
      const instances = [webhookOver(store, configured), webhookOver(store, configured)];
      const outcomes = [];
      for (const update of [inOldChat, inNewChat, inOldChat]) {
        for (const instance of instances) outcomes.push(await receive(update, instance));
      }
      expect(outcomes.every(({ outcome }) => outcome === 'stored')).to.equal(true);
      expect(outcomes.filter((outcome) => 'migration' in outcome)).to.have.length(1);
    });

    it('accepts no chat that only claims to come from a group which is not ours', async () => {
      expect(await receive(inOldChat)).to.include({ outcome: 'ignored', reason: 'other chat' });
      const stranger = {
        ...inNewChat,
        message: { ...inNewChat.message, chat: { id: -5 }, migrate_from_chat_id: -6 },
      };
      expect(await receive(stranger)).to.include({ outcome: 'ignored', reason: 'other chat' });
      expect(await contentsOf(store)).to.deep.equal({});
    });

    it('follows a chain of migrations, and is not caught in a circle', async () => {
      await store.putObject('migrations/-3.json', Buffer.from('{"from":-2,"to":-3}'));
      await store.putObject('migrations/-2.json', Buffer.from(`{"from":${oldChat},"to":-2}`));
      await store.putObject('migrations/-5.json', Buffer.from('{"from":-6,"to":-5}'));
      await store.putObject('migrations/-6.json', Buffer.from('{"from":-5,"to":-6}'));
      const inChat = (id: number) => ({ update_id: 4, message: { ...text, chat: { id } } });
      expect(await receive(inChat(-3), webhookOver(store, configured))).to.include({ outcome: 'stored' });
      expect(await receive(inChat(-5), webhookOver(store, configured))).to.include({ outcome: 'ignored' });
    });

    it('has Telegram send the update again when the note cannot be stored or read', async () => {
      const failing = webhookOver(
        failingStore(store, (key) => key.startsWith('migrations/')),
        configured,
      );
      expect(await receive(inOldChat, failing)).to.include({ outcome: 'failed' });
      expect(await receive(next, failing)).to.include({ outcome: 'failed' });
      await store.putObject('migrations/-7.json', Buffer.from('{'));
      const inChat = { update_id: 4, message: { ...text, chat: { id: -7 } } };
      expect(await receive(inChat, webhookOver(store, configured))).to.include({ outcome: 'failed' });
    });
  });
});
