import { createHash, timingSafeEqual } from 'node:crypto';
import { asInteger } from '../base/json.ts';
import { oneLine } from '../base/one-line.ts';
import { filedAtSeconds } from '../lake/calendar.ts';
import type { Chats } from '../lake/chats.ts';
import { quarantineKey, rawKey, shownKey, tablePrefix } from '../lake/object-keys.ts';
import { shownObject } from '../lake/sent-object.ts';
import { type ObjectStore, StoreError } from '../storage/object-store.ts';
import { shownMessage } from '../telegram/shown-message.ts';
import { parseUpdate, type Update } from '../telegram/update.ts';
import { knownPolls } from './known-polls.ts';
import { type Migration, migratedChats } from './migrated-chats.ts';

/** What came in by HTTP, whichever server took it. */
export interface WebhookRequest {
  /** The header `X-Telegram-Bot-Api-Secret-Token`; undefined when it was not sent. */
  readonly secretToken: string | undefined;
  /** The body, byte for byte. */
  readonly body: Uint8Array;
  readonly contentType?: string | undefined;
  /** The address that it came from, where a server in front passes it. */
  readonly sourceAddress?: string | undefined;
}

/** What became of it. Only `failed` may be sent again by Telegram, and must be. */
export type WebhookOutcome =
  | {
      readonly outcome: 'stored';
      readonly key: string;
      readonly kind: string;
      /** How long ago the message was sent; only of what is new: an edit has the date of the message that it edits. */
      readonly ageSeconds?: number;
      /** Set once, by the update that first reports it. */
      readonly migration?: Migration;
    }
  | {
      readonly outcome: 'ignored';
      readonly reason: 'other chat' | 'no chat';
      readonly kind: string;
      /** Undefined where the update belongs to no chat. */
      readonly chatId: number | undefined;
      /** The lake holds nothing at all, so the chats that it accepts are probably not the ones that were meant. */
      readonly isLakeEmpty?: true;
    }
  | { readonly outcome: 'quarantined'; readonly key: string; readonly reason: string }
  | { readonly outcome: 'refused'; readonly reason: 'secret' | 'too large' }
  | { readonly outcome: 'failed'; readonly error: StoreError };

export interface WebhookOptions {
  /** The raw bucket. */
  readonly store: ObjectStore;
  readonly secretToken: string;
  readonly chats: Chats;
  readonly timeZone: string;
  /** The present, in Unix seconds. */
  readonly now: () => number;
}

export interface Webhook {
  /** Takes a request of unknown origin: nothing is stored unless it carries the secret. */
  receive(request: WebhookRequest): Promise<WebhookOutcome>;
  /** Takes a body whose origin is already certain: a test invocation, or what the Bot API itself answered. */
  receiveTrusted(body: Uint8Array): Promise<WebhookOutcome>;
}

const newMessages: ReadonlySet<string> = new Set(['message', 'channel_post']);

/** Telegram's updates have at most 512 KiB; twice that leaves room, and keeps a flood of large bodies out. */
export const maximumBodyBytes = 1_048_576;

/**
 * The ingest: each update of an accepted chat becomes one raw object, byte for byte, before it is acknowledged.
 *
 * It keeps no state but the chats it has learned of, so any number of them may work side by side.
 */
