import { setTimeout as delay } from 'node:timers/promises';
import { counted } from '../../base/format.ts';
import { UsageError } from '../../base/usage-error.ts';
import { allowedUpdates } from '../../telegram/allowed-updates.ts';
import type { BotApi } from '../../telegram/bot-api.ts';
import { type Finding, fine, note } from './finding.ts';
import { webhookFindings, webhookPorts } from './webhook-findings.ts';

/** Parameters of setWebhook. */
export interface WebhookSettings {
  readonly url: string;
  readonly secretToken: string;
  /** Requests that Telegram makes at once, 1 to 100. */
  readonly maxConnections: number;
  /** Forget the updates that wait: they are lost. */
  readonly dropPendingUpdates: boolean;
  /** Take the updates away from the program that gets them now. */
  readonly replace: boolean;
  /** Whether the program at a URL loses nothing: it is the lake itself, or the bot behind it. */
  readonly isKept?: (url: string) => boolean;
}

/**
 * Sets the webhook, reads it back, and returns its state. Setting what is set already changes nothing; it is done
 * all the same, because the secret cannot be read back.
 *
 * @throws UsageError when updates go to another URL, whose program would get none any more, and `replace` is not set
 * @throws BotApiError when Telegram refuses
 */
export async function* setWebhook(api: BotApi, settings: WebhookSettings): AsyncGenerator<Finding> {
  const { url, secretToken, maxConnections, dropPendingUpdates, replace, isKept = () => false } = settings;
  const before = await api.getWebhookInfo();
  const isForeign = Boolean(before.url) && before.url !== url && !isKept(before.url ?? '');
  if (isForeign && !replace) throw new UsageError(wouldReplace(before.url ?? ''));
  await api.setWebhook(url, {
    secret_token: secretToken,
    max_connections: maxConnections,
    allowed_updates: allowedUpdates,
    ...(dropPendingUpdates && { drop_pending_updates: true }),
  });
  if (isForeign) {
    yield note(
      `updates went to ${before.url} until now, and go there no longer. To go back: ` +
        `npx telegram-lake webhook set --replace --url ${before.url}, with the secret of that program`,
    );
  }
  yield* webhookFindings(await api.getWebhookInfo(), { now: now(), expectedUrl: url, secretSet: true });
}

const wouldReplace = (url: string): string =>
  `this bot's updates go to ${url}, and Telegram sends them to one program only: that program would stop working. ` +
  'Nothing was changed. Use a bot of its own for the lake; or --stack NAME --keep-bot, so that the lake passes each ' +
  'update on to that program; or --replace to take the updates away from it ' +
  '(keep its webhook secret: it cannot be read back, and going back takes it).';

/**
 * How the webhook stands. Where updates wait, Telegram is asked twice, to see whether there are more.
 *
 * @param expectedUrl - where updates should go, when that is known
 */
export async function* inspectWebhook(
  api: BotApi,
  expectedUrl: string | undefined,
  pauseMilliseconds = 3000,
): AsyncGenerator<Finding> {
  const first = await api.getWebhookInfo();
  const waits = Boolean(first.url) && first.pending_update_count > 0;
  if (waits) await delay(pauseMilliseconds);
  yield* webhookFindings(waits ? await api.getWebhookInfo() : first, {
    now: now(),
    ...(waits && { earlierPending: first.pending_update_count }),
    ...(expectedUrl !== undefined && { expectedUrl }),
  });
}

/** Why updates cannot be fetched, without advice that would stop a bot unawares. */
export const webhookInTheWay = (url: string): string =>
  `this bot's updates go to ${url}, and Telegram sends them to one program only. Nothing was changed. ` +
  'Use a bot of its own for the lake. If that URL is a lake of yours which you no longer need, ' +
  `npx telegram-lake webhook delete --url ${url} ends it; any other program there would stop working.`;

/** Parameters of deleteWebhook. */
export interface WebhookDeletion {
  /** Whether a URL is the one whose program is to be cut off from updates. */
  readonly isMeant: (url: string) => boolean;
  /** Forget the updates that wait: they are lost. */
  readonly dropPendingUpdates: boolean;
  /** The command that sets the webhook of this URL again. */
  readonly goBack: (url: string) => string;
}

/**
 * Removes the webhook, so that updates wait for getUpdates.
 *
 * @throws UsageError when updates go to a URL that is not meant: its program would stop working
 */
export async function* deleteWebhook(
  api: BotApi,
  { isMeant, dropPendingUpdates, goBack }: WebhookDeletion,
): AsyncGenerator<Finding> {
  const { url } = await api.getWebhookInfo();
  if (url && !isMeant(url)) throw new UsageError(wouldStop(url));
  if (url || dropPendingUpdates) {
    await api.deleteWebhook(dropPendingUpdates ? { drop_pending_updates: true } : {});
  }
  yield url ? fine(`Telegram no longer sends updates to ${url}`) : fine('no webhook was set');
  if (url) yield note(`to go back: ${goBack(url)}`);
  const { pending_update_count: count } = await api.getWebhookInfo();
  const wait = count === 1 ? 'waits' : 'wait';
  yield note(`${counted(count, 'update')} ${wait} for getUpdates, for at most 24 hours`);
}

const wouldStop = (url: string): string =>
  `this bot's updates go to ${url}, and the program there would get none any more. Nothing was changed. If it is your lake, ` +
  `name it: --stack NAME, or --url ${url}. If it is another program, it would stop working, and to go back you would need ` +
  'its webhook secret, which cannot be read back.';

/**
 * A URL that Telegram takes as a webhook's.
 *
 * @throws UsageError when it would not
 */
export function parseWebhookUrl(text: string): string {
  const url = URL.parse(text);
  if (!url) throw new UsageError('--url is not a URL');
  if (url.protocol !== 'https:')
    throw new UsageError('--url must begin with https://: Telegram sends to no other');
  if (!webhookPorts.includes(url.port || '443')) {
    throw new UsageError(`--url has the port ${url.port}; Telegram sends only to ${webhookPorts.join(', ')}`);
  }
  return text;
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
