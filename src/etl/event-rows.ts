import { asBoolean, asInteger, asObject, asObjects, asString, type JsonObject } from '../base/json.ts';
import type { Day } from '../base/local-day.ts';
import { plausibleDate } from '../lake/calendar.ts';
import type { MessageRow } from '../lake/columns.ts';
import { type EventRow, eventColumns } from '../lake/event-columns.ts';
import type { ImportedMessage } from '../lake/import-line.ts';
import type { ChatOfExport } from '../telegram/export/export-peer.ts';
import { exportedReactions } from '../telegram/export/export-reactions.ts';
import type { RawObject } from '../telegram/update.ts';

/**
 * The events of an update that carries no message of the table `telegram`: one or more, since a kind that is not known
 * here gives one under its own name. A field that is missing, or of another type than the Bot API says, is null.
 *
 * @param arrivedAt - by the group's clock, as its raw key has it; undefined where that has no time
 */
export function eventRows(update: RawObject, arrivedAt: string | undefined, day: Day): EventRow[] {
  const { kind, payload, updateId, chatId, dateSeconds } = update;
  const date = plausibleDate(dateSeconds, day) ?? null;
  const chat = asObject(payload.chat) ?? asObject(asObject(payload.message)?.chat);
  const common: EventRow = {
    ...nothing,
    event: kind,
    kind,
    chat_id: chatId ?? null,
    chat_type: asString(chat?.type) ?? null,
    message_id: asInteger(payload.message_id) ?? asInteger(asObject(payload.message)?.message_id) ?? null,
    ...userOf(asObject(payload.user) ?? asObject(payload.from)),
    ...senderChatOf(payload),
    date,
    arrived_at: date === null ? (arrivedAt ?? null) : null,
    update_id: updateId,
    source: 'source' in update ? 'sent' : 'webhook',
  };
  const details = Object.hasOwn(eventsOfKind, kind) ? eventsOfKind[kind]?.(payload, chat) : undefined;
  return details && details.length > 0 ? details.map((fields) => ({ ...common, ...fields })) : [common];
}

/**
 * The events that a service message reports: joins and leaves, one for each person.
 *
 * A bot that is administrator gets an update of its own for each join, too: `kind` distinguishes them.
 *
 * @param row - of that message
 */
export function membershipRows(row: MessageRow, message: JsonObject): EventRow[] {
  const { chat_id, chat_type, message_id, date, update_id, source } = row;
  const common: EventRow = {
    ...nothing,
    kind: row.content_type,
    chat_id,
    chat_type,
    message_id,
    date,
    update_id,
    source,
    by_user_id: row.user_id,
  };
  if (row.content_type === 'new_chat_members') {
    return asObjects(message.new_chat_members).map((user) => ({
      ...common,
      ...userOf(user),
      event: 'joined',
    }));
  }
  if (row.content_type !== 'left_chat_member') return [];
  const user = asObject(message.left_chat_member);
  return user ? [{ ...common, ...userOf(user), event: 'left' }] : [];
}

/**
 * The reactions that an exported message has: how many of each, and those of the people whom the export names.
 *
 * @param row - of that message
 */
export function importedReactionRows(row: MessageRow, { exported }: ImportedMessage, day: Day): EventRow[] {
  const { chat_id, chat_type, message_id } = row;
  if (chat_id === null) return [];
  const common: EventRow = { ...nothing, chat_id, chat_type, message_id, source: 'import' };
  const chat = { id: chat_id, type: chat_type as ChatOfExport['type'], title: '' };
  return exportedReactions(exported, chat).flatMap(({ reaction, count, recent }) => [
    {
      ...common,
      ...reactionOf(reaction),
      event: 'reactions_counted',
      kind: 'message_reaction_count',
      amount: count ?? null,
      date: row.date,
    },
    ...recent.map(({ peer, name = null, atSeconds }) => ({
      ...common,
      ...reactionOf(reaction),
      ...(peer.kind === 'user'
        ? { user_id: peer.id, user_first_name: name }
        : { sender_chat_id: peer.id, sender_chat_title: name }),
      event: 'reaction_added',
      kind: 'message_reaction',
      date: laterDate(atSeconds, day) ?? null,
    })),
  ]);
}

type Details = Partial<EventRow>[];

/** What the kinds with columns of their own add to who, where and when. */
const eventsOfKind: Readonly<Record<string, (payload: JsonObject, chat: JsonObject | undefined) => Details>> =
  {
    message_reaction: reactionChanges,
    message_reaction_count: ({ reactions }) => {
      const counts = asObjects(reactions).map(({ type, total_count }) => ({
        ...reactionOf(asObject(type) ?? {}),
        amount: asInteger(total_count) ?? null,
      }));
      const rows: Details = counts.length > 0 ? counts : [{ amount: 0 }];
      return rows.map((row) => ({ ...row, event: 'reactions_counted' }));
    },
    chat_member: (payload) => [statusChange(payload)],
    my_chat_member: (payload, chat) => [botStatusChange(payload, chat)],
    callback_query: ({ data, game_short_name }) => [
      { event: 'button_pressed', data: asString(data) ?? asString(game_short_name) ?? null },
    ],
    poll: ({ id, total_voter_count }) => [
      { event: 'poll_counted', poll_id: asString(id) ?? null, amount: asInteger(total_voter_count) ?? null },
    ],
    poll_answer: ({ poll_id, option_ids }) => {
      const poll = { poll_id: asString(poll_id) ?? null };
      const options = Array.isArray(option_ids) ? option_ids : [];
      return options.length === 0
        ? [{ ...poll, event: 'poll_vote_retracted' }]
        : options.map((option) => ({
            ...poll,
            event: 'poll_voted',
            poll_option: asInteger(option) ?? null,
          }));
    },
    chat_join_request: () => [{ event: 'join_requested' }],
    chat_boost: ({ boost }) => {
      const { boost_id, source } = asObject(boost) ?? {};
      return [{ event: 'boost_added', ...boostOf(boost_id, source) }];
    },
    removed_chat_boost: ({ boost_id, source }) => [{ event: 'boost_removed', ...boostOf(boost_id, source) }],
    inline_query: ({ query }) => [{ data: asString(query) ?? null }],
    chosen_inline_result: ({ query }) => [{ data: asString(query) ?? null }],
  };

