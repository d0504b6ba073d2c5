import { asBoolean, asInteger, asMoment, asObject, asString, type JsonObject } from '../base/json.ts';
import type { Day } from '../base/local-day.ts';
import { plausibleDate } from '../lake/calendar.ts';
import type { MessageRow } from '../lake/columns.ts';
import type { ImportedMessage } from '../lake/import-line.ts';
import { contentText } from '../telegram/content-text.ts';
import { contentType } from '../telegram/message-content.ts';
import type { RawObject } from '../telegram/update.ts';

/** Why an update gives no row. */
export type NoRow = 'not a message' | 'no identity' | 'no date';

/** The kinds of update that carry a message, and what the column `kind` says of each. */
export const kindsWithRows: Readonly<Record<string, string>> = {
  message: 'message',
  edited_message: 'message',
  channel_post: 'channel_post',
  edited_channel_post: 'channel_post',
};

/**
 * The row of an update, or of an imported message, or why it has none.
 *
 * A field that is missing, or of another type than the Bot API says, is null. `no identity`: messages without an id
 * of their own (ephemeral ones have 0), which no later edit or reply could name. `no date`: edits of a message whose
 * date is impossible, since they may be filed under another day than the message.
 *
 * @param day - that the raw object is filed under
 */
export function messageRow(raw: RawObject | ImportedMessage, day: Day): MessageRow | NoRow {
  const { kind, payload: message, updateId, chatId } = raw;
  const rowKind = Object.hasOwn(kindsWithRows, kind) ? kindsWithRows[kind] : undefined;
  if (rowKind === undefined) return 'not a message';
  const messageId = asInteger(message.message_id);
  if (!messageId || chatId === undefined) return 'no identity';
  const date = plausibleDate(asMoment(message.date), day) ?? null;
  if (date === null && kind.startsWith('edited_')) return 'no date';
  const type = contentType(message);

  const chat = asObject(message.chat);
  const chatTitle = asString(chat?.title) ?? null;
  const from = asObject(message.from);
  const senderChat = asObject(message.sender_chat);
  const repliedTo = repliedMessage(message);
  return {
    message_id: messageId,
    user_id: asInteger(from?.id) ?? null,
    user_is_bot: asBoolean(from?.is_bot) ?? null,
    user_first_name: asString(from?.first_name) ?? null,
    chat_id: chatId,
    chat_type: asString(chat?.type) ?? null,
    text: asString(message.text) ?? null,
    date,
    update_id: updateId,
    kind: rowKind,
    content_type: type,
    caption: asString(message.caption) ?? null,
    content_text: contentText(type, message[type]) ?? null,
    user_username: asString(from?.username) ?? null,
    sender_chat_id: asInteger(senderChat?.id) ?? null,
    sender_chat_title: asString(senderChat?.title) ?? null,
    reply_to_message_id: asInteger(repliedTo?.message_id) ?? null,
    reply_to_user_id: asInteger(asObject(repliedTo?.from)?.id) ?? null,
    message_thread_id: asInteger(message.message_thread_id) ?? null,
    is_forward: message.forward_origin !== undefined || message.forward_date !== undefined,
    edit_date: asMoment(message.edit_date) ?? null,
    media_group_id: asString(message.media_group_id) ?? null,
    chat_title: chatTitle,
    // Of a private chat it is the person's.
    chat_username: chatTitle === null ? null : (asString(chat?.username) ?? null),
    source: updateId === null ? ('source' in raw ? raw.source : 'import') : 'webhook',
    handled: ('handled' in raw ? raw.handled : undefined) ?? null,
    intent: ('intent' in raw ? raw.intent : undefined) ?? null,
  };
}

/** In a forum every message names the topic's first message as the one it replies to, which no person did. */
function repliedMessage(message: JsonObject): JsonObject | undefined {
  const repliedTo = asObject(message.reply_to_message);
  return repliedTo?.forum_topic_created === undefined ? repliedTo : undefined;
}
