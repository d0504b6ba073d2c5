import type { Message, Update } from '@grammyjs/types';
import { expect } from 'chai';
import { demoChatId, demoGroup } from '../../src/demo/demo-group.ts';

const updates = [...demoGroup()];
const messages = updates.flatMap(({ message }) => (message?.chat.id === demoChatId ? [message] : []));

/** São Paulo's day, computed without the time zone database: UTC-3 all through the demo's month. */
const dayInSaoPaulo = (at: number): string => new Date((at - 10_800) * 1000).toISOString().slice(0, 10);

describe('demoGroup', () => {
  it('gives about 5,400 updates', () => {
    expect(updates.length).to.be.within(5_200, 5_600);
  });

  it('gives the same updates for the same seed, byte for byte, and others for another', () => {
    const again = JSON.stringify([...demoGroup()]);
    expect(again).to.equal(JSON.stringify(updates));
    expect(JSON.stringify([...demoGroup({ seed: 8 })])).not.to.equal(again);
  });

  it('sends messages on each of 30 local days, from 2026-10-24 to 2026-11-22', () => {
    const days = [...new Set(messages.map(({ date }) => dayInSaoPaulo(date)))].sort();
    expect(days).to.have.length(30);
    expect(days.at(0)).to.equal('2026-10-24');
    expect(days.at(-1)).to.equal('2026-11-22');
  });

  it('delivers in order: update ids and message ids never go back', () => {
    const ascending = (ids: number[]) => ids.every((id, index) => index === 0 || id >= (ids[index - 1] ?? 0));
    expect(ascending(updates.map(({ update_id }) => update_id))).to.equal(true);
    expect(ascending(messages.map(({ message_id }) => message_id))).to.equal(true);
  });

  it('redelivers some updates unchanged', () => {
    const byId = Map.groupBy(updates, ({ update_id }) => update_id);
    const redelivered = [...byId.values()].filter(({ length }) => length > 1);
    expect(redelivered.length).to.be.greaterThan(20);
    for (const [first, second] of redelivered) expect(second).to.deep.equal(first);
  });

  it('replies only to messages sent before', () => {
    const sentAt = new Map(messages.map(({ message_id, date }) => [message_id, date]));
    const replies = messages.filter(({ reply_to_message }) => reply_to_message);
    expect(replies.length).to.be.greaterThan(1_000);
    for (const { date, reply_to_message } of replies) {
      expect(sentAt.get(reply_to_message?.message_id ?? 0)).to.be.within(1, date);
    }
  });

  it('edits after midnight a message of the day before', () => {
    const edits = updates.flatMap(({ edited_message }) => (edited_message ? [edited_message] : []));
    expect(edits.length).to.be.greaterThan(50);
    expect(edits.some(({ date, edit_date }) => dayInSaoPaulo(date) < dayInSaoPaulo(edit_date))).to.equal(
      true,
    );
  });

  it('sends messages in the last second of a day and in the first of the next', () => {
    const secondOfDay = new Set(messages.map(({ date }) => (date - 10_800) % 86_400));
    expect(secondOfDay).to.include(0).and.to.include(86_399);
  });

  it('marks entities by the text they cover', () => {
    const covered = messages.flatMap(({ text = '', entities = [] }) =>
      entities.map(({ type, offset, length }) => [type, text.slice(offset, offset + length)] as const),
    );
    expect(covered.length).to.be.greaterThan(100);
    for (const [type, part] of covered) {
      if (type === 'url') expect(part).to.match(/^https:\/\/\S+$/);
      if (type === 'hashtag') expect(part).to.match(/^#\S+$/);
      expect(part).not.to.include('`');
    }
  });

  const kinds: [fact: string, holds: (update: Update) => boolean][] = [
    ['reactions', ({ message_reaction }) => message_reaction !== undefined],
    ['members who come', ({ chat_member }) => chat_member?.new_chat_member.status === 'member'],
    ['members who leave', ({ chat_member }) => chat_member?.new_chat_member.status === 'left'],
    ['the bot becoming administrator', ({ my_chat_member }) => my_chat_member !== undefined],
    ['a poll’s result, which names no chat itself', ({ poll }) => poll?.is_closed === true],
    ['a pressed button', ({ callback_query }) => callback_query !== undefined],
    ['messages of another chat', ({ message }) => message !== undefined && message.chat.id !== demoChatId],
  ];
  for (const [fact, holds] of kinds) {
    it(`holds ${fact}`, () => expect(updates.some(holds)).to.equal(true));
  }

  const contents: [fact: string, holds: (message: Message) => boolean][] = [
    ['photos with a caption', ({ photo, caption }) => photo !== undefined && caption !== undefined],
    ['voice', ({ voice }) => voice !== undefined],
    ['stickers', ({ sticker }) => sticker !== undefined],
    ['files', ({ document }) => document !== undefined],
    ['an album', ({ media_group_id }) => media_group_id !== undefined],
    [
      'forwards',
      ({ forward_origin, is_automatic_forward }) => forward_origin !== undefined && !is_automatic_forward,
    ],
    ['posts of the linked channel', ({ is_automatic_forward }) => is_automatic_forward === true],
    ['comments in a thread', ({ message_thread_id }) => message_thread_id !== undefined],
    ['anonymous administrators', ({ sender_chat }) => sender_chat?.id === demoChatId],
    ['a poll', ({ poll }) => poll !== undefined],
    ['a pinned message', ({ pinned_message }) => pinned_message !== undefined],
    ['arrivals', ({ new_chat_members }) => new_chat_members !== undefined],
    ['departures', ({ left_chat_member }) => left_chat_member !== undefined],
  ];
  for (const [fact, holds] of contents) {
    it(`holds messages: ${fact}`, () => expect(messages.some(holds)).to.equal(true));
  }
});