/** An update lists all reactions of a person to a message, before and after: each one added or removed is an event. */
function reactionChanges({ old_reaction, new_reaction }: JsonObject): Details {
  const before = asObjects(old_reaction).map(reactionOf);
  const since = asObjects(new_reaction).map(reactionOf);
  const isAmong = (reactions: typeof since, { reaction, data }: (typeof since)[number]) =>
    reactions.some((other) => other.reaction === reaction && other.data === data);
  return [
    ...before
      .filter((reaction) => !isAmong(since, reaction))
      .map((reaction) => ({ ...reaction, event: 'reaction_removed' })),
    ...since
      .filter((reaction) => !isAmong(before, reaction))
      .map((reaction) => ({ ...reaction, event: 'reaction_added' })),
  ];
}

/** An emoji by itself, another reaction by its type. */
function reactionOf({ type, emoji, custom_emoji_id }: JsonObject): Pick<EventRow, 'reaction' | 'data'> {
  return {
    reaction: wellFormed(emoji) ?? wellFormed(type) ?? null,
    data: wellFormed(custom_emoji_id) ?? null,
  };
}

/** Half a surrogate pair becomes U+FFFD when it is written; so two that differ in it alone are the same. */
const wellFormed = (value: unknown): string | undefined => asString(value)?.toWellFormed();

function statusChange({ from, old_chat_member, new_chat_member }: JsonObject): Partial<EventRow> {
  const [before, since] = [asObject(old_chat_member), asObject(new_chat_member)];
  return {
    event: changeOf(before, since),
    ...userOf(asObject(since?.user) ?? asObject(before?.user)),
    by_user_id: asInteger(asObject(from)?.id) ?? null,
    old_status: asString(before?.status) ?? null,
    new_status: asString(since?.status) ?? null,
  };
}

/** In a private chat the bot's own status shows what the person did: blocking a bot makes it `kicked`. */
function botStatusChange(payload: JsonObject, chat: JsonObject | undefined): Partial<EventRow> {
  const change = statusChange(payload);
  if (chat?.type !== 'private') return change;
  return {
    ...change,
    ...userOf(asObject(payload.from)),
    event: change.new_status === 'kicked' ? 'bot_blocked' : 'bot_unblocked',
  };
}

function changeOf(before: JsonObject | undefined, since: JsonObject | undefined): string {
  const [old, now] = [asString(before?.status), asString(since?.status)];
  if (now === 'kicked' && old !== 'kicked') return 'banned';
  if (!isPresent(before) && isPresent(since)) return 'joined';
  if (isPresent(before) && !isPresent(since)) return 'left';
  if (old === 'kicked' && now !== 'kicked') return 'unbanned';
  if (isAdministrator(now) !== isAdministrator(old)) return isAdministrator(now) ? 'promoted' : 'demoted';
  if ((now === 'restricted') !== (old === 'restricted'))
    return now === 'restricted' ? 'restricted' : 'unrestricted';
  return 'member_changed';
}

/** @see https://core.telegram.org/bots/api#chatmember */
function isPresent(member: JsonObject | undefined): boolean {
  const status = asString(member?.status);
  return status === 'restricted'
    ? member?.is_member === true
    : status === 'member' || isAdministrator(status);
}

const isAdministrator = (status: string | undefined): boolean =>
  status === 'administrator' || status === 'creator';

function boostOf(boostId: unknown, source: unknown): Partial<EventRow> {
  return { ...userOf(asObject(asObject(source)?.user)), data: asString(boostId) ?? null };
}

function userOf(user: JsonObject | undefined) {
  return {
    user_id: asInteger(user?.id) ?? null,
    user_is_bot: asBoolean(user?.is_bot) ?? null,
    user_first_name: asString(user?.first_name) ?? null,
    user_username: asString(user?.username) ?? null,
  };
}

function senderChatOf({ actor_chat, voter_chat, sender_chat }: JsonObject) {
  const chat = asObject(actor_chat) ?? asObject(voter_chat) ?? asObject(sender_chat);
  return {
    sender_chat_id: asInteger(chat?.id) ?? null,
    sender_chat_title: asString(chat?.title) ?? null,
  };
}

/** A reaction lies with its message, but may come years later: only what no clock shows is left out. */
function laterDate(seconds: number | undefined, day: Day): number | undefined {
  return seconds !== undefined && seconds >= Date.parse(day) / 1000 - 86_400 && seconds < 4_102_444_800
    ? seconds
    : undefined;
}

const nothing = Object.fromEntries(eventColumns.map(({ name }) => [name, null])) as unknown as EventRow;
