import { asInteger, asObject, type JsonObject } from './json.ts';

/** An update of any kind, also of kinds younger than this code: what storing it needs to know. */
export interface Update {
  readonly updateId: number;
  /** The Bot API's name of the kind: `message`, `edited_message`, `message_reaction`… */
  readonly kind: string;
  /** What the update is about: the value of the field named `kind`. */
  readonly payload: JsonObject;
  /** Undefined for kinds that belong to no chat, such as `poll` and `inline_query`. */
  readonly chatId: number | undefined;
  /** Unix seconds: when what the update tells of happened; for an edit, when the message was sent. Undefined where it has no date. */
  readonly dateSeconds: number | undefined;
}

/**
 * Reads a JSON value as an update of Telegram's Bot API, or tells why it is none.
 *
 * The chat is found where the Bot API puts it, in the payload or (callback queries) in the payload's message, so
 * that kinds which do not exist yet are understood too.
 *
 * @see https://core.telegram.org/bots/api#update
 */
export function readUpdate(value: unknown): Update | { readonly notAnUpdate: string } {
  const update = asObject(value);
  if (!update) return { notAnUpdate: 'not a JSON object' };
  const updateId = asInteger(update.update_id);
  if (updateId === undefined || updateId < 0) return { notAnUpdate: 'no update_id' };
  // Telegram sends one kind in an update. Were there more, the choice must not hang on their order, which a JSON object has not.
  const kind = Object.keys(update)
    .filter((name) => asObject(update[name]))
    .sort()[0];
  const payload = kind === undefined ? undefined : asObject(update[kind]);
  if (kind === undefined || !payload) return { notAnUpdate: 'nothing but an update_id' };

  const chat = asObject(payload.chat) ?? asObject(asObject(payload.message)?.chat);
  const chatId = chat && asInteger(chat.id);
  if (chat && chatId === undefined) return { notAnUpdate: 'a chat without an id' };
  return { updateId, kind, payload, chatId, dateSeconds: dateOf(payload) };
}

// The year 9000: beyond it a time has no four-digit year in every zone.
const latestSeconds = 221_845_392_000;

/** A message's `date`, a boost's `add_date`, a removed boost's `remove_date`. 0 is how Telegram writes "unknown". */
function dateOf(payload: JsonObject): number | undefined {
  const date = asInteger(payload.date ?? payload.remove_date ?? asObject(payload.boost)?.add_date);
  return date !== undefined && date > 0 && date < latestSeconds ? date : undefined;
}
