import { randomUUID } from 'node:crypto';
import { followUpdates } from '../../ingest/long-polling.ts';
import { passToBot } from '../../ingest/pass-to-bot.ts';
import { createSentIntake } from '../../ingest/sent.ts';
import type { BotBehind } from '../../ingest/take-request.ts';
import { createWebhook, type WebhookOutcome } from '../../ingest/webhook.ts';
import type { Chats } from '../../lake/chats.ts';
import { keepNote, type LocalLake } from '../../lake/lake.ts';
import { printable } from '../../query/result-format.ts';
import type { BotApi } from '../../telegram/bot-api.ts';
import { describeChat } from '../bot/known-chats.ts';
import { webhookInTheWay } from '../bot/webhook-calls.ts';

export interface LiveOptions {
  readonly api: BotApi;
  readonly lake: LocalLake;
  readonly chats: Chats;
  /** The bot that gets each update once it is stored. */
  readonly bot?: BotBehind | undefined;
  /** Told of each raw object that is new. */
  readonly onStored: (rawKey: string) => void;
  readonly signal: AbortSignal;
  /** Take what waits, then end. */
  readonly once: boolean;
}

/** What became of the updates that came. */
export interface LiveCounts {
  readonly stored: number;
  /** From other chats, or without a chat. */
  readonly ignored: number;
}

/**
 * A bot whose updates can be fetched, with its name, for a greeting.
 *
 * @throws Error when a webhook is set: Telegram then gives updates to nobody else
 */
export async function readyToListen(api: BotApi): Promise<string> {
  const { url } = await api.getWebhookInfo();
  if (url) {
    throw new Error(webhookInTheWay(url));
  }
  return printable(`@${(await api.getMe()).username}`);
}

/** Stores a bot's updates in a lake as they come, until the signal, and prints what is out of the ordinary. */
export async function storeLiveUpdates(options: LiveOptions): Promise<LiveCounts> {
  const { api, lake, chats, bot, onStored, signal, once } = options;
  const counts = { stored: 0, ignored: 0 };
  const intake = {
    store: lake.raw,
    // Nothing comes by HTTP here, so nobody needs to know it.
    secretToken: randomUUID(),
    chats,
    timeZone: lake.timeZone,
    now: () => Math.floor(Date.now() / 1000),
  };
  const webhook = createWebhook(intake);
  const sent = createSentIntake(intake);
  const keepSent = async (result: unknown) => {
    const outcome = await sent.receiveTrusted(JSON.stringify({ result }));
    // Not thrown: the update would come again, and the reply be sent twice.
    if (outcome.outcome === 'failed')
      console.error(`telegram-lake: ${outcome.error.message}: a reply is not stored`);
    if (outcome.outcome === 'stored') for (const key of outcome.keys) onStored(key);
  };
  const onOutcome = (outcome: WebhookOutcome) => {
    if (outcome.outcome === 'ignored') {
      counts.ignored += 1;
      if (outcome.chatId !== undefined) remarkOnOtherChat(outcome.chatId);
    }
    if (outcome.outcome === 'stored') {
      counts.stored += 1;
      keepNote(lake);
      onStored(outcome.key);
    }
    const remark = remarkOn(outcome);
    if (remark) console.error(`telegram-lake: ${remark}`);
  };
  let hasRemarked = false;
  const remarkOnOtherChat = (chatId: number) => {
    if (hasRemarked) return;
    hasRemarked = true;
    describeChat(api, chatId).then((chat) =>
      console.error(
        `telegram-lake: updates of other chats are not stored, such as of ${chat}; add its id to --chat-id to keep them`,
      ),
    );
  };
  const onTrouble = (trouble: string | undefined) =>
    console.error(`telegram-lake: ${trouble ? `${printable(trouble)}; trying again` : 'updates come again'}`);
  const passOn =
    bot &&
    ((body: Uint8Array, outcome: WebhookOutcome) =>
      passToBot(api, bot, body, outcome, keepSent).then(remarkOnReply));
  await followUpdates({ api, webhook, onOutcome, onTrouble, signal, once, ...(passOn && { passOn }) });
  return counts;
}

function remarkOnReply(lost: string | undefined): void {
  if (lost) console.error(`telegram-lake: a reply of the bot was lost: ${printable(lost)}`);
}

function remarkOn(outcome: WebhookOutcome): string | undefined {
  switch (outcome.outcome) {
    case 'stored':
      if (!outcome.migration) return undefined;
      return `the group ${outcome.migration.from} has the new id ${outcome.migration.to}, which is accepted from now on`;
    case 'quarantined':
      return `quarantined what is not an update (${outcome.reason}): ${outcome.key}`;
    case 'refused':
      return 'an update of more than 1 MiB is not stored';
    default:
      return undefined;
  }
}
