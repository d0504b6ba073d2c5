import { asInteger, asObject, asString, type JsonObject } from '../../base/json.ts';
import { ExportDates, type ExportDatesOptions } from './export-date.ts';
import { mediaOf } from './export-media.ts';
import { type ChatOfExport, type Peer, peerOf } from './export-peer.ts';
import { serviceOf } from './export-service.ts';
import { plainText } from './export-text.ts';
import { MessageIndex } from './message-index.ts';

/** Why an exported message cannot be imported. `repeated`: the export has one of this id already. */
export type NotImported = 'no id' | 'no date' | 'impossible date' | 'repeated';

/** An exported message as the Bot API would have delivered it. */
export interface BotApiMessage {
  readonly kind: 'message' | 'channel_post';
  readonly payload: JsonObject;
  readonly messageId: number;
  readonly chatId: number;
  readonly dateSeconds: number;
  /** The export has only the local time of the machine it was made on. */
  readonly isLocalDate: boolean;
}

export interface ExportedMessagesOptions extends ExportDatesOptions {
  readonly chat: ChatOfExport;
  /** The basic group that became this supergroup; undefined where that is not known, or none did. */
  readonly migratedFrom: number | undefined;
  /** Users who are bots, by id or by name in the export, which does not mark bots. */
  readonly isBot?: (userId: number, name: string | undefined) => boolean;
}

/**
 * What Telegram Desktop subtracts from the ids of messages that a supergroup was sent as a basic group, so that they
 * differ from those sent later.
 */
export const migratedIdShift = 1_000_000_000;

/**
 * Turns the messages of one chat into those of the Bot API, one after the other in the order of the export.
 *
 * It remembers who wrote which message and the topics, because the export names what a reply answers by its id alone.
 * What the Bot API has and an export has not is missing: usernames, who is a bot, albums, the members' ids.
 */
export class ExportedMessages {
  readonly #options: ExportedMessagesOptions;
  readonly #index = new MessageIndex();
  readonly #dates: ExportDates;

  constructor(options: ExportedMessagesOptions) {
    this.#options = options;
    this.#dates = new ExportDates(options);
  }

  /**
   * When the export's version of a message was last changed, in Unix seconds; 0 where it never was, undefined where the
   * export does not have the message. It is named as in the lake, which may have taken it from an earlier export, when
   * the basic group was not yet known.
   */
  changedAt(chatId: number, messageId: number): number | undefined {
    const { chat, migratedFrom } = this.#options;
    if (chatId === chat.id) return this.#index.changedAt(messageId);
    return chatId === migratedFrom ? this.#index.changedAt(messageId - migratedIdShift) : undefined;
  }

  read(exported: JsonObject): BotApiMessage | NotImported {
    const id = asInteger(exported.id);
    if (!id) return 'no id';
    if (this.#index.has(id)) return 'repeated';
    const sender = this.#senderOf(exported);
    const userId = asInteger(asObject(sender.from)?.id);
    const threadId = this.#threadOf(exported, id);
    const sentAt = this.#dates.sentAt(exported, id);
    if (typeof sentAt === 'string') return sentAt;
    const changedAt = this.#dates.editedAt(exported, id);
    this.#index.note(id, { authorId: userId ?? 0, threadId: threadId ?? 0, changedAt: changedAt ?? 0 });

    const { messageId, chat } = this.#identityOf(id);
    const payload = {
      message_id: messageId,
      ...(threadId !== undefined && { message_thread_id: threadId, is_topic_message: true }),
      ...sender,
      chat,
      date: sentAt.seconds,
      ...(changedAt !== undefined && { edit_date: changedAt }),
      ...forwardOf(exported, chat),
      ...this.#replyOf(exported, id, threadId),
      ...contentOf(exported, () => this.#serviceOf(exported, id, sender)),
    };
    return {
      kind: chat.type === 'channel' ? 'channel_post' : 'message',
      payload,
      messageId,
      chatId: chat.id,
      dateSeconds: sentAt.seconds,
      isLocalDate: sentAt.isLocal,
    };
  }

  #identityOf(id: number): { messageId: number; chat: ChatOfExport } {
    const { chat, migratedFrom } = this.#options;
    if (id > 0 || migratedFrom === undefined) return { messageId: id, chat };
    const group: ChatOfExport = { id: migratedFrom, type: 'group', title: chat.title };
    return { messageId: id + migratedIdShift, chat: group };
  }

  #senderOf(exported: JsonObject): JsonObject {
    const { chat, isBot } = this.#options;
    const name = asString(exported.from ?? exported.actor);
    const peer = peerOf(exported.from_id ?? exported.actor_id, chat);
    if (chat.type === 'channel') {
      return {
        sender_chat: chat,
        ...(exported.author !== undefined && { author_signature: exported.author }),
      };
    }
    if (!peer) return {};
    if (peer.kind === 'user') {
      const user = namedUser(peer.id, name);
      return { from: isBot?.(peer.id, name) ? { ...user, is_bot: true } : user };
    }
    return senderInGroup(peer, name, chat, exported);
  }

