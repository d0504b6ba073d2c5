import type { JsonObject } from '../base/json.ts';
import { fieldsOfEveryMessage } from '../telegram/message-content.ts';

/**
 * What is erased of a person, as tables: of which types of the Bot API, and of Telegram Desktop's export, an object may
 * be the person or be theirs, how it shows, and what is left of it.
 *
 * A raw object does not say of which type its parts are. So a rule knows its type by members that it has, or by the
 * name that it stands under.
 */
export interface ErasureRule {
  /** In the Bot API's words, or what it is in an export. */
  readonly type: string;
  /** It has one of these members, or stands under one of the names of `at`. */
  readonly has: readonly string[];
  readonly at?: readonly string[];
  /** Paths to a `User` or a private `Chat`. It is theirs where one of them is the person. */
  readonly users?: readonly string[];
  /** Paths to an id. */
  readonly ids?: readonly string[];
  /**
   * Paths to a full name, or to its two parts; with `@`, to a username. They count only where none of `ids` is there.
   */
  readonly names?: readonly string[];
  /** All that is left of it, or all that goes. */
  readonly left: readonly string[] | { readonly without: readonly string[] };
  /** For a reader, what is left where the list is long. */
  readonly leftInWords?: string;
  /** Says that it was theirs, in place of what it was. */
  readonly instead?: JsonObject;
}

/**
 * Where an update, or an imported message, is the person's own, and is deleted whole. Paths from the update's payload.
 */
export const ownUpdate: Pick<ErasureRule, 'users' | 'names'> = {
  users: [
    'from',
    'user',
    'chat',
    'message.chat',
    'old_chat_member.user',
    'new_chat_member.user',
    'source.user',
    'boost.source.user',
  ],
  names: ['author_signature'],
};

/** The same in an exported message. Its author has an id, save in old exports. */
export const ownExported: Pick<ErasureRule, 'ids' | 'names'> = {
  ids: ['from_id', 'actor_id'],
  names: ['from', 'actor', 'author'],
};

const placeOfMessage = ['message_id', 'message_thread_id', 'chat', 'date'];

/** Of a message that somebody else sent, all but what it holds. */
const frameOfMessage = [...fieldsOfEveryMessage].filter(
  (name) =>
    !/^forward_|entities$|^caption$|^reply_markup$|^link_preview_options$|caption_above|spoiler$/.test(name),
);

/** The first that fits an object, and by which it is theirs, says what is left of it. */
export const erasureRules: readonly ErasureRule[] = [
  {
    type: 'Message inside another update: replied to, pinned, with a poll or checklist',
    has: ['message_id'],
    users: ['from'],
    names: ['author_signature'],
    left: placeOfMessage,
  },
  {
    type: 'Message that forwards one of theirs',
    has: ['forward_origin', 'forward_from', 'forward_sender_name', 'forward_signature'],
    users: [
      'forward_origin.sender_user',
      'forward_origin.sender_chat',
      'forward_origin.chat',
      'forward_from',
    ],
    names: [
      'forward_origin.sender_user_name',
      'forward_origin.author_signature',
      'forward_sender_name',
      'forward_signature',
    ],
    left: frameOfMessage,
    leftInWords: 'who forwarded it, where, when, and as an answer to what',
    instead: { forward_origin: {} },
  },
  {
    type: 'ExternalReplyInfo',
    has: ['origin'],
    users: ['origin.sender_user', 'origin.sender_chat', 'origin.chat'],
    names: ['origin.sender_user_name', 'origin.author_signature'],
    left: ['chat', 'message_id'],
  },
  {
    type: 'Story',
    has: [],
    at: ['story', 'reply_to_story'],
    users: ['chat'],
    left: [],
  },
  {
    type: 'PollOption that they added',
    has: ['added_by_user', 'added_by_chat'],
    users: ['added_by_user', 'added_by_chat'],
    left: { without: ['text', 'text_entities', 'media'] },
  },
  {
    type: 'ChatInviteLink that they made',
    has: ['creator'],
    users: ['creator'],
    left: { without: ['name'] },
  },
  {
    type: 'DirectMessagesTopic',
    has: ['topic_id'],
    users: ['user'],
    ids: ['topic_id'],
    left: [],
  },
  {
    type: 'User, private Chat',
    has: ['is_bot', 'first_name'],
    at: ['from', 'user', 'sender_user', 'chat'],
    ids: ['id', 'user_id'],
    names: ['first_name last_name', '@username'],
    left: [],
  },
  {
    type: 'Contact, SharedUser, ChatShared',
    has: ['first_name', 'phone_number', 'user_id', 'chat_id'],
    ids: ['user_id', 'chat_id'],
    names: ['first_name last_name'],
    left: [],
  },
  {
    type: 'exported message that forwards one of theirs',
    has: ['forwarded_from'],
    ids: ['forwarded_from_id'],
    names: ['forwarded_from'],
    left: [
      'id',
      'type',
      'date',
      'date_unixtime',
      'edited',
      'edited_unixtime',
      'from',
      'from_id',
      'reply_to_message_id',
      'reply_to_peer_id',
      'via_bot',
      'reactions',
    ],
    leftInWords: 'who forwarded it, when, as an answer to what, and the reactions',
    instead: { forwarded_from: null },
  },
];

/** Members that hold nothing but an id of somebody, and the member beside it that holds the name. Both go. */
export const idMembers: Readonly<Record<string, string | undefined>> = {
  user_id: undefined,
  user_chat_id: undefined,
  from_id: 'from',
  actor_id: 'actor',
  forwarded_from_id: 'forwarded_from',
  to_id: 'to',
  peer_id: 'peer_name',
  boost_peer_id: 'boost_peer_name',
  reply_to_peer_id: undefined,
};

/** Members that hold a full name; it goes where the name is given, and no id beside it says that it is another's. */
export const nameMembers: readonly string[] = [
  'author',
  'author_signature',
  'bot',
  'forward_sender_name',
  'forward_signature',
  'inviter',
  'new_creator',
  'saved_from',
  'sender_user_name',
  ...Object.values(idMembers).filter((name) => name !== undefined),
];

/** Members that hold a username, with or without `@`, and no id. */
export const usernameMembers: readonly string[] = ['via_bot'];

/** Lists of bare ids, from which theirs goes, and lists of full names, in which it becomes null. */
export const idLists: readonly string[] = ['user_ids', 'winners'];
export const nameLists: readonly string[] = ['members'];

/** Lists of bare ids that an export has as a text. */
export const idListTexts: readonly string[] = ['peers'];
