/**
 * Telegram refused a call, or could not be reached.
 *
 * It has no `cause`: the URL of each call holds the token, the payload of setWebhook the webhook secret, and errors of
 * the network and of grammY carry them.
 */
export class BotApiError extends Error {
  override readonly name = 'BotApiError';
  /** As the Bot API names it: `getUpdates`. */
  readonly method: string;
  /** The Bot API's error_code; undefined when there was no answer of the Bot API's at all. */
  readonly errorCode: number | undefined;
  /** For how long Telegram wants no call, when it said so. */
  readonly retryAfterSeconds: number | undefined;
  /** The new id of a group that has become a supergroup, when that is why. */
  readonly migrateToChatId: number | undefined;

  constructor(
    method: string,
    reason: string,
    { errorCode, retryAfterSeconds, migrateToChatId }: Refusal = {},
  ) {
    super(`${method}: ${reason}`);
    this.method = method;
    this.errorCode = errorCode;
    this.retryAfterSeconds = retryAfterSeconds;
    this.migrateToChatId = migrateToChatId;
  }

  /** Whether the same call may succeed later: the network, Telegram's servers or its rate limit are in the way. */
  get transient(): boolean {
    return this.errorCode === undefined || this.errorCode === 429 || this.errorCode >= 500;
  }
}

/** What the Bot API answers when it does not do what it was asked; nothing of it where the answer is another's. */
export interface Refusal {
  readonly errorCode?: number | undefined;
  readonly description?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly migrateToChatId?: number | undefined;
}
