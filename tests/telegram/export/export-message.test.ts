import type { Message } from '@grammyjs/types';
import { expect } from 'chai';
import { asObject, type JsonObject } from '../../../src/base/json.ts';
import { secondsOfLocalTime } from '../../../src/base/local-day.ts';
import { ExportedMessages } from '../../../src/telegram/export/export-message.ts';
import type { ChatOfExport } from '../../../src/telegram/export/export-peer.ts';
import { contentType } from '../../../src/telegram/message-content.ts';
import {
  asOf2019,
  exported,
  exportedKinds,
  exportedService,
} from '../../../tools/fixtures/desktop-export.ts';
import { noon } from '../../../tools/fixtures/updates.ts';

const chat: ChatOfExport = { id: -1001234567890, type: 'supergroup', title: 'Dados' };
const old = -4012345678;

/** The messages of a chat after these, one after the other. */
function messagesOf(of: ChatOfExport = chat, migratedFrom?: number) {
  return new ExportedMessages({
    chat: of,
    migratedFrom,
    secondsOfLocalTime: (local) => secondsOfLocalTime(local, 'America/Sao_Paulo'),
    lastSecond: noon + 86_400,
  });
}
function read(message: object, messages = messagesOf()) {
  const outcome = messages.read(message as JsonObject);
  if (typeof outcome === 'string') throw new Error(outcome);
  return outcome;
}
const payload = (message: object, messages?: ExportedMessages) => read(message, messages).payload;

/** Names of contents that the Bot API does not have: the export's own. */
const ownNames = [
  'unknown',
  'clear_history',
  'score_in_game',
  'phone_call',
  'a_deed_of_tomorrow',
  'information_text',
];

