import {
  asBoolean,
  asInteger,
  asMoment,
  asObject,
  asString,
  type JsonObject,
  parsedJson,
} from '../base/json.ts';
import { elementTexts, memberTexts } from '../base/json-text.ts';

/** A message that a bot has sent or edited, as the Bot API answered it. */
export interface SentMessage {
  readonly chatId: number;
  readonly messageId: number;
  /** Unix seconds; undefined where there is none. */
  readonly date: number | undefined;
  readonly editDate: number | undefined;
  /** As the Bot API names the kind of update that would report it. */
  readonly kind: 'message' | 'channel_post';
  /** Its JSON, byte for byte. */
  readonly text: string;
}

/** Messages of one chat that a bot has deleted. */
export interface DeletedMessages {
  readonly chatId: number;
  readonly messageIds: readonly number[];
}

/** What a bot reports of one call of the Bot API. */
export interface SentReport {
  readonly sent: readonly SentMessage[];
  readonly deleted: DeletedMessages | undefined;
  /** Whether the bot could help, by its own account. */
  readonly handled: boolean | undefined;
  /** What the bot took the question for. */
  readonly intent: string | undefined;
}

/**
 * Reads what a bot reports: a Message, an array of them, the Bot API's answer `{ok, result}`, or
 * `{method, payload, result, handled, intent}`, where `payload` is needed for deletions only. A result without a
 * message (`true`, ids of copies) is a report of nothing.
 *
 * @returns in words, why it is none; of bots only, so that nobody can make people say anything by it
 */
export function readSentReport(json: string): SentReport | { readonly problem: string } {
  const value = parsedJson(json);
  if (typeof value !== 'object' || value === null) return { problem: 'not a JSON object or array' };
  const fields = asObject(value);
  const isReport = fields !== undefined && fields.message_id === undefined;
  const text = isReport ? memberTexts(json).get('result') : json;
  const result = isReport ? fields.result : value;
  if (fields?.ok === false) return { problem: 'the call failed, so nothing was sent' };
  if (text === undefined) return { problem: 'no result' };
  const handled = asBoolean(fields?.handled);
  const intent = asString(fields?.intent)?.slice(0, 256);

  const sent: SentMessage[] = [];
  const messages = Array.isArray(result) ? result : [result];
  const texts = Array.isArray(result) ? elementTexts(text) : [text];
  for (const [index, message] of messages.entries()) {
    const one = asObject(message);
    if (!one || one.chat === undefined) continue;
    const read = readMessage(one, texts[index] ?? '');
    if ('problem' in read) return read;
    sent.push(read);
  }
  const deleted = isReport && result === true ? deletionOf(fields) : undefined;
  return { sent, deleted, handled, intent };
}

/** A call of the Bot API in a bot's answer to an update, which Telegram makes. */
export interface BotReply {
  readonly chatId: number;
  /** Its JSON, byte for byte. */
  readonly text: string;
}

/** The call in a bot's answer, where it is one that names a chat; else undefined. */
export function readReply(json: string): BotReply | undefined {
  const call = asObject(parsedJson(json));
  const chatId = asInteger(call?.chat_id);
  return asString(call?.method) === undefined || chatId === undefined ? undefined : { chatId, text: json };
}

/** A bot's message, or why it is none. */
export function readMessage(message: JsonObject, text: string): SentMessage | { readonly problem: string } {
  const chat = asObject(message.chat);
  const chatId = asInteger(chat?.id);
  const messageId = asInteger(message.message_id);
  if (chatId === undefined || !messageId) return { problem: 'a message without a chat id or a message id' };
  const isChannel = chat?.type === 'channel';
  const from = asObject(message.from);
  if (from ? from.is_bot !== true : !isChannel) return { problem: 'a message that no bot has sent' };
  return {
    chatId,
    messageId,
    date: asMoment(message.date),
    editDate: asMoment(message.edit_date),
    kind: isChannel ? 'channel_post' : 'message',
    text,
  };
}

function deletionOf({ method, payload }: JsonObject): DeletedMessages | undefined {
  if (!/^deleteMessages?$/i.test(asString(method) ?? '')) return undefined;
  const call = asObject(payload);
  const chatId = asInteger(call?.chat_id);
  const ids = Array.isArray(call?.message_ids) ? call.message_ids : [call?.message_id];
  const messageIds = ids.map(asInteger).filter((id) => id !== undefined);
  return chatId === undefined || messageIds.length === 0 ? undefined : { chatId, messageIds };
}
