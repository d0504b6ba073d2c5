import { expect } from 'chai';
import { SettingsError } from '../../src/base/settings-error.ts';
import { idsOf, includesChat, parseChats } from '../../src/lake/chats.ts';

describe('chats of a lake', () => {
  const group = -1001234567890;
  const cases: [text: string, ids: number[], included: number[], others: number[]][] = [
    ['-1001234567890', [group], [group], [-1, 42]],
    [' -1001234567890 , -42,7', [group, -42, 7], [group, -42, 7], [8, -7]],
    ['private', [], [42, 1], [group, -42]],
    ['-1001234567890,private', [group], [group, 42], [-42]],
    ['all', [], [group, -42, 42], []],
    ['all,-42', [-42], [group, 42], []],
  ];
  for (const [text, ids, included, others] of cases) {
    it(`are read from "${text}"`, () => {
      const chats = parseChats(text, '--chat-id');
      expect(idsOf(chats)).to.deep.equal(ids);
      for (const id of included) expect(includesChat(chats, id), String(id)).to.equal(true);
      for (const id of others) expect(includesChat(chats, id), String(id)).to.equal(false);
    });
  }

  for (const text of [
    '',
    '0',
    '-1,',
    '1e3',
    '@group',
    'Private',
    'private all',
    'everything',
    '9007199254740993',
  ]) {
    it(`are not read from "${text}"`, () => {
      expect(() => parseChats(text, '--chat-id')).to.throw(
        SettingsError,
        /^--chat-id must be .*private .*or all$/,
      );
    });
  }
});
