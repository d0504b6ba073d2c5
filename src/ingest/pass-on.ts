import { Agent as HttpAgent, type IncomingMessage, request as requestByHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestByHttps } from 'node:https';
import type { BotWebhook } from '../telegram/bot-webhook.ts';

/** An update for the bot behind the lake. */
export interface PassOnRequest {
  /** As it came, byte for byte. */
  readonly body: Uint8Array;
  readonly contentType?: string | undefined;
  /** Who sent it, for bots that accept only Telegram's networks. */
  readonly sourceAddress?: string | undefined;
  /** Less than ten seconds, where the caller has only these. */
  readonly milliseconds?: number;
}

/** What the bot made of an update. */
export type PassedOn =
  | {
      readonly outcome: 'answered';
      readonly statusCode: number;
      /** Those that Telegram reads. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
      /** The bot's reply is left out: it is longer than the lake can carry. */
      readonly isReplyLeftOut: boolean;
    }
  | { readonly outcome: 'no answer'; readonly statusCode: 502 | 503 | 504; readonly reason: string };

/** Passes an update on to the bot behind the lake. Never throws: what goes wrong is the outcome. */
export type PassOn = (request: PassOnRequest) => Promise<PassedOn>;

const longestMilliseconds = 10_000;

/** A function's response has at most 6 MB, and base64 makes it a third longer. */
const longestReplyBytes = 4_194_304;

/** What Telegram reads of an answer; all others are between the bot and the lake. */
const passedHeaders = ['content-type', 'content-encoding', 'retry-after'] as const;

/**
 * A way to one bot, over connections that are kept.
 *
 * Redirects are not followed, as Telegram does not follow them: the secret would go to another host. The bot has ten
 * seconds, in which the whole answer must have come.
 */
export function passOnTo({ url, secret_token }: BotWebhook): PassOn {
  const target = new URL(url);
  const [send, agent] =
    target.protocol === 'https:'
      ? [requestByHttps, new HttpsAgent({ keepAlive: true })]
      : [requestByHttp, new HttpAgent({ keepAlive: true })];

  function answerOf(request: PassOnRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const { body, contentType = 'application/json', sourceAddress } = request;
    const headers = {
      'Content-Type': contentType,
      'Content-Length': body.length,
      ...(secret_token !== undefined && { 'X-Telegram-Bot-Api-Secret-Token': secret_token }),
      ...(sourceAddress !== undefined && { 'X-Forwarded-For': sourceAddress }),
    };
    return new Promise((resolve, reject) => {
      const sending = send(target, { method: 'POST', headers, agent, signal }, resolve);
      sending.once('error', (error: NodeJS.ErrnoException) => {
        // The bot closed a connection that it had kept, before it read anything: a function sleeps longer than that.
        const isStale = sending.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        if (isStale && !signal.aborted) answerOf(request, signal).then(resolve, reject);
        else reject(error);
      });
      sending.end(body);
    });
  }

  return async (request) => {
    const milliseconds = Math.max(
      1,
      Math.min(longestMilliseconds, request.milliseconds ?? longestMilliseconds),
    );
    const signal = AbortSignal.timeout(milliseconds);
    try {
      const response = await answerOf(request, signal);
      const body = await bodyOf(response);
      const headers = passedHeaders.flatMap((name) => {
        const value = response.headers[name];
        return body === undefined && name !== 'retry-after' ? [] : value === undefined ? [] : [[name, value]];
      });
      return {
        outcome: 'answered',
        statusCode: response.statusCode ?? 502,
        headers: Object.fromEntries(headers),
        body: body ?? new Uint8Array(),
        isReplyLeftOut: body === undefined,
      };
    } catch (error) {
      if (signal.aborted) {
        const seconds = Math.round(milliseconds / 1000);
        return { outcome: 'no answer', statusCode: 504, reason: `no answer within ${seconds} s` };
      }
      return { outcome: 'no answer', statusCode: 502, reason: reasonOf(error) };
    }
  };
}

/**
 * The way where the URL that Telegram has says that a bot is behind, but no bot is known: nothing may look delivered.
 */
export const passOnToNobody: PassOn = async () => ({
  outcome: 'no answer',
  statusCode: 503,
  reason: "the lake does not know the bot behind it: the stack's parameter BotBehind is empty",
});

/** Undefined where it is too long: its rest is not read. */
async function bodyOf(response: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    length += chunk.length;
    if (length > longestReplyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Only the kind of failure: messages of network errors may hold the URL. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return `cannot be reached (${code ?? 'the connection broke off'})`;
}
