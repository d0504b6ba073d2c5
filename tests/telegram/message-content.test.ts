import { expect } from 'chai';
import { contentType } from '../../src/telegram/message-content.ts';

const envelope = { message_id: 1, date: 1795402799, chat: { id: -1 }, from: { id: 1 } };

describe('content type', () => {
  const cases: [type: string, fields: object][] = [
    ['text', { text: 'hello', entities: [], link_preview_options: {} }],
    ['text', { text: '', reply_to_message: {}, is_topic_message: true }],
    [
      'photo',
      { photo: [], caption: 'a cat', caption_entities: [], media_group_id: '1', has_media_spoiler: true },
    ],
    ['animation', { document: {}, animation: {} }],
    ['live_photo', { photo: [], live_photo: {} }],
    ['venue', { location: {}, venue: {} }],
    ['location', { location: {} }],
    ['new_chat_members', { new_chat_participant: {}, new_chat_member: {}, new_chat_members: [] }],
    ['left_chat_member', { left_chat_participant: {}, left_chat_member: {} }],
    ['migrate_to_chat_id', { migrate_to_chat_id: -1001 }],
    ['pinned_message', { pinned_message: {}, sender_chat: {} }],
    ['rich_message', { rich_message: {} }],
    ['forum_topic_created', { forum_topic_created: {}, message_thread_id: 3 }],
    ['hologram', { hologram: {}, via_bot: {}, forward_origin: {} }],
    ['hologram', { zeppelin: {}, hologram: {} }],
    ['unknown', {}],
  ];
  for (const [type, fields] of cases) {
    it(`is ${type} for a message with ${Object.keys(fields).join(', ') || 'nothing'}`, () => {
      expect(contentType({ ...fields, ...envelope })).to.equal(type);
    });
  }
});