describe('exported message', () => {
  it('has a bot for its sender where that is known, by id or by name', () => {
    const messages = (isBot: (id: number, name: string | undefined) => boolean) =>
      new ExportedMessages({
        chat,
        migratedFrom: undefined,
        isBot,
        secondsOfLocalTime: () => [noon],
        lastSecond: noon + 86_400,
      });
    const from = { id: 555123456, first_name: 'Ana Souza' };
    expect(
      payload(
        exported(7),
        messages((id) => id === 555123456),
      ).from,
    ).to.deep.equal({ ...from, is_bot: true });
    expect(
      payload(
        exported(7),
        messages((_, name) => name === 'Ana Souza'),
      ).from,
    ).to.include({ is_bot: true });
    expect(
      payload(
        exported(7),
        messages(() => false),
      ).from,
    ).to.deep.equal(from);
  });

  it('has an identity, a sender and a date', () => {
    expect(read(exported(7))).to.deep.equal({
      kind: 'message',
      messageId: 7,
      chatId: chat.id,
      dateSeconds: noon + 7,
      isLocalDate: false,
      payload: {
        message_id: 7,
        from: { id: 555123456, first_name: 'Ana Souza' },
        chat,
        date: noon + 7,
        text: 'text 7',
      },
    });
  });

  for (const [index, { contentType: expected, message, text, caption }] of exportedKinds.entries()) {
    const title = JSON.stringify(message(1)).slice(0, 160);
    it(`becomes ${expected}: ${index} ${title}`, () => {
      const read = payload(message(index + 1));
      expect(contentType(read)).to.equal(expected);
      expect([read.text, read.caption]).to.deep.equal([text ?? undefined, caption]);
    });

    it(`becomes the same from an export of 2019: ${index} ${expected}`, () => {
      const now = read(message(index + 1));
      const then = read(asOf2019(message(index + 1) as Record<string, unknown>));
      expect(then).to.deep.equal({ ...now, isLocalDate: true });
    });
  }

  it('has contents of the Bot API, but for a few of its own', () => {
    // Compiles only with names that a message of the Bot API has.
    const names: Record<string, true> = {
      text: true,
      photo: true,
      video: true,
      voice: true,
      video_note: true,
      sticker: true,
      animation: true,
      audio: true,
      document: true,
      location: true,
      venue: true,
      contact: true,
      poll: true,
      checklist: true,
      game: true,
      invoice: true,
      giveaway: true,
      giveaway_winners: true,
      paid_media: true,
      group_chat_created: true,
      supergroup_chat_created: true,
      new_chat_title: true,
      new_chat_photo: true,
      delete_chat_photo: true,
      new_chat_members: true,
      left_chat_member: true,
      migrate_from_chat_id: true,
      migrate_to_chat_id: true,
      pinned_message: true,
      successful_payment: true,
      refunded_payment: true,
      video_chat_started: true,
      video_chat_ended: true,
      video_chat_scheduled: true,
      video_chat_participants_invited: true,
      message_auto_delete_timer_changed: true,
      chat_background_set: true,
      forum_topic_created: true,
      forum_topic_edited: true,
      proximity_alert_triggered: true,
      write_access_allowed: true,
      web_app_data: true,
      passport_data: true,
      users_shared: true,
      boost_added: true,
      gift: true,
      giveaway_created: true,
      giveaway_completed: true,
      paid_message_price_changed: true,
      checklist_tasks_done: true,
      checklist_tasks_added: true,
      suggested_post_approved: true,
      suggested_post_declined: true,
      suggested_post_paid: true,
      suggested_post_refunded: true,
    } satisfies Partial<Record<keyof Message, true>>;
    const used = new Set(exportedKinds.map(({ contentType }) => contentType));
    expect([...used].filter((name) => !names[name])).to.have.members(ownNames);
  });

  it('was changed when the export says so, unless that is in 1970', () => {
    expect(payload(exported(1, { edited: 'x', edited_unixtime: String(noon + 9) })).edit_date).to.equal(
      noon + 9,
    );
    expect(payload(exported(1, { edited: '2026-11-22T12:00:09' })).edit_date).to.equal(noon + 9);
    for (const edited of ['1970-01-01T00:00:00', '1969-12-31T21:00:00', '', 7]) {
      expect(payload(exported(1, { edited }))).to.not.have.property('edit_date');
    }
  });

  it('is dated by Unix time, by the local time only where there is no other', () => {
    const wrongClock = exported(1, { date: '2014-01-01T00:00:00' });
    expect(read(wrongClock).dateSeconds).to.equal(noon + 1);
    expect(read({ ...wrongClock, date_unixtime: undefined })).to.include({
      dateSeconds: Date.parse('2014-01-01T00:00:00-02:00') / 1000,
      isLocalDate: true,
    });
    expect(read(exported(1, { date_unixtime: noon }))).to.include({ dateSeconds: noon, isLocalDate: false });
    for (const date_unixtime of ['hidden', '0', '-1', '99999999999']) {
      expect(read(exported(1, { date_unixtime }))).to.include({ dateSeconds: noon + 1, isLocalDate: true });
    }
  });

  for (const [fields, reason] of [
    [{ date: undefined, date_unixtime: undefined }, 'no date'],
    [{ date: 'yesterday', date_unixtime: undefined }, 'no date'],
    [{ date: '2024-03-05T10:00:00+99:99', date_unixtime: undefined }, 'no date'],
    [{ date: '2024-13-05T10:00:00Z', date_unixtime: undefined }, 'no date'],
    [{ date: '1970-01-01T00:00:00', date_unixtime: '0' }, 'impossible date'],
    [{ date: undefined, date_unixtime: '99999999999999' }, 'impossible date'],
    [{ date: '2012-12-31T00:00:00', date_unixtime: undefined }, 'impossible date'],
    [{ date: undefined, date_unixtime: String(noon + 86_401) }, 'impossible date'],
    [{ date: '292278-01-01T00:00:00', date_unixtime: '-1' }, 'impossible date'],
    [{ id: undefined }, 'no id'],
    [{ id: 0 }, 'no id'],
    [{ id: '7' }, 'no id'],
  ] as const) {
    it(`is not imported for want of identity: ${JSON.stringify(fields)}`, () => {
      const messages = messagesOf();
      expect(messages.read(exported(7, fields))).to.equal(reason);
      expect(messages.changedAt(chat.id, 7)).to.equal(undefined);
    });
  }

  for (const [date, utc] of [
    ['2024-03-05T10:00:00.000Z', '2024-03-05T10:00:00Z'],
    ['2024-03-05T10:00:00z', '2024-03-05T10:00:00Z'],
    ['2024-03-05T10:00:00+03:00', '2024-03-05T07:00:00Z'],
    ['2024-03-05 10:00:00-0530', '2024-03-05T15:30:00Z'],
    ['2024-03-05T10:00:00.5 +03', '2024-03-05T07:00:00Z'],
  ] as const) {
    it(`is dated exactly by a time that says its zone: ${date}`, () => {
      const message = exported(1, { date, date_unixtime: undefined, edited: date });
      const seconds = Date.parse(utc) / 1000;
      expect(read(message)).to.include({ dateSeconds: seconds, isLocalDate: false });
      expect(payload(message).edit_date).to.equal(seconds);
    });
  }

  it('is dated in the second of two hours when the message before it was', () => {
    // In São Paulo, 2018-02-17 23:00 to 24:00 came twice.
    const at = (id: number, time: string) =>
      exported(id, { date: `2018-02-17T${time}`, date_unixtime: undefined });
    const messages = messagesOf();
    const dates = [
      at(1, '23:30:00'),
      at(2, '23:45:10'),
      // Seconds may be swapped without a change of clocks.
      at(3, '23:45:08'),
      at(4, '23:10:00'),
      at(5, '23:20:00'),
      at(6, '22:50:00'),
    ].map((message) => new Date(read(message, messages).dateSeconds * 1000).toISOString().slice(11, 19));
    expect(dates).to.deep.equal(['01:30:00', '01:45:10', '01:45:08', '02:10:00', '02:20:00', '00:50:00']);
    expect(read(at(1, '23:31:00')).dateSeconds).to.equal(Date.parse('2018-02-18T01:31:00Z') / 1000);
  });

  it('is taken once, however often the export has it', () => {
    const messages = messagesOf();
    read(exported(7), messages);
    expect(messages.read(exported(8, { id: 7 }))).to.equal('repeated');
    expect(read(exported(8), messages).messageId).to.equal(8);
  });

  it('names what it replies to, and who wrote that', () => {
    const messages = messagesOf();
    read(exported(1, { from: 'Bia', from_id: 'user77' }), messages);
    expect(payload(exported(2, { reply_to_message_id: 1 }), messages).reply_to_message).to.deep.equal({
      message_id: 1,
      from: { id: 77 },
    });
    expect(payload(exported(3, { reply_to_message_id: 999_999 }), messages).reply_to_message).to.deep.equal({
      message_id: 999_999,
    });
  });

  it('does not take a reply to another chat for one to its own', () => {
    const reply = payload(exported(2, { reply_to_message_id: 1, reply_to_peer_id: 'channel99' }));
    expect(reply).to.not.have.property('reply_to_message');
    expect(reply.external_reply).to.deep.equal({ message_id: 1, chat: { id: -1000000000099 } });
  });

  it('belongs to the topic that it, or the message it replies to, was sent to', () => {
    const messages = messagesOf();
    const topic = payload(exportedService(10, 'topic_created', { title: 'Avisos' }), messages);
    expect(topic).to.include({ message_thread_id: 10, is_topic_message: true });
    const first = payload(exported(11, { reply_to_message_id: 10 }), messages);
    expect(first).to.include({ message_thread_id: 10 }).and.not.have.property('reply_to_message');
    const reply = payload(exported(12, { reply_to_message_id: 11 }), messages);
    expect(reply).to.include({ message_thread_id: 10 });
    expect(asObject(reply.reply_to_message)?.message_id).to.equal(11);
    expect(payload(exported(13), messages)).to.not.have.property('message_thread_id');
  });

  it('was forwarded, from a name, a person, a channel or a deleted account', () => {
    const origin = (fields: object) => payload(exported(1, fields)).forward_origin;
    expect(origin({ forwarded_from: 'Bia' })).to.deep.equal({ type: 'hidden_user', sender_user_name: 'Bia' });
    expect(origin({ forwarded_from: null })).to.deep.equal({ type: 'hidden_user', sender_user_name: '' });
    expect(origin({ forwarded_from: 'Bia', forwarded_from_id: 'user77' })).to.deep.equal({
      type: 'user',
      sender_user: { id: 77, first_name: 'Bia' },
    });
    expect(origin({ forwarded_from: 'Canal', forwarded_from_id: 'channel99' })).to.deep.equal({
      type: 'channel',
      chat: { id: -1000000000099, title: 'Canal' },
    });
    expect(origin({})).to.equal(undefined);
  });

  it('was sent by somebody whose account is deleted, or nobody', () => {
    expect(payload(exported(1, { from: null })).from).to.deep.equal({ id: 555123456 });
    const { from: _1, from_id: _2, ...nobody } = exported(1);
    expect(payload(nobody)).to.not.have.property('from');
  });

  it('was sent with a bot, which is named without its @', () => {
    expect(payload(exported(1, { via_bot: '@gif' })).via_bot).to.deep.equal({
      is_bot: true,
      username: 'gif',
    });
  });

  it('was sent on behalf of the group, a channel, or its linked channel, as the Bot API has it', () => {
    const sender = (fields: object) => {
      const { from, sender_chat, is_automatic_forward } = payload(exported(1, fields));
      return [asObject(from)?.id, asObject(sender_chat)?.id, is_automatic_forward];
    };
    expect(sender({ from: 'Dados', from_id: 'channel1234567890' })).to.deep.equal([
      1087968824,
      chat.id,
      undefined,
    ]);
    expect(sender({ from: 'Canal', from_id: 'channel99' })).to.deep.equal([
      136817688,
      -1000000000099,
      undefined,
    ]);
    const linked = { from: 'Canal', from_id: 'channel99', forwarded_from: 'Canal', saved_from: 'Canal' };
    expect(sender(linked)).to.deep.equal([777000, -1000000000099, true]);
  });

  it('is a post in a channel', () => {
    const channel: ChatOfExport = { id: -1000000000099, type: 'channel', title: 'Canal' };
    const post = read(exported(1, { from_id: 'channel99', author: 'Ana' }), messagesOf(channel));
    expect(post.kind).to.equal('channel_post');
    expect(post.payload)
      .to.deep.include({ sender_chat: channel, author_signature: 'Ana' })
      .and.not.have.property('from');
  });

  it('names the member who joined by itself, and others by name', () => {
    const joined = payload(exportedService(1, 'join_group_by_link', { inviter: 'Bia' }));
    expect(joined.new_chat_members).to.deep.equal([{ id: 555123456, first_name: 'Ana Souza' }]);
    const invited = payload(exportedService(1, 'invite_members', { members: ['Bia', null] }));
    expect(invited.new_chat_members).to.deep.equal([{ first_name: 'Bia' }, {}]);
  });

  describe('from before a migration', () => {
    const shifted = (id: number) => id - 1_000_000_000;
    const before = exported(1, { id: shifted(5), reply_to_message_id: shifted(4) });

    it('goes back to the basic group and its old id', () => {
      const messages = messagesOf(chat, old);
      read(exported(1, { id: shifted(4), from_id: 'user77' }), messages);
      const message = read(before, messages);
      expect(message).to.include({ chatId: old, messageId: 5 });
      expect(message.payload.chat).to.deep.equal({ id: old, type: 'group', title: 'Dados' });
      expect(message.payload.reply_to_message).to.deep.equal({ message_id: 4, from: { id: 77 } });
      expect(messages.changedAt(old, 5)).to.equal(0);
      expect(messages.changedAt(chat.id, shifted(5))).to.equal(0);
      expect(messages.changedAt(chat.id, 5)).to.equal(undefined);
      expect(read(exported(5), messages)).to.include({ chatId: chat.id, messageId: 5 });
    });

    it('keeps its negative id where the basic group is not known', () => {
      expect(read(before)).to.include({ chatId: chat.id, messageId: shifted(5) });
      expect(payload(before).reply_to_message).to.deep.equal({ message_id: shifted(4) });
    });

    it('tells of the migration by the ids that are known', () => {
      const to = exportedService(1, 'migrate_to_supergroup', { id: shifted(9) });
      const from = exportedService(1, 'migrate_from_group', { title: 'Dados' });
      const [known, unknown] = [messagesOf(chat, old), messagesOf()];
      expect(payload(to, known).migrate_to_chat_id).to.equal(chat.id);
      expect(payload(from, known).migrate_from_chat_id).to.equal(old);
      expect(payload(from, unknown).migrate_from_chat_id).to.equal(null);
      expect(payload(exportedService(9, 'migrate_to_supergroup'), unknown).migrate_to_chat_id).to.equal(null);
    });

    it('is not what a message from after it replies to by the same id', () => {
      const reply = payload(exported(6, { reply_to_message_id: shifted(5) }), messagesOf(chat, old));
      expect(reply).to.not.have.property('reply_to_message');
    });
  });
});
