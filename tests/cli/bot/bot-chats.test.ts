import { expect } from 'chai';
import { seenChats } from '../../../src/cli/bot/bot-chats.ts';
import { type BotApi, botApi } from '../../../src/telegram/bot-api.ts';
import { FakeBotApi } from '../../support/fake-bot-api.ts';

const group = { id: -1001234567890, type: 'supergroup', title: 'Course' };

describe('bot chats', () => {
  let telegram: FakeBotApi;
  let api: BotApi;
  beforeEach(async () => {
    telegram = await FakeBotApi.start();
    api = botApi(telegram.token, telegram.root);
  });
  afterEach(() => telegram.close());

  it('are those of all kinds of waiting updates, in the order they were heard of', async () => {
    telegram.happen(
      { update_id: 1, my_chat_member: { chat: group, date: 1795402799 } },
      {
        update_id: 2,
        message: { message_id: 7, date: 1795402800, chat: { id: 42, type: 'private', first_name: 'Ana' } },
      },
      { update_id: 3, callback_query: { id: '1', message: { message_id: 8, date: 0, chat: group } } },
      { update_id: 4, inline_query: { id: '1', from: { id: 42 }, query: '' } },
    );
    expect(await seenChats(api)).to.deep.equal({
      outcome: 'seen',
      chats: [
        { id: -1001234567890, type: 'supergroup', title: 'Course', updates: 2, migratedTo: undefined },
        { id: 42, type: 'private', title: 'Ana', updates: 1, migratedTo: undefined },
      ],
      more: false,
    });
  });

  it('leave every update waiting, and the kinds that are asked for as they were', async () => {
    telegram.happen({ update_id: 1, message: { message_id: 7, date: 1795402800, chat: group } });
    await seenChats(api);
    await seenChats(api);
    expect(telegram.pendingIds).to.deep.equal([1]);
    expect(telegram.callsOf('getUpdates')).to.deep.equal([
      { limit: 100, timeout: 0 },
      { limit: 100, timeout: 0 },
    ]);
  });

  it('tell the new id of a group that became a supergroup', async () => {
    const old = { id: -42, type: 'group', title: 'Course' };
    telegram.happen(
      { update_id: 1, message: { message_id: 7, date: 1795402800, chat: old, migrate_to_chat_id: group.id } },
      { update_id: 2, edited_message: { message_id: 6, date: 1795402700, chat: old } },
    );
    const seen = await seenChats(api);
    expect(seen.outcome === 'seen' && seen.chats).to.deep.equal([
      { id: -42, type: 'group', title: 'Course', updates: 2, migratedTo: group.id },
    ]);
  });

  it('may be more than can be looked at', async () => {
    for (let id = 1; id <= 101; id++) {
      telegram.happen({ update_id: id, message: { message_id: id, date: 1795402800, chat: group } });
    }
    expect(await seenChats(api)).to.include({ outcome: 'seen', more: true });
  });

  it('cannot be seen while a webhook is set', async () => {
    await api.setWebhook('https://example.org/webhook');
    expect(await seenChats(api)).to.deep.equal({ outcome: 'webhook', url: 'https://example.org/webhook' });
    expect(telegram.callsOf('getUpdates')).to.deep.equal([]);
  });
});
