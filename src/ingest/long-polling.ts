import { setTimeout as delay } from 'node:timers/promises';
import { StoreError } from '../storage/object-store.ts';
import { allowedUpdates } from '../telegram/allowed-updates.ts';
import type { BotApi } from '../telegram/bot-api.ts';
import { BotApiError } from '../telegram/bot-api-error.ts';
import { BotBehindError } from './pass-to-bot.ts';
import type { Webhook, WebhookOutcome } from './webhook.ts';

export interface LongPollingOptions {
  readonly api: BotApi;
  /** Takes the updates as it would take them from an endpoint. */
  readonly webhook: Webhook;
  /** Gets each update once it is stored; what it throws as a BotBehindError has the update come again. */
  readonly passOn?: (body: Uint8Array, outcome: WebhookOutcome) => Promise<void>;
  /** Told what became of each update. */
  readonly onOutcome: (outcome: WebhookOutcome) => void;
  /** Told in words why no update comes, once for each reason; with undefined when they come again. */
  readonly onTrouble: (trouble: string | undefined) => void;
  /** Ends the polling, after the update in hand. */
  readonly signal: AbortSignal;
  /** End as soon as no update waits, and at the first failure. */
  readonly once?: boolean;
  /** Resolves after a number of seconds, or earlier when the signal comes. */
  readonly pass?: (seconds: number, signal: AbortSignal) => Promise<void>;
}

/** The Bot API server's own limit. */
const pollSeconds = 50;

const longestWaitSeconds = 60;

/** Of a wait that Telegram asks for: a timer cannot be longer than some weeks. */
const longestAskedSeconds = 3600;

/**
 * Fetches a bot's updates by getUpdates and feeds them to the ingest, one after the other, until the signal.
 *
 * An update is confirmed, and so forgotten by Telegram, only after it is stored: whatever happens in between, it comes
 * again and overwrites itself. While Telegram, the network or the store fail, it waits and tries again, longer each
 * time.
 *
 * With a bot behind the lake, an update is confirmed only after the bot has taken it, too; until then later ones wait,
 * for the 24 hours that Telegram keeps them.
 *
 * An update has no bytes of its own in the answer of getUpdates, so what is stored is its JSON, serialized again.
 *
 * @throws BotApiError when trying again cannot help: an unknown token, or a webhook that is set
 * @throws StoreError only with `once`
 * @throws BotBehindError only with `once`
 */
export async function followUpdates(options: LongPollingOptions): Promise<void> {
  const { api, webhook, passOn, onOutcome, onTrouble, signal, once = false, pass = passed } = options;
  let next = 0;
  let confirmed = 0;
  let failures = 0;
  let reported: number | undefined;
  let trouble: string | undefined;

  const tell = (current: string | undefined) => {
    if (current !== trouble) onTrouble(current);
    trouble = current;
  };

  while (!signal.aborted) {
    try {
      const request = { offset: next, timeout: once ? 0 : pollSeconds, allowed_updates: allowedUpdates };
      const updates = await api.getUpdates(request, abortable(signal));
      confirmed = next;
      for (const update of updates) {
        const body = Buffer.from(JSON.stringify(update));
        const outcome = await webhook.receiveTrusted(body);
        if (outcome.outcome === 'failed') throw outcome.error;
        // Once, although an update that the bot does not take is stored again with each try.
        if (update.update_id !== reported) onOutcome(outcome);
        reported = update.update_id;
        await passOn?.(body, outcome);
        next = update.update_id + 1;
        if (signal.aborted) break;
      }
      failures = 0;
      tell(undefined);
      if (once && updates.length === 0) return;
    } catch (error) {
      if (signal.aborted) break;
      if (once) throw error;
      tell(temporaryTrouble(error));
      await pass(waitSeconds(error, failures++), signal);
    }
  }
  if (next > confirmed) await confirm(api, next);
}

/** Best effort: what is not confirmed comes once more, which does no harm. */
async function confirm(api: BotApi, offset: number): Promise<void> {
  try {
    await api.getUpdates({ offset, limit: 1, timeout: 0 }, abortable(AbortSignal.timeout(5_000)));
  } catch (error) {
    if (!(error instanceof BotApiError)) throw error;
  }
}

/** The text for an error after which it is tried again; any other error is thrown. */
function temporaryTrouble(error: unknown): string {
  const otherReader =
    error instanceof BotApiError && error.errorCode === 409 && !/webhook/i.test(error.message);
  if (otherReader)
    return (
      'another program fetches the updates of this bot as well, and Telegram lets only one. If it is a second ' +
      'telegram-lake, end that one. If it is a bot of yours, it is disturbed as long as this runs: Ctrl-C here, and use ' +
      'a bot of its own for the lake'
    );
  if (error instanceof BotBehindError) return error.message;
  if (error instanceof StoreError || (error instanceof BotApiError && error.transient)) return error.message;
  throw error;
}

function waitSeconds(error: unknown, failures: number): number {
  const isAsked = error instanceof BotApiError || error instanceof BotBehindError;
  const asked = isAsked ? error.retryAfterSeconds : undefined;
  return asked === undefined
    ? Math.min(longestWaitSeconds, 2 ** failures)
    : Math.min(longestAskedSeconds, asked);
}

async function passed(seconds: number, signal: AbortSignal): Promise<void> {
  await delay(seconds * 1000, undefined, { signal }).catch(() => {});
}

/** grammY's types want the signals of a package that is older than Node's own. At run time they are the same. */
function abortable(signal: AbortSignal) {
  return signal as Parameters<BotApi['getUpdates']>[1];
}
