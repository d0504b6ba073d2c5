import { asInteger, asObject, asString, type JsonObject } from '../base/json.ts';

/** Who is to be erased. */
export interface Person {
  /** By the id of a user. */
  isUser(userId: number): boolean;
  /** Full names, which stand alone where Telegram tells no id: hidden forwards, and members in exports. */
  readonly names: ReadonlySet<string>;
}

/**
 * An update, or a line of an import object, without a person.
 *
 * `delete` where it is the person's own: what they sent, edited, pressed, voted or reacted; what tells of their membership;
 * all of a private chat with them. Of what others did, it takes out
 *
 * - the person where they are named: as a member who was added or left, a mentioned or shared contact, in a list;
 * - what they wrote: in the message that is replied to, quoted or pinned, and all of a forwarded message of theirs.
 *
 * What others wrote *about* them stays: no rule can tell it.
 *
 * @returns the value itself where there is nothing of the person in it
 */
export function withoutPerson(value: JsonObject, person: Person): JsonObject | 'delete' {
  for (const [name, payload] of Object.entries(value)) {
    const fields = name === 'export' ? undefined : asObject(payload);
    if (fields && isTheirOwn(fields, person)) return 'delete';
  }
  return redactedObject(value, person, '') as JsonObject;
}

/**
 * The same for a line of JSON. Undefined for a line of theirs.
 *
 * @throws SyntaxError when the line is not a JSON object
 */
export function lineWithoutPerson(line: string, person: Person): string | undefined {
  const value = asObject(JSON.parse(line));
  if (!value) throw new SyntaxError('not a JSON object');
  const rest = withoutPerson(value, person);
  if (rest === 'delete') return undefined;
  return rest === value ? line : JSON.stringify(rest);
}

/** Whether an update's payload is about something that the person did, or about the person. */
function isTheirOwn(payload: JsonObject, person: Person): boolean {
  const chat = asObject(payload.chat);
  const boost = asObject(payload.boost) ?? payload;
  const users = [
    payload.from,
    payload.user,
    asObject(payload.new_chat_member)?.user,
    asObject(boost.source)?.user,
    chat?.type === 'private' ? chat : undefined,
  ];
  return users.some((user) => isUser(asObject(user)?.id, person));
}

function redacted(value: unknown, person: Person, name: string): unknown {
  if (Array.isArray(value)) return redactedList(value, person, name);
  const fields = asObject(value);
  return fields ? redactedObject(fields, person, name) : value;
}

function redactedList(list: readonly unknown[], person: Person, name: string): readonly unknown[] {
  if (listsOfIds.has(name)) return kept(list, (item) => !isUser(item, person));
  if (name === 'members') return changed(list, (item) => (isName(item, person) ? null : item));
  return changed(list, (item) => redacted(item, person, name));
}

function redactedObject(fields: JsonObject, person: Person, name: string): unknown {
  if (isPerson(fields, person, name)) return {};
  if (fields.message_id !== undefined && isWrittenBy(fields, person)) return pick(fields, placeOfMessage);
  if (isForwardOf(fields, person)) {
    const rest = name === 'export' ? pick(fields, frameOfExported) : pick(fields, frameOfMessage);
    const forward = name === 'export' ? { forwarded_from: null } : { forward_origin: {} };
    return { ...(redactedObject(rest, person, name) as JsonObject), ...forward };
  }
  let result = fields;
  for (const [member, value] of Object.entries(fields)) {
    const next = redactedMember(member, value, fields, person);
    if (next === value) continue;
    if (result === fields) result = { ...fields };
    (result as Record<string, unknown>)[member] = next;
  }
  // What is quoted is of the message that is replied to.
  const hasOthersWords = [fields.reply_to_message, fields.external_reply].some(
    (repliedTo) => asObject(repliedTo) && isWrittenBy(asObject(repliedTo) as JsonObject, person),
  );
  if (hasOthersWords) result = { ...result, quote: undefined };
  return result === fields ? fields : withoutUndefined(result);
}

