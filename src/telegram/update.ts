import {
  asBoolean,
  asInteger,
  asMoment,
  asObject,
  asString,
  type JsonObject,
  parsedJson,
} from '../base/json.ts';

/** An update of any kind, also of kinds younger than this code: what storing it needs to know. */
export interface Update {
  readonly updateId: number;
  /** The Bot API's name of the kind: `message`, `edited_message`, `message_reaction`… */
  readonly kind: string;
  /** What the update is about: the value of the field named `kind`. */
  readonly payload: JsonObject;
  /** Undefined for kinds that belong to no chat, such as `poll` and `inline_query`. */
  readonly chatId: number | undefined;
  /** Unix seconds: when what it reports happened; for an edit, when the message was sent. Undefined without a date. */
  readonly dateSeconds: number | undefined;
}

/**
 * Reads bytes as an update of Telegram's Bot API, or returns why they are not one.
 *
 * JSON that SQL engines could not read is none either: one such object would make each query over its day fail.
 */
export function parseUpdate(bytes: Uint8Array): Update | NotAnUpdate {
  return parsed(bytes, readUpdate);
}

/** A raw object of the lake: an update, or a message that a bot has sent, which has no id of an update. */
export type RawObject =
  | Update
  | (Omit<Update, 'updateId'> & {
      readonly updateId: null;
      /** `reply`: no report, but another update showed it whole. */
      readonly source: 'sent' | 'reply';
      /** Whether the bot could help, by its own account. */
      readonly handled: boolean | undefined;
      /** What the bot took the question for. */
      readonly intent: string | undefined;
    });

/** Reads a raw object that is no import object, or returns why it is not one. */
export function parseRawObject(bytes: Uint8Array): RawObject | NotAnUpdate {
  return parsed(bytes, readRawObject);
}

/** Reads the JSON value of a raw object, or returns why it is not one. */
export function readRawObject(value: unknown): RawObject | NotAnUpdate {
  const object = asObject(value);
  const source = object?.source;
  if (!object || (source !== 'sent' && source !== 'reply')) return readUpdate(value);
  const read = readPayload(object);
  if ('notAnUpdate' in read) return read;
  const { handled, intent } = object;
  return { ...read, updateId: null, source, handled: asBoolean(handled), intent: asString(intent) };
}

interface NotAnUpdate {
  readonly notAnUpdate: string;
}

function parsed<T>(bytes: Uint8Array, read: (value: unknown) => T): T | NotAnUpdate {
  const value = parsedJson(decoded(bytes) ?? '');
  if (value === undefined) return { notAnUpdate: 'not JSON' };
  if (bytes.length > 2 * mostLevels && isBeyondEngines(value, mostLevels)) {
    return { notAnUpdate: 'nested too deeply, or with too long a name' };
  }
  return read(value);
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Objects and lists inside one another. Trino takes 1,000, and names of 50,000 characters; updates have some ten
 * levels.
 */
export const mostLevels = 500;
const longestName = 50_000;

function isBeyondEngines(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.entries(value).some(
    ([name, inner]) => name.length > longestName || isBeyondEngines(inner, levels - 1),
  );
}

/**
 * Reads a JSON value as an update of Telegram's Bot API, or returns why it is not one.
 *
 * The chat is found where the Bot API puts it, in the payload or (callback queries) in the payload's message, so
 * that kinds which do not exist yet are understood too.
 *
 * @see https://core.telegram.org/bots/api#update
 */
export function readUpdate(value: unknown): Update | NotAnUpdate {
  const update = asObject(value);
  if (!update) return { notAnUpdate: 'not a JSON object' };
  const updateId = asInteger(update.update_id);
  if (updateId === undefined || updateId < 0) return { notAnUpdate: 'no update_id' };
  const read = readPayload(update);
  return 'notAnUpdate' in read ? read : { updateId, ...read };
}

function readPayload(update: JsonObject): Omit<Update, 'updateId'> | NotAnUpdate {
  // Telegram sends one kind in an update. Were there more, the choice must not hang on their order, which a JSON object
  // has not.
  const kind = Object.keys(update)
    .filter((name) => asObject(update[name]))
    .sort()[0];
  const payload = kind === undefined ? undefined : asObject(update[kind]);
  if (kind === undefined || !payload) return { notAnUpdate: 'nothing but an update_id' };

  const chat = asObject(payload.chat) ?? asObject(asObject(payload.message)?.chat);
  const chatId = chat && asInteger(chat.id);
  if (chat && chatId === undefined) return { notAnUpdate: 'a chat without an id' };
  if (!chat && kindsOfAChat.has(kind)) return { notAnUpdate: `${kind} without a chat` };
  return { kind, payload, chatId, dateSeconds: dateOf(payload) };
}

/**
 * Kinds to which the Bot API gives a chat always. One without is damaged: its words must not be passed over as if they
 * were none.
 */
export const kindsOfAChat: ReadonlySet<string> = new Set([
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'business_message',
  'edited_business_message',
  'message_reaction',
  'message_reaction_count',
  'my_chat_member',
  'chat_member',
  'chat_join_request',
  'chat_boost',
  'removed_chat_boost',
]);

/** A message's `date`, a boost's `add_date`, a removed boost's `remove_date`. */
function dateOf(payload: JsonObject): number | undefined {
  return asMoment(payload.date ?? payload.remove_date ?? asObject(payload.boost)?.add_date);
}
