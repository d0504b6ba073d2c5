import { expect } from 'chai';
import fc from 'fast-check';
import { type ExportedChat, ExportReader } from '../../../src/telegram/export/export-reader.ts';
import { JsonDamageError } from '../../../src/telegram/export/json-scanner.ts';
import {
  accountExport,
  chatExport,
  exported,
  exportedKinds,
  group,
} from '../../../tools/fixtures/desktop-export.ts';

/** Messages by the name of their chat, and all chats; the text fed in pieces of `size` bytes. */
function read(text: string, wants: (chat: ExportedChat) => boolean = () => true, size = 1000) {
  const messages: Record<string, unknown[]> = {};
  const reader = new ExportReader({
    wants,
    onMessage: ({ value }, chat) => {
      messages[chat.name] = [...(messages[chat.name] ?? []), value];
    },
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) reader.write(bytes.subarray(at, at + size));
  reader.end();
  return { messages, chats: reader.chats };
}

describe('export reader', () => {
  const all = exportedKinds.map(({ message }, index) => message(index + 1));
  const bia = { name: 'Bia', type: 'personal_chat', id: 77 };

  it('reads the messages of one chat', () => {
    const { messages, chats } = read(chatExport(all));
    expect(messages).to.deep.equal({ 'Dados 📊': all });
    expect(chats).to.deep.equal([
      { chat: { ...group, isInAccount: false }, messages: all.length, isWrittenBefore2021: false },
    ]);
  });

  it('reads the wanted chat of an account, and counts the others', () => {
    const saved = { type: 'saved_messages', id: 5 };
    const text = accountExport(
      [
        [bia, [exported(1)]],
        [saved, []],
        [group, all],
      ],
      [[bia, [exported(2)]]],
    );
    const { messages, chats } = read(text, ({ name }) => name === group.name);
    expect(messages).to.deep.equal({ 'Dados 📊': all });
    expect(
      chats.map(({ chat, messages }) => [chat.name, chat.type, chat.isInAccount, messages]),
    ).to.deep.equal([
      ['Bia', 'personal_chat', true, 1],
      ['', 'saved_messages', true, 0],
      [group.name, group.type, true, all.length],
      ['Bia', 'personal_chat', true, 1],
    ]);
  });

  it('takes a file that begins with a byte order mark or blank lines', () => {
    for (const start of ['\uFEFF', '\n\n ']) expect(read(start + chatExport(all)).chats).to.have.length(1);
  });

  it('reads the same however the file is cut', () => {
    const text = accountExport([
      [bia, [exported(1)]],
      [group, all],
    ]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), (size) => {
        expect(read(text, undefined, size)).to.deep.equal(read(text));
      }),
      { numRuns: 30 },
    );
  });

  it('notices wherever the file is cut short', () => {
    const text = chatExport(all.slice(0, 3));
    fc.assert(
      fc.property(fc.nat(text.length - 1), (length) => {
        expect(() => read(text.slice(0, length))).to.throw(JsonDamageError);
      }),
    );
  });

  it('tells where a message is damaged', () => {
    const text = chatExport(all).replace('"id": 2,', '"id": 2 2,');
    const position = Buffer.byteLength(text.slice(0, text.lastIndexOf('{', text.indexOf('2 2'))));
    expect(() => read(text))
      .to.throw(JsonDamageError, /not JSON/)
      .with.property('position', position);
  });

  it('loses only the message that is damaged, wherever a byte of it is another, however the file is cut', () => {
    const texts = ['"', '{}', 'a, b', '[x]: ', 'c\\d', 'é 😮'];
    const messages = texts.map((text, index) => exported(index + 1, { text }));
    const bytes = Buffer.from(accountExport([[group, messages]]));
    const start = bytes.indexOf('"id": 3,') - 8;
    const end = bytes.lastIndexOf('}', bytes.indexOf('"id": 4,')) + 1;
    const read = (damaged: Buffer, size: number) => {
      const found: unknown[] = [];
      const reader = new ExportReader({
        wants: () => true,
        onMessage: ({ value }) => found.push(value.id),
        onDamage: () => {},
      });
      for (let at = 0; at < damaged.length; at += size) reader.write(damaged.subarray(at, at + size));
      reader.end();
      return found;
    };
    expect(String(bytes.subarray(start, end))).to.match(/^\{\s+"id": 3,[\s\S]*\}$/);
    fc.assert(
      fc.property(
        fc.integer({ min: start, max: end - 1 }),
        fc.constantFrom(...Buffer.from('"{}[],:\\\0x')),
        fc.integer({ min: 1, max: 2_000 }),
        (position, byte, size) => {
          const damaged = Buffer.from(bytes);
          damaged[position] = byte;
          expect(read(damaged, size)).to.include.members([1, 2, 4, 5, 6]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  const others: [fact: string, text: string, problem: RegExp][] = [
    ['another format', '<!DOCTYPE html><html>', /no JSON export.*at byte 0/],
    ['a list', '[{"id":1}]', /no JSON export/],
    ['an export without chats', '{"about":"x","contacts":{"list":[]}}', /no chat in this file/],
    ['nothing', '', /ends too early/],
    ['a chat that says nothing of itself', '{"messages":[]}', /are missing, at byte 12/],
    ['a chat whose id is none', chatExport([], { ...group, id: -5 }), /before its messages, are missing/],
    [
      'a chat whose id is no integer',
      chatExport([], { ...group, id: 1.5 }),
      /before its messages, are missing/,
    ],
    ['messages that are no list', '{"type":"bot_chat","id":1,"messages":{"a":1}}', /no chat in this file/],
    [
      'a chat whose members were reordered',
      '{"id":1,"messages":[],"type":"private_group"}',
      /before its messages, are missing/,
    ],
    [
      'a second chat that says nothing of itself',
      '{"chats":{"list":[{"type":"bot_chat","id":1,"messages":[]},{"messages":[]}]}}',
      /are missing/,
    ],
  ];
  for (const [fact, text, problem] of others) {
    it(`refuses ${fact}`, () => {
      expect(() => read(text)).to.throw(JsonDamageError, problem);
    });
  }
});
