import { expect } from 'chai';
import fc from 'fast-check';
import { eventRows, membershipRows } from '../../src/etl/event-rows.ts';
import type { EventRow } from '../../src/lake/event-columns.ts';
import { eventColumns } from '../../src/lake/event-columns.ts';
import { allowedUpdates } from '../../src/telegram/allowed-updates.ts';
import { readUpdate } from '../../src/telegram/update.ts';
import { message } from '../../tools/fixtures/message-rows.ts';
import { noon } from '../../tools/fixtures/updates.ts';

const day = '2026-11-22';
const arrivedAt = '2026-11-22 12:00:03';
const chat = { id: -1001234567890, type: 'supergroup' };
const ana = { id: 11, is_bot: false, first_name: 'Ana', username: 'ana_souza' };
const bia = { id: 12, is_bot: false, first_name: 'Bia' };
const emoji = (...texts: string[]) => texts.map((text) => ({ type: 'emoji', emoji: text }));

function eventsOf(kind: string, payload: object): EventRow[] {
  const update = readUpdate({ update_id: 7, [kind]: payload });
  if ('notAnUpdate' in update) throw new Error(update.notAnUpdate);
  return eventRows(update, arrivedAt, day);
}

/** The values of some columns, one list for each event. */
const values = (rows: readonly EventRow[], ...names: (keyof EventRow)[]) =>
  rows.map((row) => names.map((name) => row[name]));

