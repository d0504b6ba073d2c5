import { asInteger, asString, type JsonObject } from '../../base/json.ts';

/** A chat as the Bot API writes it, as far as an export knows it. */
export interface ChatOfExport {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup' | 'channel';
  readonly title: string;
}

/** Somebody who sends: a person or bot by the user's id, or a group or channel by its chat id. */
export type Peer =
  | { readonly kind: 'user'; readonly id: number }
  | { readonly kind: 'chat'; readonly id: number };

/** The Bot API's type of a chat for each that Telegram Desktop writes. */
const chatTypes: Readonly<Record<string, ChatOfExport['type']>> = {
  private_group: 'group',
  private_supergroup: 'supergroup',
  public_supergroup: 'supergroup',
  private_channel: 'channel',
  public_channel: 'channel',
  personal_chat: 'private',
  bot_chat: 'private',
  saved_messages: 'private',
  replies: 'private',
  verify_codes: 'private',
};

/**
 * A chat's identity in the Bot API, from what stands before its messages in an export.
 *
 * @param type - Telegram Desktop's name of its type: `private_supergroup`…
 * @param id - as the export has it: without a sign
 * @returns undefined for a type that this code does not know: then the id is unknown
 */
export function chatOfExport(
  { name, type, id }: { readonly name: string; readonly type: string; readonly id: number },
  writtenBefore2021: boolean,
): ChatOfExport | undefined {
  const botApiType = Object.hasOwn(chatTypes, type) ? chatTypes[type] : undefined;
  if (!botApiType) return undefined;
  const bareId = writtenBefore2021 ? withoutKind(id) : id;
  return { id: botApiId(bareId, botApiType), type: botApiType, title: name };
}

/**
 * Whether a message comes from a Telegram Desktop older than April 2021, which wrote ids as numbers, those of chats
 * with their kind in the bits above 32.
 */
export function isWrittenBefore2021(message: JsonObject): boolean {
  const sender = message.from_id ?? message.actor_id;
  return sender === undefined ? message.date_unixtime === undefined : typeof sender === 'number';
}

/**
 * Who `from_id`, `actor_id` and the like name: `user123`, `chat123`, `channel123`, or one of the older numbers.
 *
 * @param chat - whose messages these are: older numbers do not distinguish groups and channels
 */
export function peerOf(value: unknown, chat: ChatOfExport): Peer | undefined {
  const number = asInteger(value);
  if (number !== undefined) return peerOfNumber(number, chat);
  const match = /^(user|chat|channel)(\d+)$/.exec(asString(value) ?? '');
  if (!match) return undefined;
  const id = Number(match[2]);
  if (match[1] === 'user') return { kind: 'user', id };
  return { kind: 'chat', id: botApiId(id, match[1] === 'chat' ? 'group' : 'channel') };
}

const kindOfUser = 2 ** 32;
const kindOfChat = 2 ** 33;

function peerOfNumber(number: number, chat: ChatOfExport): Peer | undefined {
  if (number <= 0) return undefined;
  // Until September 2020 a sender was a user, and its number the user's id.
  if (number < kindOfChat) return { kind: 'user', id: withoutKind(number) };
  const bareId = withoutKind(number);
  const isOwn = botApiId(bareId, chat.type) === chat.id;
  return { kind: 'chat', id: isOwn ? chat.id : botApiId(bareId, 'channel') };
}

function withoutKind(id: number): number {
  return id % kindOfUser;
}

function botApiId(bareId: number, type: ChatOfExport['type']): number {
  if (type === 'private') return bareId;
  return type === 'group' ? -bareId : -1_000_000_000_000 - bareId;
}
