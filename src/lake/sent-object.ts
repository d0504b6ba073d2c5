import type { BotReply, DeletedMessages, SentMessage, SentReport } from '../telegram/sent-message.ts';

type Remarks = Pick<SentReport, 'handled' | 'intent'>;

/**
 * A raw object with a message that a bot has sent: shaped like an update, so that whatever reads updates reads it the
 * same way. What distinguishes it is `"source":"sent"` and that it has no `update_id`.
 *
 * @example {"source":"sent","message":{"message_id":7,…},"handled":true,"intent":"deploy"}
 */
export function sentObject({ kind, text }: Pick<SentMessage, 'kind' | 'text'>, remarks: Remarks): string {
  return `{"source":"sent","${kind}":${text}${remarksText(remarks)}}`;
}

/** A raw object with a bot's message that an update of something else showed whole. */
export function shownObject({ kind, text }: Pick<SentMessage, 'kind' | 'text'>): string {
  return `{"source":"reply","${kind}":${text}}`;
}

/**
 * A raw object that lists the messages that a bot has deleted. The Bot API has no such update; the name follows its
 * others.
 */
export function deletedObject({ chatId, messageIds }: DeletedMessages, atSeconds: number): string {
  const chat = { id: chatId, ...(chatId > 0 && { type: 'private' }) };
  const deleted_bot_messages = { chat, message_ids: messageIds, date: atSeconds };
  return JSON.stringify({ source: 'sent', deleted_bot_messages });
}

/** A raw object with a call of the Bot API by which a bot has answered an update. */
export function replyObject({ chatId, text }: BotReply, atSeconds: number): string {
  const chat = JSON.stringify({ id: chatId, ...(chatId > 0 && { type: 'private' }) });
  return `{"source":"sent","webhook_reply":{"chat":${chat},"date":${atSeconds},"call":${text}}}`;
}

function remarksText({ handled, intent }: Remarks): string {
  const text = JSON.stringify({ handled, intent }).slice(1, -1);
  return text && `,${text}`;
}
