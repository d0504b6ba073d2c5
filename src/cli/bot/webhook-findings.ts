import { BlockList, isIP } from 'node:net';
import type { WebhookInfo } from '@grammyjs/types';
import { allowedUpdates, kindsOnlyByName, type UpdateKind } from '../../telegram/allowed-updates.ts';
import { type Finding, fine, note, problem, warning } from './finding.ts';

/** What getWebhookInfo is held against. */
export interface WebhookContext {
  /** The present, in Unix seconds. */
  readonly now: number;
  /** Where updates should go, when that is known. */
  readonly expectedUrl?: string;
  /** How many updates waited when getWebhookInfo was asked a moment before. */
  readonly earlierPending?: number;
  /** Whether a secret was set just now; Telegram does not say. */
  readonly secretSet?: boolean;
}

/** Ports that Telegram delivers to. */
export const webhookPorts: readonly string[] = ['443', '80', '88', '8443'];

/** What getWebhookInfo says of a bot's webhook, in words: what is well, what is wrong, and what to do about it. */
export function* webhookFindings(info: WebhookInfo, context: WebhookContext): Generator<Finding> {
  if (!info.url) {
    yield warning(
      'no webhook is set: updates wait for getUpdates, for at most 24 hours',
      'npx telegram-lake webhook set, or npx telegram-lake live',
    );
    yield* pending(info, context);
    return;
  }
  yield* address(info, info.url, context);
  yield* deliveries(info, context);
  yield* pending(info, context);
  yield* kinds(info);
  yield context.secretSet
    ? fine('the secret is set')
    : note('Telegram does not say whether a secret is set; a wrong or missing one shows as 401 Unauthorized');
}

function* address(
  { ip_address, max_connections }: WebhookInfo,
  url: string,
  { expectedUrl }: WebhookContext,
) {
  if (expectedUrl !== undefined && url !== expectedUrl) {
    yield problem(`Telegram sends updates to ${url}, not to ${expectedUrl}`, 'npx telegram-lake webhook set');
  } else {
    const limit = max_connections ? `, over at most ${max_connections} connections` : '';
    yield fine(`Telegram sends updates to ${url}${limit}`);
  }
  const { protocol, port } = new URL(url);
  if (protocol !== 'https:' || !webhookPorts.includes(port || '443')) {
    yield problem(
      `Telegram does not deliver to ${protocol}//…:${port}`,
      `Use https and one of the ports ${webhookPorts.join(', ')}`,
    );
  }
  if (ip_address && isIP(ip_address) && isPrivate(ip_address)) {
    yield problem(
      `${new URL(url).host} is ${ip_address}, an address inside a private network, which Telegram cannot reach`,
      'The name must lead to a public address',
    );
  }
}

function* deliveries(
  { last_error_date, last_error_message = '', ...info }: WebhookInfo,
  { now }: WebhookContext,
) {
  const synchronized = info.last_synchronization_error_date;
  if (synchronized && now - synchronized < recentSeconds) {
    yield warning(
      `Telegram itself had trouble fetching updates, ${ago(now - synchronized)}; it goes on by itself`,
    );
  }
  if (!last_error_date) {
    yield fine('no delivery has failed since the webhook was set');
    return;
  }
  const text = `a delivery failed ${ago(now - last_error_date)}: ${last_error_message}`;
  // Telegram keeps the last error when later deliveries succeed: what waits shows whether they do.
  yield info.pending_update_count > 0
    ? problem(text, adviceOn(last_error_message))
    : note(`${text}; no update waits any more`);
}

function* pending({ pending_update_count: count }: WebhookInfo, { earlierPending: earlier }: WebhookContext) {
  if (count === 0) yield fine('no update waits');
  else if (earlier !== undefined && count > earlier) {
    yield warning(
      `${updates(count)} wait, ${count - earlier} more than a moment ago: they come faster than they are taken`,
    );
  } else if (earlier !== undefined && count < earlier) {
    yield fine(`${updates(count)} wait, ${earlier - count} less than a moment ago`);
  } else yield warning(`${updates(count)} ${count === 1 ? 'waits' : 'wait'}`);
}

function* kinds({ allowed_updates }: WebhookInfo) {
  const allowed: readonly UpdateKind[] = allowed_updates?.length
    ? allowed_updates
    : allowedUpdates.filter((kind) => !kindsOnlyByName.includes(kind));
  const missing = allowedUpdates.filter((kind) => !allowed.includes(kind));
  if (missing.length === 0) {
    yield fine(
      `all ${allowedUpdates.length} kinds of updates are asked for, reactions and member changes among them`,
    );
    return;
  }
  const text = `not asked for, so lost to the lake: ${missing.join(', ')}`;
  const advice =
    'If this URL is your lake, npx telegram-lake webhook set with its --stack or --url asks for all (a Bot API server ' +
    'of an older version leaves out what it does not know). If another program is there, leave it as it is';
  yield missing.some((kind) => messageKinds.includes(kind)) ? problem(text, advice) : warning(text, advice);
}

const messageKinds: readonly UpdateKind[] = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
];

const recentSeconds = 3600;

/** The first that fits the error. The errors are those of Telegram's Bot API server, their statuses the endpoint's. */
const advices: readonly (readonly [RegExp, string])[] = [
  [
    /\b401\b/,
    'Telegram sends another secret than the endpoint expects. If the endpoint is your lake: npx telegram-lake webhook set',
  ],
  [
    /\b403\b/,
    "API Gateway rejected it before the function: the path is not the stack's, or AllowedNetworks does not have Telegram's networks",
  ],
  [/\b404\b|\b405\b/, 'Nothing takes updates at this path: it ends with /webhook'],
  [/\b3\d\d\b/, 'Telegram does not follow redirections: set the URL that it leads to'],
  [
    /\b410\b/,
    'The endpoint says that it is gone for good; after 23 hours of that Telegram removes the webhook',
  ],
  [/\b429\b/, 'The API lets in fewer requests than Telegram makes; nothing is lost, it comes later'],
  [
    /\b5\d\d\b/,
    "The function fails, or its bucket does: see the ingest function's log. Telegram tries for 24 hours",
  ],
  [
    /SSL|certificate/i,
    'The certificate must be valid for the name in the URL, and come with its whole chain',
  ],
  [/resolve|reserved/i, 'The name in the URL must lead to a public IPv4 address'],
  [
    /time|closed|refused|connect/i,
    'The endpoint must be reachable from the internet, and answer within a minute',
  ],
];

function adviceOn(message: string): string | undefined {
  return advices.find(([pattern]) => pattern.test(message))?.[1];
}

function updates(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'update' : 'updates'}`;
}

function ago(seconds: number): string {
  const [size, unit] = (
    [
      [86_400, 'd'],
      [3600, 'h'],
      [60, 'min'],
    ] as const
  ).find(([size]) => seconds >= size) ?? [1, 's'];
  return `${Math.max(0, Math.floor(seconds / size))} ${unit} ago`;
}

const privateNetworks = new BlockList();
for (const network of [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
]) {
  const [start = '', prefix] = network.split('/');
  privateNetworks.addSubnet(start, Number(prefix));
}

function isPrivate(address: string): boolean {
  return isIP(address) === 4 && privateNetworks.check(address);
}
