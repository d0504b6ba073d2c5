import { expect } from 'chai';
import fc from 'fast-check';
import type { JsonObject } from '../../src/base/json.ts';
import { type Person, personOf } from '../../src/erasure/person.ts';
import { lineWithoutPerson, withoutPerson } from '../../src/erasure/without-person.ts';

const id = 555123456;
const ana = { id, is_bot: false, first_name: 'Ana', last_name: 'Souza', username: 'ana' };
const bia = { id: 77, is_bot: false, first_name: 'Bia' };
const chat = { id: -1001234567890, type: 'supergroup', title: 'Dados' };
const person = personOf(id, []);
const named = personOf(id, ['Ana Souza']);
const message = (fields: object) => ({
  update_id: 1,
  message: { message_id: 9, from: bia, chat, date: 5, ...fields },
});
const line = (fields: object, exported: object) => ({
  source: 'import',
  second: '20261122120000',
  message: { message_id: 9, from: { id: 77, first_name: 'Bia' }, chat, date: 5, ...fields },
  export: { id: 9, type: 'message', date: 'x', from: 'Bia', from_id: 'user77', ...exported },
});

describe('without a person', () => {
  const own: [fact: string, update: JsonObject][] = [
    ['a message', message({ from: ana, text: 'x' })],
    ['an edit', { update_id: 1, edited_message: { message_id: 9, from: ana, chat } }],
    ['a message on behalf of a chat', message({ from: ana, sender_chat: chat })],
    ['a reaction', { update_id: 1, message_reaction: { chat, message_id: 9, user: ana, date: 5 } }],
    [
      'a pressed button',
      { update_id: 1, callback_query: { id: '1', from: ana, message: { message_id: 3, chat } } },
    ],
    ['a vote', { update_id: 1, poll_answer: { poll_id: '1', user: ana, option_ids: [0] } }],
    ['a wish to join', { update_id: 1, chat_join_request: { chat, from: ana, user_chat_id: id, date: 5 } }],
    [
      'a change of their membership',
      { update_id: 1, chat_member: { chat, from: bia, new_chat_member: { user: ana } } },
    ],
    [
      'a change that they made',
      { update_id: 1, chat_member: { chat, from: ana, new_chat_member: { user: bia } } },
    ],
    ['a boost', { update_id: 1, chat_boost: { chat, boost: { source: { source: 'premium', user: ana } } } }],
    [
      'a boost taken back',
      { update_id: 1, removed_chat_boost: { chat, source: { source: 'premium', user: ana } } },
    ],
    [
      'a private chat with them',
      { update_id: 1, message: { message_id: 1, from: bia, chat: { id, type: 'private' } } },
    ],
    ['an imported message', line({ from: { id } }, { from_id: `user${id}` })],
  ];
  for (const [fact, update] of own) {
    it(`there is nothing left of what is their own: ${fact}`, () => {
      expect(withoutPerson(update, person)).to.equal('delete');
    });
  }

  const others: [fact: string, before: object, after: object, who?: Person][] = [
    [
      'what is replied to and quoted',
      message({
        text: 'I agree',
        reply_to_message: { message_id: 8, from: ana, chat, date: 4, text: 'their words', photo: [] },
        quote: { text: 'their' },
      }),
      message({ text: 'I agree', reply_to_message: { message_id: 8, chat, date: 4 } }),
    ],
    [
      'what is replied to in another chat',
      message({
        external_reply: {
          origin: { type: 'user', sender_user: ana, date: 1 },
          message_id: 8,
          chat,
          photo: [],
        },
        quote: { text: 'their' },
      }),
      message({ external_reply: { message_id: 8, chat } }),
    ],
    [
      'what is pinned',
      message({ pinned_message: { message_id: 8, from: ana, chat, date: 4, text: 'x' } }),
      message({ pinned_message: { message_id: 8, chat, date: 4 } }),
    ],
    [
      'what is forwarded, by anybody',
      message({ forward_origin: { type: 'user', sender_user: ana }, text: 'their words', entities: [{}] }),
      message({ forward_origin: {} }),
    ],
    [
      'what is forwarded, as older bots were told',
      message({ forward_from: ana, forward_date: 3, caption: 'x', photo: [] }),
      message({ forward_origin: {} }),
    ],
    [
      'a message of theirs within one that is replied to',
      message({
        reply_to_message: {
          message_id: 8,
          from: bia,
          pinned_message: { message_id: 7, from: ana, text: 'x' },
        },
      }),
      message({ reply_to_message: { message_id: 8, from: bia, pinned_message: { message_id: 7 } } }),
    ],
    ['who was added', message({ new_chat_members: [ana, bia] }), message({ new_chat_members: [{}, bia] })],
    ['who left', message({ left_chat_member: ana }), message({ left_chat_member: {} })],
    [
      'who invited',
      message({ invite_link: { creator: ana, name: 'x', invite_link: 'y' } }),
      message({ invite_link: { creator: {}, invite_link: 'y' } }),
    ],
    [
      'who is mentioned',
      message({ text: 'Ana!', entities: [{ type: 'text_mention', offset: 0, length: 3, user: ana }] }),
      message({ text: '███!', entities: [{ type: 'text_mention', offset: 0, length: 3, user: {} }] }),
    ],
    [
      'whose card is shown',
      message({ contact: { user_id: id, phone_number: '+55', first_name: 'Ana' } }),
      message({ contact: {} }),
    ],
    [
      'who is in a list',
      message({ users_shared: { user_ids: [id, 77], users: [{ user_id: id, username: 'ana' }] } }),
      message({ users_shared: { user_ids: [77], users: [{}] } }),
    ],
    [
      'whom an export replies to, mentions and saw react',
      line(
        { reply_to_message: { message_id: 8, from: { id } }, text: 'Ana' },
        {
          text: [{ type: 'mention_name', text: 'Ana', user_id: id }],
          reactions: [{ type: 'emoji', recent: [{ from: 'Ana Souza', from_id: `user${id}`, date: 'x' }] }],
        },
      ),
      line(
        { reply_to_message: { message_id: 8 }, text: '███' },
        {
          text: [{ type: 'mention_name', text: '███' }],
          reactions: [{ type: 'emoji', recent: [{ date: 'x' }] }],
        },
      ),
    ],
    [
      'what an export says was forwarded from them',
      line(
        { forward_origin: { type: 'user', sender_user: { id, first_name: 'Ana' } }, text: 'x' },
        { forwarded_from: 'Ana Souza', forwarded_from_id: `user${id}`, text: 'x' },
      ),
      line({ forward_origin: {} }, { forwarded_from: null }),
    ],
    [
      'a name without an id, where it is given',
      line(
        { new_chat_members: [{ first_name: 'Ana Souza' }, { first_name: 'Bia' }] },
        { members: ['Ana Souza', 'Bia'], inviter: 'Ana Souza' },
      ),
      line({ new_chat_members: [{}, { first_name: 'Bia' }] }, { members: [null, 'Bia'] }),
      named,
    ],
    [
      'a forward that hides the account, where its name is given',
      message({ forward_origin: { type: 'hidden_user', sender_user_name: 'Ana Souza' }, text: 'x' }),
      message({ forward_origin: {} }),
      named,
    ],
  ];
  for (const [fact, before, after, who = person] of others) {
    it(`there is of others all but ${fact}`, () => {
      const rest = withoutPerson(before as JsonObject, who);
      expect(rest).to.deep.equal(after);
      expect(withoutPerson(rest as JsonObject, who)).to.equal(rest);
    });
  }

  const untouched: [fact: string, update: object, who?: Person][] = [
    ['another’s message', message({ text: `I asked Ana Souza, user ${id}, @ana` }), named],
    [
      'a message whose id is the user’s',
      { update_id: id, message: { message_id: id, from: bia, chat, date: id } },
    ],
    ['a line whose id is the user’s', line({ message_id: id }, { id, reply_to_message_id: id })],
    [
      'a hidden forward, where no name is given',
      message({ forward_origin: { sender_user_name: 'Ana Souza' } }),
    ],
    ['a channel of a like number', message({ sender_chat: { id: -1000000000000 - id, type: 'channel' } })],
  ];
  for (const [fact, update, who = person] of untouched) {
    it(`there is all of ${fact}`, () => {
      expect(withoutPerson(update as JsonObject, who)).to.equal(update);
    });
  }

  it('knows the ids of old exports', () => {
    const reactions = [{ from: 'Ana', from_id: 2 ** 32 + id }];
    expect(withoutPerson(line({}, { reactions }), person)).to.deep.equal(line({}, { reactions: [{}] }));
    for (const actor_id of [id, 2 ** 32 + id]) {
      expect(withoutPerson(line({}, { actor: 'Ana', actor_id }), person)).to.equal('delete');
    }
  });

  it('leaves no number of theirs in whatever shape an update has', () => {
    const user = fc.constantFrom(ana, bia);
    const tree = fc.letrec((tie) => ({
      message: fc.record(
        {
          message_id: fc.nat(),
          from: user,
          date: fc.nat(),
          text: fc.string(),
          reply_to_message: tie('message'),
          pinned_message: tie('message'),
          new_chat_members: fc.array(user),
          left_chat_member: user,
          forward_origin: fc.record({ type: fc.constant('user'), sender_user: user }),
          entities: fc.array(fc.record({ type: fc.constant('text_mention'), user })),
        },
        { requiredKeys: ['message_id'] },
      ),
    })).message;
    fc.assert(
      fc.property(tree, (payload) => {
        const rest = withoutPerson({ update_id: 1, message: payload } as JsonObject, person);
        if (rest === 'delete') return;
        expect(JSON.stringify(rest)).to.not.match(new RegExp(`\\b${id}\\b|Souza`));
        expect(withoutPerson(rest, person)).to.equal(rest);
      }),
    );
  });

  it('is done to lines', () => {
    expect(lineWithoutPerson(JSON.stringify(message({ from: ana })), person)).to.equal(undefined);
    const other = '{"update_id": 1, "message": {"from": {"id": 77}}}';
    expect(lineWithoutPerson(other, person)).to.equal(other);
    expect(lineWithoutPerson(JSON.stringify(message({ left_chat_member: ana })), person)).to.equal(
      JSON.stringify(message({ left_chat_member: {} })),
    );
    expect(() => lineWithoutPerson('[]', person)).to.throw(SyntaxError);
  });
});
