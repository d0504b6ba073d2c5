import { expect } from 'chai';
import { chatOfExport, isWrittenBefore2021, peerOf } from '../../../src/telegram/export/export-peer.ts';

describe('chat of an export', () => {
  const chats: [type: string, id: number, botApiId: number, botApiType: string][] = [
    ['private_group', 4012345678, -4012345678, 'group'],
    ['private_supergroup', 1234567890, -1001234567890, 'supergroup'],
    ['public_supergroup', 1234567890, -1001234567890, 'supergroup'],
    ['private_channel', 3234567890, -1003234567890, 'channel'],
    ['public_channel', 12345678901, -1012345678901, 'channel'],
    ['personal_chat', 7551234567, 7551234567, 'private'],
    ['bot_chat', 42, 42, 'private'],
    ['saved_messages', 42, 42, 'private'],
  ];
  for (const [type, id, botApiId, botApiType] of chats) {
    it(`has the Bot API's id: ${type} ${id}`, () => {
      const chat = chatOfExport({ name: 'x', type, id }, false);
      expect(chat).to.deep.equal({ id: botApiId, type: botApiType, title: 'x' });
    });
  }

  it('is told from the number that versions before April 2021 wrote', () => {
    const old = (type: string, id: number) => chatOfExport({ name: '', type, id }, true)?.id;
    expect(old('private_supergroup', 2 ** 33 + 1234567890)).to.equal(-1001234567890);
    expect(old('private_group', 2 ** 33 + 412345678)).to.equal(-412345678);
    expect(old('personal_chat', 2 ** 32 + 5)).to.equal(5);
  });

  it('cannot be told of a type that nobody knows', () => {
    expect(chatOfExport({ name: '', type: 'a_type_of_tomorrow', id: 1 }, false)).to.equal(undefined);
    expect(chatOfExport({ name: '', type: 'toString', id: 1 }, false)).to.equal(undefined);
  });
});

describe('sender in an export', () => {
  const group = { id: -1001234567890, type: 'supergroup', title: '' } as const;
  const basic = { id: -412345678, type: 'group', title: '' } as const;
  const senders: [value: unknown, expected: object | undefined][] = [
    ['user5551234567', { kind: 'user', id: 5551234567 }],
    ['channel1234567890', { kind: 'chat', id: -1001234567890 }],
    ['chat412345678', { kind: 'chat', id: -412345678 }],
    [123456, { kind: 'user', id: 123456 }],
    [2 ** 32 + 123456, { kind: 'user', id: 123456 }],
    [2 ** 33 + 1234567890, { kind: 'chat', id: -1001234567890 }],
    [2 ** 33 + 99, { kind: 'chat', id: -1000000000099 }],
    ...[undefined, null, '', 'user', 'bot1', 'user1x', 0, -1, 1.5].map((value): [unknown, undefined] => [
      value,
      undefined,
    ]),
  ];
  for (const [value, expected] of senders) {
    it(`is ${JSON.stringify(expected)}: ${JSON.stringify(value)}`, () => {
      expect(peerOf(value, group)).to.deep.equal(expected);
    });
  }

  it('is the basic group itself where an old number names it', () => {
    expect(peerOf(2 ** 33 + 412345678, basic)).to.deep.equal({ kind: 'chat', id: basic.id });
  });

  it('tells the age of the export', () => {
    expect(isWrittenBefore2021({ from_id: 5 })).to.equal(true);
    expect(isWrittenBefore2021({ actor_id: 5 })).to.equal(true);
    expect(isWrittenBefore2021({ from_id: 'user5' })).to.equal(false);
    expect(isWrittenBefore2021({ date_unixtime: '5' })).to.equal(false);
    expect(isWrittenBefore2021({ date: '2019-01-01T00:00:00' })).to.equal(true);
  });
});
