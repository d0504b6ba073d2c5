import { setTimeout as delay } from 'node:timers/promises';
import { Api, InputFile, type Transformer } from 'grammy';
import { asInteger, asObject, asString, type JsonObject } from '../base/json.ts';
import { BotApiError, type Refusal } from './bot-api-error.ts';

/**
 * grammY's client of Telegram's Bot API: a method for each of its methods, by the Bot API's names in camelCase. Every
 * failure is a `BotApiError`.
 */
export type BotApi = Api;

/** A file to be sent. */
export const fileToSend = (content: Uint8Array, name: string): InputFile => new InputFile(content, name);

/** Longer than a long poll, so that a connection that died silently is noticed. */
const timeoutSeconds = 75;

/** Calls are made again after so short a wait without a word: setWebhook, for one, may be called once a second. */
const shortWaitSeconds = 3;
const shortWaits = 3;

/**
 * A client of the Bot API for one bot.
 *
 * @param apiRoot - without a slash at the end: `https://api.telegram.org`, or one's own Bot API server
 */
export function botApi(token: string, apiRoot: string): BotApi {
  const api = new Api(token, { apiRoot, timeoutSeconds });
  const withoutToken = (text: string) => text.replaceAll(token, '<token>');
  const call: Transformer = async (callTelegram, method, payload, signal) => {
    for (let waits = 0; ; waits++) {
      const answer = await callTelegram(method, payload, signal).catch((error) => {
        throw new BotApiError(method, `cannot reach ${new URL(apiRoot).host}: ${networkReason(error)}`);
      });
      if (answer?.ok && isResult(method, answer.result)) return answer;
      const refusal = refusalOf(asObject(answer) ?? {});
      const seconds = refusal.retryAfterSeconds;
      if (seconds === undefined || seconds > shortWaitSeconds || waits === shortWaits) {
        throw new BotApiError(method, withoutToken(reasonOf(refusal)), refusal);
      }
      await delay(seconds * 1000, undefined, signal ? { signal: signal as AbortSignal } : {});
    }
  };
  api.config.use(call);
  return api;
}

/** Whether a result has the form that the method's callers rely on. TELEGRAM_API_ROOT may lead to anything. */
function isResult(method: string, result: unknown): boolean {
  if (method !== 'getUpdates') return result !== undefined && result !== null;
  return (
    Array.isArray(result) && result.every((update) => asInteger(asObject(update)?.update_id) !== undefined)
  );
}

/** TELEGRAM_API_ROOT may lead to anything, so nothing is taken as it is. */
function refusalOf(answer: JsonObject): Refusal {
  const parameters = asObject(answer.parameters);
  const retryAfter = parameters?.retry_after;
  return {
    errorCode: asInteger(answer.error_code),
    description: asString(answer.description),
    retryAfterSeconds: typeof retryAfter === 'number' && retryAfter > 0 ? retryAfter : undefined,
    migrateToChatId: asInteger(parameters?.migrate_to_chat_id),
  };
}

function reasonOf({ errorCode, description = '' }: Refusal): string {
  if (errorCode === undefined) return 'the answer is not of the Bot API; is TELEGRAM_API_ROOT right?';
  // Telegram answers 404 where the token has not even the form of one.
  const wrongToken = errorCode === 401 || errorCode === 404;
  const reason = `${errorCode} ${description}`.trim();
  return wrongToken
    ? `Telegram does not know this bot token (${reason}); BotFather shows the right one`
    : reason;
}

/** Why there was no answer, in words that hold nothing of the request. */
function networkReason(error: unknown): string {
  for (let inner = asError(error); inner; inner = asError(inner.error) ?? asError(inner.cause)) {
    if (typeof inner.code === 'string') return inner.code;
    if (inner.type === 'invalid-json') return 'the answer is no JSON';
    if (/^Request to '\w+' timed out/.test(inner.message)) return `no answer within ${timeoutSeconds} s`;
  }
  return 'the connection broke off';
}

type NetworkError = Error & { code?: unknown; type?: unknown; error?: unknown };

function asError(value: unknown): NetworkError | undefined {
  return value instanceof Error ? value : undefined;
}