export function createWebhook({
  store,
  secretToken,
  chats: configured,
  timeZone,
  now,
}: WebhookOptions): Webhook {
  const chats = migratedChats(store, configured);
  const polls = knownPolls(store);
  const expected = sha256(Buffer.from(secretToken));
  let holdsSomething = false;

  async function receiveTrusted(body: Uint8Array): Promise<WebhookOutcome> {
    if (body.length > maximumBodyBytes) return { outcome: 'refused', reason: 'too large' };
    try {
      const update = parseUpdate(body);
      return 'notAnUpdate' in update
        ? await quarantine(body, update.notAnUpdate)
        : await accept(update, body);
    } catch (error) {
      if (error instanceof StoreError) return { outcome: 'failed', error };
      throw error;
    }
  }

  async function accept(update: Update, body: Uint8Array): Promise<WebhookOutcome> {
    const { kind, chatId, payload } = update;
    if (chatId === undefined) {
      // Of any chat, so only where all are kept; but votes are of the chat that their poll was seen in.
      const isOurs = configured.has('all') || (await polls.includesPollOf(kind, payload));
      return isOurs ? keep(update, body) : { outcome: 'ignored', reason: 'no chat', kind, chatId };
    }
    const migration = await noteMigration(update, chatId);
    if (!(await chats.accepts(chatId))) {
      const isLakeEmpty = await hasNothing();
      return { outcome: 'ignored', reason: 'other chat', kind, chatId, ...(isLakeEmpty && { isLakeEmpty }) };
    }
    await polls.note(payload);
    await keepShown(update, body, chatId);
    return keep(update, body, migration);
  }

  // The first that shows a message counts: a later one would have its day rebuilt for nothing.
  async function keepShown(update: Update, body: Uint8Array, chatId: number): Promise<void> {
    const shown = shownMessage(update, body);
    if (shown?.chatId !== chatId || shown.date === undefined) return;
    if (filedAtSeconds(shown.date, now(), timeZone) !== shown.date) return;
    const object = oneLine(Buffer.from(shownObject(shown)));
    const options = { contentType: 'application/json', onlyIfAbsent: true };
    await store.putObject(shownKey(shown.date, shown, timeZone), object, options);
  }

  async function keep(update: Update, body: Uint8Array, migration?: Migration): Promise<WebhookOutcome> {
    const { kind } = update;
    const key = rawKey(filedAtSeconds(update.dateSeconds, now(), timeZone), update.updateId, timeZone);
    await store.putObject(key, oneLine(body), { contentType: 'application/json' });
    holdsSomething = true;
    const sentAt = newMessages.has(kind) ? update.dateSeconds : undefined;
    return {
      outcome: 'stored',
      key,
      kind,
      ...(sentAt !== undefined && { ageSeconds: Math.max(0, now() - sentAt) }),
      ...(migration && { migration }),
    };
  }

  // Asked only until the first update is there. What cannot be known now is no reason to refuse an update that is
  // ignored.
  async function hasNothing(): Promise<boolean> {
    if (holdsSomething) return false;
    try {
      for await (const _ of store.listFolders(tablePrefix)) {
        holdsSomething = true;
        break;
      }
      return !holdsSomething;
    } catch (error) {
      if (error instanceof StoreError) return false;
      throw error;
    }
  }

  // Both chats report a migration, each in its own queue, so either may come first.
  async function noteMigration({ payload }: Update, chatId: number): Promise<Migration | undefined> {
    const to = asInteger(payload.migrate_to_chat_id);
    if (to !== undefined && (await chats.accepts(chatId))) return chats.remember({ from: chatId, to });
    const from = asInteger(payload.migrate_from_chat_id);
    if (from !== undefined && (await chats.accepts(from))) return chats.remember({ from, to: chatId });
    return undefined;
  }

  async function quarantine(body: Uint8Array, reason: string): Promise<WebhookOutcome> {
    const key = quarantineKey(now(), sha256(body).toString('hex'), timeZone);
    await store.putObject(key, body, { contentType: 'application/octet-stream' });
    return { outcome: 'quarantined', key, reason };
  }

  return {
    async receive({ secretToken, body }) {
      // Digests have one length, so that comparing them reveals nothing about the secret's.
      const authentic =
        secretToken !== undefined && timingSafeEqual(sha256(Buffer.from(secretToken)), expected);
      return authentic ? receiveTrusted(body) : { outcome: 'refused', reason: 'secret' };
    },
    receiveTrusted,
  };
}

/** What to answer Telegram: never a body, because Telegram executes one that names a method. */
export function webhookResponse(outcome: WebhookOutcome): {
  statusCode: number;
  headers: Record<string, string>;
} {
  if (outcome.outcome === 'failed') return { statusCode: 503, headers: { 'Retry-After': '5' } };
  if (outcome.outcome !== 'refused') return { statusCode: 200, headers: {} };
  return { statusCode: outcome.reason === 'secret' ? 401 : 413, headers: {} };
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
