import { asMoment, asObject } from '../base/json.ts';
import { memberTexts } from '../base/json-text.ts';
import { readMessage, type SentMessage } from './sent-message.ts';
import type { Update } from './update.ts';

const showing: Readonly<Record<string, string>> = {
  message: 'reply_to_message',
  edited_message: 'reply_to_message',
  callback_query: 'message',
};

/**
 * A bot's message that stands whole in an update: what somebody replied to, or pressed a button on. Telegram delivers it
 * in no other way. Undefined where there is none, or only its ids.
 *
 * @param body - of that update
 */
export function shownMessage({ kind, payload }: Update, body: Uint8Array): SentMessage | undefined {
  const member = Object.hasOwn(showing, kind) ? (showing[kind] ?? '') : '';
  const message = asObject(payload[member]);
  // A chat that acts as itself is no bot, though Telegram names one as its author. Nor is the start of a topic a message.
  if (!message || message.sender_chat !== undefined || message.forum_topic_created !== undefined)
    return undefined;
  if (asObject(message.from)?.is_bot !== true || !asMoment(message.date)) return undefined;
  const inner = memberTexts(Buffer.from(body).toString('utf8')).get(kind);
  const text = inner && memberTexts(inner).get(member);
  const read = text === undefined ? undefined : readMessage(message, text);
  return read && !('problem' in read) ? read : undefined;
}