describe('eventRows', () => {
  const react = (before: unknown, since: unknown, more: object = { user: ana }) =>
    eventsOf('message_reaction', {
      chat,
      message_id: 5,
      date: noon,
      ...more,
      old_reaction: before,
      new_reaction: since,
    });

  it('tells of each reaction that came or went who gave it, and on which message', () => {
    expect(react([], emoji('👍'))).to.deep.equal([
      {
        ...Object.fromEntries(eventColumns.map(({ name }) => [name, null])),
        event: 'reaction_added',
        kind: 'message_reaction',
        chat_id: chat.id,
        chat_type: 'supergroup',
        message_id: 5,
        user_id: 11,
        user_is_bot: false,
        user_first_name: 'Ana',
        user_username: 'ana_souza',
        reaction: '👍',
        date: noon,
        update_id: 7,
        source: 'webhook',
      },
    ]);
    expect(values(react(emoji('👍', '🔥'), emoji('🔥', '❤')), 'event', 'reaction')).to.deep.equal([
      ['reaction_removed', '👍'],
      ['reaction_added', '❤'],
    ]);
  });

  it('knows custom and paid reactions by their type, and custom ones apart by their id', () => {
    const custom = (id: string) => ({ type: 'custom_emoji', custom_emoji_id: id });
    const rows = react([custom('1')], [custom('2'), { type: 'paid' }]);
    expect(values(rows, 'event', 'reaction', 'data')).to.deep.equal([
      ['reaction_removed', 'custom_emoji', '1'],
      ['reaction_added', 'custom_emoji', '2'],
      ['reaction_added', 'paid', null],
    ]);
  });

  it('names the chat of an anonymous reaction, and counts those of channels', () => {
    const rows = react([], emoji('👍'), { actor_chat: { ...chat, title: 'Dados' } });
    expect(values(rows, 'user_id', 'sender_chat_id', 'sender_chat_title')).to.deep.equal([
      [null, chat.id, 'Dados'],
    ]);
    const counted = (reactions: unknown) =>
      values(
        eventsOf('message_reaction_count', { chat, message_id: 5, date: noon, reactions }),
        'event',
        'reaction',
        'amount',
      );
    const [type] = emoji('👍');
    expect(counted([{ type, total_count: 4 }])).to.deep.equal([['reactions_counted', '👍', 4]]);
    expect(counted([])).to.deep.equal([['reactions_counted', null, 0]]);
  });

  for (const [before, since, event] of [
    [{ status: 'left' }, { status: 'member' }, 'joined'],
    [{ status: 'left' }, { status: 'administrator' }, 'joined'],
    [{ status: 'kicked' }, { status: 'member' }, 'joined'],
    [{ status: 'restricted', is_member: false }, { status: 'member' }, 'joined'],
    [{ status: 'member' }, { status: 'left' }, 'left'],
    [{ status: 'administrator' }, { status: 'left' }, 'left'],
    [{ status: 'restricted', is_member: true }, { status: 'restricted', is_member: false }, 'left'],
    [{ status: 'member' }, { status: 'kicked' }, 'banned'],
    [{ status: 'left' }, { status: 'kicked' }, 'banned'],
    [{ status: 'kicked' }, { status: 'left' }, 'unbanned'],
    [{ status: 'member' }, { status: 'administrator' }, 'promoted'],
    [{ status: 'administrator' }, { status: 'member' }, 'demoted'],
    [{ status: 'member' }, { status: 'restricted', is_member: true }, 'restricted'],
    [{ status: 'restricted', is_member: true }, { status: 'member' }, 'unrestricted'],
    [{ status: 'administrator' }, { status: 'administrator' }, 'member_changed'],
  ] as const) {
    it(`calls it ${event} when ${JSON.stringify(before)} becomes ${JSON.stringify(since)}`, () => {
      const rows = eventsOf('chat_member', {
        chat,
        from: ana,
        date: noon,
        old_chat_member: { ...before, user: bia },
        new_chat_member: { ...since, user: bia },
      });
      expect(
        values(rows, 'event', 'user_id', 'user_first_name', 'by_user_id', 'old_status', 'new_status'),
      ).to.deep.equal([[event, 12, 'Bia', 11, before.status, since.status]]);
    });
  }

  it('tells of a person, not of the bot, when a private chat is stopped or started again', () => {
    const bot = { id: 5, is_bot: true, first_name: 'B' };
    const change = (before: string, since: string) =>
      values(
        eventsOf('my_chat_member', {
          chat: { id: 11, type: 'private' },
          from: ana,
          date: noon,
          old_chat_member: { status: before, user: bot },
          new_chat_member: { status: since, user: bot },
        }),
        'event',
        'user_id',
        'user_is_bot',
      );
    expect(change('member', 'kicked')).to.deep.equal([['bot_blocked', 11, false]]);
    expect(change('kicked', 'member')).to.deep.equal([['bot_unblocked', 11, false]]);
  });

  it('tells of a button who pressed it, its data and its message, and when it arrived', () => {
    const rows = eventsOf('callback_query', {
      id: '1',
      from: ana,
      data: 'menu:1',
      message: { message_id: 5, chat, date: 0 },
    });
    expect(
      values(rows, 'event', 'user_id', 'chat_id', 'chat_type', 'message_id', 'data', 'date', 'arrived_at'),
    ).to.deep.equal([['button_pressed', 11, chat.id, 'supergroup', 5, 'menu:1', null, arrivedAt]]);
  });

  it('gives a vote one event for each option, and one for a vote that is taken back', () => {
    const vote = (option_ids: unknown) =>
      values(
        eventsOf('poll_answer', { poll_id: 'p', user: ana, option_ids }),
        'event',
        'poll_id',
        'poll_option',
      );
    expect(vote([0, 2])).to.deep.equal([
      ['poll_voted', 'p', 0],
      ['poll_voted', 'p', 2],
    ]);
    expect(vote([])).to.deep.equal([['poll_vote_retracted', 'p', null]]);
  });

  it('knows polls, requests to join, boosts and inline queries', () => {
    const boost = { boost_id: 'b', add_date: noon, source: { source: 'premium', user: ana } };
    const rows = [
      ...eventsOf('poll', { id: 'p', total_voter_count: 9 }),
      ...eventsOf('chat_join_request', { chat, from: ana, date: noon, user_chat_id: 11 }),
      ...eventsOf('chat_boost', { chat, boost }),
      ...eventsOf('removed_chat_boost', { chat, boost_id: 'b', remove_date: noon, source: boost.source }),
      ...eventsOf('inline_query', { id: '1', from: ana, query: 'gato' }),
    ];
    expect(values(rows, 'event', 'user_id', 'data', 'amount', 'date')).to.deep.equal([
      ['poll_counted', null, null, 9, null],
      ['join_requested', 11, null, null, noon],
      ['boost_added', 11, 'b', null, noon],
      ['boost_removed', 11, 'b', null, noon],
      ['inline_query', 11, 'gato', null, null],
    ]);
  });

  it('gives a kind of tomorrow one event under its name, with who, where and when', () => {
    const rows = eventsOf('message_hologram', { chat, from: ana, date: noon, message_id: 5 });
    expect(values(rows, 'event', 'kind', 'user_id', 'chat_id', 'message_id', 'date')).to.deep.equal([
      ['message_hologram', 'message_hologram', 11, chat.id, 5, noon],
    ]);
    expect(values(eventsOf('toString', {}), 'event', 'arrived_at')).to.deep.equal([['toString', arrivedAt]]);
  });

  it('gives at least one event of every kind, whatever it holds, with values of the columns’ types', () => {
    const kinds = fc.constantFrom(...allowedUpdates, 'hologram');
    const types = { bigint: 'number', boolean: 'boolean', string: 'string' };
    fc.assert(
      fc.property(kinds, fc.dictionary(fc.string(), fc.jsonValue()), (kind, payload) => {
        const update = readUpdate({ update_id: 7, [kind]: payload });
        if ('notAnUpdate' in update) return;
        const rows = eventRows(update, undefined, day);
        expect(rows.length).to.be.at.least(1);
        for (const row of rows) {
          expect(Object.keys(row)).to.have.members(eventColumns.map(({ name }) => name));
          for (const { name, type } of eventColumns) {
            if (row[name] !== null) expect(row[name], name).to.be.a(types[type]);
          }
        }
      }),
    );
  });

  it('is not misled by fields of other types than the Bot API says', () => {
    for (const wrong of [null, 5, 'x', [], [5], {}, [null, { type: 5 }]]) {
      for (const kind of allowedUpdates) {
        const payload = Object.fromEntries(
          [
            'user',
            'from',
            'old_reaction',
            'new_reaction',
            'reactions',
            'old_chat_member',
            'new_chat_member',
            'data',
            'option_ids',
            'poll_id',
            'boost',
            'source',
            'boost_id',
            'query',
            'actor_chat',
            'message_id',
          ].map((name) => [name, wrong]),
        );
        for (const row of eventsOf(kind, { ...payload, chat: { id: -1 } }))
          expect(row.event).to.be.a('string');
      }
    }
  });
});

describe('membershipRows', () => {
  const of = (content_type: string, fields: object) =>
    membershipRows(message({ message_id: 9, content_type, update_id: 3 }), fields as Record<string, unknown>);

  it('gives each of several new members an event, with who added them', () => {
    const rows = of('new_chat_members', { new_chat_members: [ana, bia, 'no user'] });
    expect(values(rows, 'event', 'kind', 'user_id', 'by_user_id', 'message_id', 'update_id')).to.deep.equal([
      ['joined', 'new_chat_members', 11, 11, 9, 3],
      ['joined', 'new_chat_members', 12, 11, 9, 3],
    ]);
  });

  it('gives one who left an event, and other contents none', () => {
    expect(values(of('left_chat_member', { left_chat_member: bia }), 'event', 'user_id')).to.deep.equal([
      ['left', 12],
    ]);
    expect(of('left_chat_member', { left_chat_member: 5 })).to.deep.equal([]);
    expect(of('text', { new_chat_members: [ana] })).to.deep.equal([]);
  });
});
