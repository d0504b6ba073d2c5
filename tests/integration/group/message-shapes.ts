import type { MessageRow } from '../../../src/lake/columns.ts';
import { type Fields, group, people } from './post.ts';

/** What one shape of message has beside id, sender, chat and date, and the columns that its row has of that. */
export interface Shape {
  readonly message: Fields;
  readonly row: Partial<MessageRow>;
}

/** The shapes of messages: what the i-th message of the group is like, with a text where it has one. */
export const shapes: readonly ((i: number, text: string) => Shape)[] = [
  (_, text) => ({ message: { text }, row: { content_type: 'text', text } }),
  (i, caption) => ({
    message: {
      media_group_id: `1387${i}`,
      photo: [{ file_id: 'AgACAgEAAyEFAAS', file_unique_id: 'AQAD', width: 90, height: 67 }],
      caption,
    },
    row: { content_type: 'photo', media_group_id: `1387${i}`, caption },
  }),
  () => ({
    message: { voice: { file_id: 'AwACAgEAAyEF', file_unique_id: 'AgAD', duration: 3 } },
    row: { content_type: 'voice' },
  }),
  (i, text) => ({
    message: {
      text,
      reply_to_message: { message_id: 1_000 + i - 3, from: people[1], chat: group, date: 1, text: 'que?' },
    },
    row: { content_type: 'text', text, reply_to_message_id: 1_000 + i - 3, reply_to_user_id: people[1].id },
  }),
  (_, text) => ({
    message: { text, forward_origin: { type: 'hidden_user', sender_user_name: 'Eva', date: 1_700_000_000 } },
    row: { content_type: 'text', text, is_forward: true },
  }),
  (i, text) => ({
    message: {
      text,
      message_thread_id: 40 + (i % 3),
      is_topic_message: true,
      // Telegram's way to say which topic; nobody replied.
      reply_to_message: { message_id: 40, from: people[0], chat: group, date: 1, forum_topic_created: {} },
    },
    row: { content_type: 'text', text, message_thread_id: 40 + (i % 3) },
  }),
  (_, text) => ({
    message: {
      from: { id: 1087968824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' },
      sender_chat: group,
      text,
    },
    row: {
      user_id: 1087968824,
      user_is_bot: true,
      user_first_name: 'Group',
      user_username: 'GroupAnonymousBot',
      sender_chat_id: group.id,
      sender_chat_title: group.title,
      content_type: 'text',
      text,
    },
  }),
  (_, text) => ({
    message: {
      poll: {
        id: '5',
        question: `Qual dia? ${text}`,
        options: [
          { text: 'Sábado', voter_count: 2 },
          { text: 'Domingo', voter_count: 0 },
        ],
      },
    },
    row: { content_type: 'poll', content_text: `Qual dia? ${text}\nSábado\nDomingo` },
  }),
  () => ({
    message: { new_chat_participant: people[2], new_chat_member: people[2], new_chat_members: [people[2]] },
    row: { content_type: 'new_chat_members' },
  }),
];