  /**
   * The topic of a message: an export has it only for those that create one. The others reply to that message, or to
   * one that does.
   */
  #threadOf(exported: JsonObject, id: number): number | undefined {
    if (exported.action === 'topic_created') return id;
    const repliedTo = exported.reply_to_peer_id === undefined && asInteger(exported.reply_to_message_id);
    return repliedTo ? this.#index.threadOf(repliedTo) : undefined;
  }

  #replyOf(exported: JsonObject, id: number, threadId: number | undefined): JsonObject {
    const repliedTo = asInteger(exported.reply_to_message_id);
    // A message to a topic as such names the one that created it.
    if (!repliedTo || repliedTo === threadId) return {};
    const otherChat = peerOf(exported.reply_to_peer_id, this.#options.chat);
    if (otherChat) {
      return { external_reply: { message_id: repliedTo, chat: { id: otherChat.id } } };
    }
    if (repliedTo < 0 !== id < 0) return {};
    const author = this.#index.authorOf(repliedTo);
    const { messageId } = this.#identityOf(repliedTo);
    return {
      reply_to_message: { message_id: messageId, ...(author !== undefined && { from: { id: author } }) },
    };
  }

  #serviceOf(exported: JsonObject, id: number, sender: JsonObject): JsonObject {
    const { chat, migratedFrom = null } = this.#options;
    const pinned = asInteger(exported.message_id);
    const isSameChat = exported.reply_to_peer_id === undefined && pinned !== undefined;
    return serviceOf(
      isSameChat ? { ...exported, message_id: this.#identityOf(pinned).messageId } : exported,
      {
        actor: asObject(sender.from),
        isChannel: chat.type === 'channel',
        migratedTo: id < 0 ? chat.id : null,
        migratedFrom,
      },
    );
  }
}

function contentOf(exported: JsonObject, service: () => JsonObject): JsonObject {
  if (exported.type === 'service') return service();
  const media = mediaOf(exported);
  const text = plainText(exported.text);
  const hasMedia = Object.keys(media).length > 0;
  const viaBot = asString(exported.via_bot)?.replace(/^@/, '');
  return {
    ...(viaBot !== undefined && { via_bot: { is_bot: true, username: viaBot } }),
    ...media,
    ...(exported.media_spoiler === true && { has_media_spoiler: true }),
    ...(text !== '' && { [hasMedia ? 'caption' : 'text']: text }),
  };
}

/** The name is null where the account that was forwarded from is deleted. */
function forwardOf(exported: JsonObject, chat: ChatOfExport): JsonObject {
  if (exported.forwarded_from === undefined) return {};
  const name = asString(exported.forwarded_from) ?? '';
  const peer = peerOf(exported.forwarded_from_id, chat);
  if (!peer) return { forward_origin: { type: 'hidden_user', sender_user_name: name } };
  return {
    forward_origin:
      peer.kind === 'user'
        ? { type: 'user', sender_user: namedUser(peer.id, name) }
        : { type: 'channel', chat: { id: peer.id, title: name } },
  };
}

/** Who stands in for the sender when a group, a channel, or a group's linked channel posts in a group. */
function senderInGroup(
  peer: Peer,
  name: string | undefined,
  chat: ChatOfExport,
  exported: JsonObject,
): JsonObject {
  if (peer.id === chat.id || chat.type === 'group') {
    return { from: groupAnonymousBot, sender_chat: chat };
  }
  const senderChat = { id: peer.id, type: 'channel', ...(name !== undefined && { title: name }) };
  const isAutomaticForward = exported.saved_from !== undefined && exported.saved_from === exported.from;
  return isAutomaticForward
    ? { from: telegram, sender_chat: senderChat, is_automatic_forward: true }
    : { from: channelBot, sender_chat: senderChat };
}

function namedUser(id: number, name: string | undefined): JsonObject {
  return { id, ...(name !== undefined && { first_name: name }) };
}

/** @see https://core.telegram.org/bots/api#message `sender_chat`, and the accounts that the server puts for it */
const groupAnonymousBot = {
  id: 1087968824,
  is_bot: true,
  first_name: 'Group',
  username: 'GroupAnonymousBot',
};
const channelBot = { id: 136817688, is_bot: true, first_name: 'Channel', username: 'Channel_Bot' };
const telegram = { id: 777000, is_bot: false, first_name: 'Telegram' };
