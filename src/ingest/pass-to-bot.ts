import { asObject, asString, parsedJson } from '../base/json.ts';
import type { BotApi } from '../telegram/bot-api.ts';
import { BotApiError } from '../telegram/bot-api-error.ts';
import { type BotBehind, isForBot } from './take-request.ts';
import type { WebhookOutcome } from './webhook.ts';

/** The bot behind the lake did not take an update: it must get it again. */
export class BotBehindError extends Error {
  override readonly name = 'BotBehindError';
  /** For how long the bot wants no update, when it said so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(reason: string, retryAfterSeconds?: number) {
    super(`the bot behind the lake ${reason}`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * Passes an update that was fetched on to the bot's webhook, and does what Telegram would do with its answer: a reply
 * in it is a call of the Bot API, made here in Telegram's place.
 *
 * @param onSent - gets the result of that call
 * @returns why a reply in the answer came to nothing, else undefined
 * @throws BotBehindError when the bot did not take it
 */
export async function passToBot(
  api: BotApi,
  bot: BotBehind,
  body: Uint8Array,
  outcome: WebhookOutcome,
  onSent: (result: unknown) => Promise<void> = async () => {},
): Promise<string | undefined> {
  if (!isForBot(outcome, bot)) return undefined;
  const passedOn = await bot.passOn({ body });
  if (passedOn.outcome === 'no answer') throw new BotBehindError(passedOn.reason);
  const { statusCode, headers, body: reply, isReplyLeftOut } = passedOn;
  if (statusCode < 200 || statusCode > 299) {
    const seconds = Number(headers['retry-after']);
    throw new BotBehindError(`answered ${statusCode}`, seconds > 0 ? seconds : undefined);
  }
  if (isReplyLeftOut) return 'it is longer than 4 MiB';
  const { method, ...payload } = asObject(parsedJson(Buffer.from(reply).toString('utf8'))) ?? {};
  const name = asString(method);
  if (name === undefined) return undefined;
  return call(api, name, payload, onSent);
}

/** Telegram does not report a reply that fails, either. */
async function call(
  api: BotApi,
  name: string,
  payload: object,
  onSent: (result: unknown) => Promise<void>,
): Promise<string | undefined> {
  // grammY's raw API has a function for every name, of methods that it does not know, too.
  const methods = api.raw as unknown as Record<string, (payload: object) => Promise<unknown>>;
  if (!/^[A-Za-z]{1,64}$/.test(name)) return 'its method is none of the Bot API';
  try {
    await onSent(await methods[name]?.(payload));
    return undefined;
  } catch (error) {
    if (error instanceof BotApiError) return error.message;
    throw error;
  }
}
