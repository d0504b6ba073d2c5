import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { asObject } from '../base/json.ts';
import { oneLine } from '../base/one-line.ts';
import { filedAtSeconds } from '../lake/calendar.ts';
import type { Chats } from '../lake/chats.ts';
import { deletedKey, replyKey, sentKey } from '../lake/object-keys.ts';
import { deletedObject, replyObject, sentObject } from '../lake/sent-object.ts';
import { type ObjectStore, StoreError } from '../storage/object-store.ts';
import { readReply, readSentReport } from '../telegram/sent-message.ts';
import { parseRawObject } from '../telegram/update.ts';
import { knownPolls } from './known-polls.ts';
import { migratedChats } from './migrated-chats.ts';
import { maximumBodyBytes } from './webhook.ts';

/** What came of a bot's report of what it has sent. */
export type SentOutcome =
  | { readonly outcome: 'stored'; readonly keys: readonly string[]; readonly ignored: number }
  | {
      readonly outcome: 'refused';
      readonly reason: 'secret' | 'too large' | 'malformed';
      readonly problem?: string;
    }
  | { readonly outcome: 'failed'; readonly error: StoreError };

export interface SentOptions {
  /** The raw bucket. */
  readonly store: ObjectStore;
  /** Of the webhook: the secret of these reports follows from it. */
  readonly secretToken: string;
  readonly chats: Chats;
  readonly timeZone: string;
  /** The present, in Unix seconds. */
  readonly now: () => number;
}

export interface SentIntake {
  /** Takes a report of unknown origin: nothing is stored unless it carries the secret. */
  receive(request: {
    readonly authorization: string | undefined;
    readonly body: Uint8Array;
  }): Promise<SentOutcome>;
  /** Takes a report whose origin is certain. */
  receiveTrusted(json: string): Promise<SentOutcome>;
  /**
   * Takes a bot's answer to an update: a call of the Bot API in it, which Telegram makes, is noted. Of what it sends
   * the id is not known, so it becomes no row. Undefined where there is no such call.
   */
  receiveReply(body: Uint8Array): Promise<SentOutcome | undefined>;
}

/**
 * The secret with which bots report what they send. It follows from the webhook's secret and does not lead back to it:
 * a bot that gives it away lets nobody forge the updates of people.
 */
export function sentSecret(secretToken: string): string {
  return createHmac('sha256', secretToken).update('telegram-lake sent messages').digest('base64url');
}

/**
 * Stores what bots send, which Telegram delivers to nobody: each message, and each edit of it, becomes one raw object.
 *
 * A key follows from chat, message and edit, so the same report twice is stored over itself.
 */
export function createSentIntake({
  store,
  secretToken,
  chats: configured,
  timeZone,
  now,
}: SentOptions): SentIntake {
  const chats = migratedChats(store, configured);
  const polls = knownPolls(store);
  const expected = sha256(`Bearer ${sentSecret(secretToken)}`);

  async function receiveTrusted(json: string): Promise<SentOutcome> {
    const report = readSentReport(json);
    if ('problem' in report) return { outcome: 'refused', reason: 'malformed', problem: report.problem };
    const keys: string[] = [];
    let ignored = 0;
    const put = async (key: string, text: string) => {
      await store.putObject(key, oneLine(Buffer.from(text)), { contentType: 'application/json' });
      keys.push(key);
    };
    // What SQL engines could not read would make each query over its day fail.
    const unreadable = report.sent.some(
      (message) => 'notAnUpdate' in parseRawObject(Buffer.from(sentObject(message, report))),
    );
    if (unreadable) return { outcome: 'refused', reason: 'malformed', problem: 'nested too deeply' };
    try {
      for (const message of report.sent) {
        if (!(await chats.accepts(message.chatId))) {
          ignored += 1;
          continue;
        }
        await polls.note(asObject(JSON.parse(message.text)) ?? {});
        const at = filedAtSeconds(message.date, now(), timeZone);
        await put(sentKey(at, message, timeZone), sentObject(message, report));
      }
      const { deleted } = report;
      if (deleted && (await chats.accepts(deleted.chatId))) {
        await put(deletedKey(now(), deleted, timeZone), deletedObject(deleted, now()));
      } else if (deleted) ignored += 1;
    } catch (error) {
      if (error instanceof StoreError) return { outcome: 'failed', error };
      throw error;
    }
    return { outcome: 'stored', keys, ignored };
  }

  return {
    async receive({ authorization, body }) {
      // Digests have one length, so that comparing them reveals nothing about the secret's.
      const isAuthentic = authorization !== undefined && timingSafeEqual(sha256(authorization), expected);
      if (!isAuthentic) return { outcome: 'refused', reason: 'secret' };
      if (body.length > maximumBodyBytes) return { outcome: 'refused', reason: 'too large' };
      return receiveTrusted(Buffer.from(body).toString('utf8'));
    },
    receiveTrusted,
    async receiveReply(body) {
      const reply = readReply(Buffer.from(body).toString('utf8'));
      if (!reply) return undefined;
      const object = Buffer.from(replyObject(reply, now()));
      if ('notAnUpdate' in parseRawObject(object)) return undefined;
      const key = replyKey(now(), sha256(reply.text).toString('hex'), timeZone);
      try {
        if (!(await chats.accepts(reply.chatId))) return { outcome: 'stored', keys: [], ignored: 1 };
        await store.putObject(key, oneLine(object), { contentType: 'application/json' });
        return { outcome: 'stored', keys: [key], ignored: 0 };
      } catch (error) {
        if (error instanceof StoreError) return { outcome: 'failed', error };
        throw error;
      }
    },
  };
}

/** What to answer the bot: how many were stored, or what is wrong, as JSON. */
export function sentResponse(outcome: SentOutcome): { readonly statusCode: number; readonly body: string } {
  if (outcome.outcome === 'stored') {
    return {
      statusCode: 200,
      body: JSON.stringify({ stored: outcome.keys.length, ignored: outcome.ignored }),
    };
  }
  if (outcome.outcome === 'failed') return { statusCode: 503, body: '{"error":"not stored; try again"}' };
  const { reason, problem = reason } = outcome;
  const statusCode = { secret: 401, 'too large': 413, malformed: 400 }[reason];
  return { statusCode, body: JSON.stringify({ error: problem }) };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