/** Undefined where the member must go. */
function redactedMember(member: string, value: unknown, fields: JsonObject, person: Person): unknown {
  if (isIdOf(member, value, person)) return undefined;
  // An export names people twice: `from` and `from_id`.
  if (typeof value === 'string' && isIdOf(`${member}_id`, fields[`${member}_id`], person)) return undefined;
  if (personNames.has(member) && isName(value, person)) return undefined;
  return redacted(value, person, member);
}

/** A user as the Bot API writes one, or a card of the person. */
function isPerson(fields: JsonObject, person: Person, name: string): boolean {
  if (isUser(fields.id, person)) {
    return fields.is_bot !== undefined || fields.first_name !== undefined || usersOfName.has(name);
  }
  if (fields.id === undefined && fields.user_id === undefined && isName(fields.first_name, person))
    return true;
  return isUser(fields.user_id, person) && fields.type !== 'mention_name';
}

function isWrittenBy(message: JsonObject, person: Person): boolean {
  const origin = asObject(message.origin);
  return (
    isUser(asObject(message.from)?.id, person) ||
    isUser(asObject(origin?.sender_user)?.id, person) ||
    isName(origin?.sender_user_name, person)
  );
}

function isForwardOf(message: JsonObject, person: Person): boolean {
  const origin = asObject(message.forward_origin);
  return (
    isUser(asObject(origin?.sender_user)?.id, person) ||
    isUser(asObject(message.forward_from)?.id, person) ||
    isIdOf('forwarded_from_id', message.forwarded_from_id, person) ||
    [origin?.sender_user_name, message.forward_sender_name, message.forwarded_from].some((name) =>
      isName(name, person),
    )
  );
}

function isUser(id: unknown, person: Person): boolean {
  const userId = asInteger(id);
  return userId !== undefined && userId > 0 && person.isUser(userId);
}

function isName(name: unknown, person: Person): boolean {
  return typeof name === 'string' && person.names.has(name);
}

/** Whether a member of this name holds the person's id: `user123` in an export, in old ones a number. */
function isIdOf(member: string, value: unknown, person: Person): boolean {
  const digits = /^user(\d+)$/.exec(asString(value) ?? '')?.[1];
  if (digits) return member.endsWith('_id') && person.isUser(Number(digits));
  if (member === 'user_id' || member === 'forwarded_from_id') return isUser(value, person);
  const isSender = member === 'from_id' || member === 'actor_id';
  return isSender && (isUser(value, person) || isUser(Number(value) - kindOfUser, person));
}

/** What exports of 2020 and 2021 have above the id of a user. */
const kindOfUser = 2 ** 32;

/** Names that stand for the one who did it, wherever the value has nothing but an id. */
const usersOfName = new Set(['from', 'user', 'sender_user']);

const personNames = new Set([
  'author',
  'author_signature',
  'forward_sender_name',
  'forward_signature',
  'forwarded_from',
  'inviter',
  'saved_from',
  'sender_user_name',
]);

const listsOfIds = new Set(['user_ids', 'winners']);

const placeOfMessage = ['message_id', 'message_thread_id', 'chat', 'date'];

const frameOfMessage = [
  ...placeOfMessage,
  'is_topic_message',
  'from',
  'sender_chat',
  'edit_date',
  'media_group_id',
  'reply_to_message',
  'via_bot',
];

const frameOfExported = [
  'id',
  'type',
  'date',
  'date_unixtime',
  'edited',
  'edited_unixtime',
  'from',
  'from_id',
  'reply_to_message_id',
  'via_bot',
];

function pick(fields: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}

function withoutUndefined(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The list itself where nothing in it changes. */
function changed(list: readonly unknown[], change: (item: unknown) => unknown): readonly unknown[] {
  const next = list.map(change);
  return next.every((item, index) => item === list[index]) ? list : next;
}

function kept(list: readonly unknown[], keep: (item: unknown) => boolean): readonly unknown[] {
  return list.every(keep) ? list : list.filter(keep);
}
