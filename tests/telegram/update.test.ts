import { expect } from 'chai';
import { parseUpdate, readUpdate, type Update } from '../../src/telegram/update.ts';

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
    ['message', { message_id: 1, date: 4102444799, chat }, chat.id, 4102444799],
    ['message', { message_id: 1, date: 4102444800, chat }, chat.id, undefined],
    ['message', { message_id: 1, date: 1, chat }, chat.id, 1],
    ['message', { message_id: 1, date: -1, chat }, chat.id, undefined],
    ['message', { message_id: 1, date: 1795402799.5, chat }, chat.id, undefined],
    ['message', { message_id: 1, date: '1795402799', chat }, chat.id, undefined],
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

  describe('in bytes', () => {
    const withField = (json: string) => Buffer.from(`{"update_id":5,"poll":{"x":${json}}}`);

    it('is JSON in UTF-8, with or without a byte order mark', () => {
      const json = '{"update_id":5,"poll":{"question":"Olá 👋"}}';
      const bytes = [Buffer.from(json), Buffer.from(`\ufeff${json}`)];
      for (const each of bytes) expect(parseUpdate(each)).to.deep.equal(readUpdate(JSON.parse(json)));
    });

    for (const [what, bytes] of Object.entries({
      nothing: Buffer.from(''),
      'two byte order marks': Buffer.from('\ufeff\ufeff{}'),
      'bytes that are not UTF-8': Buffer.from([0x22, 0xff, 0x22]),
      'half an update': withField('1').subarray(0, 25),
    })) {
      it(`is not ${what}`, () => {
        expect(parseUpdate(bytes)).to.deep.equal({ notAnUpdate: 'not JSON' });
      });
    }

    it('has 500 levels and names of 50,000 characters at most, since SQL engines fail beyond', () => {
      const levels = (count: number) => withField('{"a":['.repeat(count / 2) + ']}'.repeat(count / 2));
      const name = (length: number) => withField(`[{"${'n'.repeat(length)}":1}]`);
      const refused = { notAnUpdate: 'nested too deeply, or with too long a name' };
      for (const bytes of [levels(498), name(50_000)]) expect(parseUpdate(bytes)).to.include({ updateId: 5 });
      for (const bytes of [levels(500), levels(200_000), name(50_001)]) {
        expect(parseUpdate(bytes)).to.deep.equal(refused);
      }
    });
  });
});
