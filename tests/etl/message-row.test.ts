import { expect } from 'chai';
import { messageRow } from '../../src/etl/message-row.ts';
import { columns, type MessageRow } from '../../src/lake/columns.ts';
import { importLine, readImportLine } from '../../src/lake/import-line.ts';
import { readUpdate, type Update } from '../../src/telegram/update.ts';

const chat = { id: -1001234567890, type: 'supergroup', title: 'Group' };
const from = { id: 4503599627370495, is_bot: false, first_name: 'Ana 👩‍💻', username: 'ana' };
const message = { message_id: 7, date: 1795402799, chat, from, text: 'olá' };
const day = '2026-11-22';
const rowOf = (update: object) => messageRow(readUpdate({ update_id: 812, ...update }) as Update, day);
const row = (update: object) => rowOf(update) as MessageRow;

describe('message row', () => {
  it('has every column, in order', () => {
    expect(Object.keys(row({ message }))).to.deep.equal(columns.map(({ name }) => name));
  });

  it('holds a text message', () => {
    expect(row({ message })).to.deep.equal({
      message_id: 7,
      user_id: 4503599627370495,
      user_is_bot: false,
      user_first_name: 'Ana 👩‍💻',
      chat_id: -1001234567890,
      chat_type: 'supergroup',
      text: 'olá',
      date: 1795402799,
      update_id: 812,
      kind: 'message',
      content_type: 'text',
      caption: null,
      content_text: null,
      user_username: 'ana',
      sender_chat_id: null,
      sender_chat_title: null,
      reply_to_message_id: null,
      reply_to_user_id: null,
      message_thread_id: null,
      is_forward: false,
      edit_date: null,
      media_group_id: null,
      chat_title: 'Group',
      chat_username: null,
      source: 'webhook',
      handled: null,
      intent: null,
    });
  });

  it('holds an imported message, which no update brought', () => {
    const line = importLine(
      { updateId: null, kind: 'message', payload: message, second: '20261122235959' },
      '{}',
    );
    const imported = readImportLine(line);
    expect(imported && messageRow(imported, day)).to.deep.equal({
      ...row({ message }),
      update_id: null,
      source: 'import',
    });
  });

  const differences: [fact: string, update: object, expected: Partial<MessageRow>][] = [
    [
      'an edit is a message with its edit date',
      { edited_message: { ...message, edit_date: 5 } },
      { kind: 'message', edit_date: 5 },
    ],
    [
      'a channel post has no sender',
      { channel_post: { ...message, from: undefined } },
      { kind: 'channel_post', user_id: null },
    ],
    [
      'an edited channel post is a channel post',
      { edited_channel_post: { ...message, edit_date: 5 } },
      { kind: 'channel_post' },
    ],
    [
      'a photo has a caption',
      { message: { ...message, text: undefined, photo: [], caption: 'c', media_group_id: '12' } },
      { text: null, caption: 'c', content_type: 'photo', media_group_id: '12' },
    ],
    [
      'a public group has a username',
      { message: { ...message, chat: { ...chat, username: 'dados' } } },
      { chat_username: 'dados' },
    ],
    [
      'a private chat has neither title nor username: they would be those of a person',
      { message: { ...message, chat: { id: 9, type: 'private', first_name: 'Ana', username: 'ana' } } },
      { chat_id: 9, chat_type: 'private', chat_title: null, chat_username: null },
    ],
    [
      'an anonymous administrator writes as the chat',
      { message: { ...message, sender_chat: { ...chat, title: 'Dados' } } },
      { sender_chat_id: chat.id, sender_chat_title: 'Dados' },
    ],
    [
      'a reply names the message and its sender',
      { message: { ...message, reply_to_message: { message_id: 3, from: { id: 9 } } } },
      { reply_to_message_id: 3, reply_to_user_id: 9 },
    ],
    [
      'a reply to a topic as such is none',
      {
        message: {
          ...message,
          message_thread_id: 3,
          reply_to_message: { message_id: 3, from: { id: 9 }, forum_topic_created: {} },
        },
      },
      { message_thread_id: 3, reply_to_message_id: null, reply_to_user_id: null },
    ],
    [
      'a forward is one by its origin',
      { message: { ...message, forward_origin: { type: 'user' } } },
      { is_forward: true },
    ],
    [
      'a forward of old is one by its date',
      { message: { ...message, forward_date: 4 } },
      { is_forward: true },
    ],
    [
      'a poll has the words of its question and options',
      { message: { ...message, text: undefined, poll: { question: 'Q?', options: [{ text: 'A' }] } } },
      { text: null, content_type: 'poll', content_text: 'Q?\nA' },
    ],
    [
      'a topic has its name',
      { message: { ...message, text: undefined, forum_topic_created: { name: 'Avisos' } } },
      { content_type: 'forum_topic_created', content_text: 'Avisos' },
    ],
    [
      'fields of the wrong type are null',
      {
        message: {
          ...message,
          text: 5,
          from: { id: '9', is_bot: 'no', first_name: {}, username: [] },
          caption: true,
          edit_date: 1.5,
          chat: { id: -1, type: 7 },
        },
      },
      {
        text: null,
        user_id: null,
        user_is_bot: null,
        user_first_name: null,
        user_username: null,
        caption: null,
        edit_date: null,
        chat_type: null,
      },
    ],
  ];
  for (const [fact, update, expected] of differences) {
    it(`tells that ${fact}`, () => {
      expect(row(update)).to.include(expected);
    });
  }

  for (const kind of [
    'message_reaction',
    'chat_member',
    'callback_query',
    'business_message',
    'guest_message',
    'constructor',
    'hologram',
  ]) {
    it(`is not made of a ${kind}`, () => {
      expect(rowOf({ [kind]: { ...message } })).to.equal('not a message');
    });
  }

  for (const [fact, fields] of [
    ['an ephemeral one', { message_id: 0, ephemeral_message_id: 5 }],
    ['one without an id', { message_id: undefined }],
    ['one with an id that is no number', { message_id: '7' }],
  ] as const) {
    it(`is not made of a message without identity: ${fact}`, () => {
      expect(rowOf({ message: { ...message, ...fields } })).to.equal('no identity');
    });
  }

  const secondsOf = (text: string) => Date.parse(text) / 1000;
  for (const [fact, date] of [
    ['of before 1970', -1],
    ['of 1970', 1],
    ["of the second before Telegram's first day", secondsOf('2013-08-14T00:00:00Z') - 1],
    ['of more than a year after the day it is filed under', secondsOf('2027-11-23T00:00:00Z')],
    ['from 2100 on, of which an engine may make none', 4_102_444_800],
    ['in a string', '1795402799'],
    ['of nothing', undefined],
  ] as const) {
    it(`has no date where the message has one ${fact}, and is not made of an edit of such a message`, () => {
      expect(row({ message: { ...message, date } })).to.deep.include({ message_id: 7, date: null });
      expect(rowOf({ edited_message: { ...message, date, edit_date: 1795402799 } })).to.equal('no date');
      expect(rowOf({ edited_channel_post: { ...message, date } })).to.equal('no date');
    });
  }

  it("has the message's date from Telegram's first day on, and up to a year after the day it is filed under", () => {
    for (const date of [secondsOf('2013-08-14T00:00:00Z'), secondsOf('2027-11-22T23:59:59Z')]) {
      expect(row({ message: { ...message, date } })).to.include({ date });
      expect(row({ edited_message: { ...message, date } })).to.include({ date });
    }
  });
});
