import { expect } from 'chai';
import { readUpdate, type Update } from '../../src/telegram/update.ts';

const chat = { id: -1001234567890, type: 'supergroup' };
const read = (update: unknown) => readUpdate(update) as Update;

describe('update', () => {
  const kinds: [
    kind: string,
    payload: object,
    chatId: number | undefined,
    dateSeconds: number | undefined,
  ][] = [
    ['message', { message_id: 1, date: 1795402799, chat }, chat.id, 1795402799],
    ['edited_message', { message_id: 1, date: 1795402799, edit_date: 1795489199, chat }, chat.id, 1795402799],
    ['channel_post', { message_id: 1, date: 1795402799, chat }, chat.id, 1795402799],
    ['message_reaction', { message_id: 1, date: 1795402800, chat }, chat.id, 1795402800],
    ['my_chat_member', { date: 1795402801, chat }, chat.id, 1795402801],
    ['chat_boost', { chat, boost: { boost_id: 'b', add_date: 1795402802 } }, chat.id, 1795402802],
    ['removed_chat_boost', { chat, boost_id: 'b', remove_date: 1795402803 }, chat.id, 1795402803],
    ['deleted_business_messages', { chat, message_ids: [1] }, chat.id, undefined],
    ['callback_query', { id: 'q', message: { message_id: 1, date: 1795402799, chat } }, chat.id, undefined],
    ['callback_query', { id: 'q', message: { message_id: 1, date: 0, chat } }, chat.id, undefined],
    ['poll', { id: 'p', options: [] }, undefined, undefined],
    ['inline_query', { id: 'i', query: '' }, undefined, undefined],
    ['not_invented_yet', { chat, date: 1795402804 }, chat.id, 1795402804],
    ['not_invented_yet', { chat, date: 'tomorrow' }, chat.id, undefined],
    ['message', { message_id: 1, date: 0, chat }, chat.id, undefined],
    ['message', { message_id: 1, date: 9e15, chat }, chat.id, undefined],
  ];
  for (const [kind, payload, chatId, dateSeconds] of kinds) {
    it(`of kind ${kind} has the chat ${chatId} and the date ${dateSeconds}`, () => {
      const update = read({ update_id: 5, [kind]: payload });
      expect(update).to.deep.equal({ updateId: 5, kind, payload, chatId, dateSeconds });
    });
  }

  it('has the same kind whatever the order of its fields', () => {
    expect(read({ update_id: 5, poll: {}, message: { chat } }).kind).to.equal('message');
    expect(read({ message: { chat }, update_id: 5 }).kind).to.equal('message');
  });

  const others: [reason: string, value: unknown][] = [
    ['not a JSON object', null],
    ['not a JSON object', []],
    ['not a JSON object', 'update'],
    ['not a JSON object', 1],
    ['no update_id', {}],
    ['no update_id', { message: { chat } }],
    ['no update_id', { update_id: '5', message: { chat } }],
    ['no update_id', { update_id: -5, message: { chat } }],
    ['no update_id', { update_id: 1.5, message: { chat } }],
    ['nothing but an update_id', { update_id: 5 }],
    ['nothing but an update_id', { update_id: 5, message: null }],
    ['nothing but an update_id', { update_id: 5, message: ['text'] }],
    ['a chat without an id', { update_id: 5, message: { chat: {} } }],
    ['a chat without an id', { update_id: 5, message: { chat: { id: '-1001234567890' } } }],
    ['a chat without an id', { update_id: 5, message: { chat: { id: 2 ** 53 } } }],
  ];
  for (const [reason, value] of others) {
    it(`is not ${JSON.stringify(value)}: ${reason}`, () => {
      expect(readUpdate(value)).to.deep.equal({ notAnUpdate: reason });
    });
  }
});
