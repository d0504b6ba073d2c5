import type { MessageRow } from '../../../src/lake/columns.ts';
import { bareRow } from '../../../tools/fixtures/message-rows.ts';
import { shapes } from './message-shapes.ts';
import { otherKinds } from './other-kinds.ts';
import { channel, firstSecond, group, type Post, people, post } from './post.ts';

/** A day of a group: what Telegram posts, in the order of its coming, and what must become of it. */
export interface GroupDay {
  readonly posts: readonly Post[];
  /** The rows of the day's file, in the file's order. */
  readonly rows: readonly MessageRow[];
}

/**
 * A day with a number of messages, evenly from its first second to its last, two of them in each second; besides them
 * their edits, redeliveries, and one update of every other kind that the Bot API knows.
 *
 * Update and row of a message are written down side by side, never one made from the other, so that comparing what the
 * application makes of the updates with the rows proves something.
 *
 * @param messages - an even number, 4 at least
 */
export function groupDay(messages: number): GroupDay {
  const secondsApart = 86_399 / (messages / 2 - 1);
  const all = Array.from({ length: messages }, (_, i) => {
    const date = firstSecond + Math.round(Math.floor(i / 2) * secondsApart);
    return oneMessage(i, date);
  });
  return {
    posts: [...all.flatMap(({ posts }) => posts), ...otherKinds(firstSecond + 40_000)],
    rows: all
      .map(({ row }) => row)
      .sort((a, b) => Number(a.date) - Number(b.date) || Number(a.chat_id) - Number(b.chat_id)),
  };
}

const texts = [
  'Alguém sabe filtrar por partição? 🙂👩🏽‍💻',
  'tab\tline\nbreak "quoted" \\ back\\slash \u0001 \u2028 null 🇧🇷',
  "SELECT ';' -- '' FROM telegram",
  ' ',
];

function oneMessage(i: number, date: number): { posts: Post[]; row: MessageRow } {
  const updateId = 900_000_000 + 10 * i;
  const messageId = 1_000 + i;
  const text = texts[Math.floor(i / shapes.length) % texts.length] ?? '';
  if (i % 20 === 19) return channelPost(updateId, messageId, date, text);

  const person = people[Math.floor(i / 3) % people.length] ?? people[0];
  const { message, row } = (shapes[i % shapes.length] as (typeof shapes)[0])(i, text);
  const plain = { message_id: messageId, from: person, chat: group, date };
  const sent = post(updateId, 'message', { ...plain, ...message }, date);
  const sentRow: MessageRow = {
    ...bareRow,
    message_id: messageId,
    user_id: person.id,
    user_is_bot: person.is_bot,
    user_first_name: person.first_name,
    user_username: 'username' in person ? person.username : null,
    chat_id: group.id,
    chat_type: 'supergroup',
    chat_title: group.title,
    date,
    update_id: updateId,
    ...row,
  };
  const posts = i % 5 === 0 ? [sent, sent] : [sent];
  if (i % shapes.length !== 0) return { posts, row: sentRow };

  // Edited twice, the last time on the next day; every other time the edits arrive before the message, last one first.
  const edit = (id: number, afterSeconds: number, text: string) =>
    post(id, 'edited_message', { ...plain, edit_date: date + afterSeconds, text }, date);
  const edited = {
    update_id: updateId + 2,
    text: `${text} (edited)`,
    edit_date: date + 86_400,
  };
  const edits = [edit(updateId + 1, 30, 'first edit'), edit(edited.update_id, 86_400, edited.text)];
  const isLate = i % (2 * shapes.length) === 0;
  return {
    posts: isLate ? [...edits.reverse(), ...posts] : [...posts, ...edits],
    row: { ...sentRow, ...edited },
  };
}

function channelPost(updateId: number, messageId: number, date: number, text: string) {
  const message = { message_id: messageId, sender_chat: channel, chat: channel, date, text };
  const row = {
    ...bareRow,
    message_id: messageId,
    chat_id: channel.id,
    chat_type: 'channel',
    chat_title: channel.title,
    text,
    date,
    update_id: updateId,
    kind: 'channel_post',
    content_type: 'text',
    sender_chat_id: channel.id,
    sender_chat_title: channel.title,
  };
  const edited = { ...message, text: `${text}!`, edit_date: date + 60 };
  return {
    posts: [
      post(updateId, 'channel_post', message, date),
      post(updateId + 1, 'edited_channel_post', edited, date),
    ],
    row: { ...row, update_id: updateId + 1, text: edited.text, edit_date: edited.edit_date },
  };
}
