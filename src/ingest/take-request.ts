import { asksForKind, type BotWebhook } from '../telegram/bot-webhook.ts';
import { type PassedOn, type PassOn, passOnTo, passOnToNobody } from './pass-on.ts';
import type { SentOutcome } from './sent.ts';
import { type Webhook, type WebhookOutcome, type WebhookRequest, webhookResponse } from './webhook.ts';

/** A bot that goes on running behind the lake: it gets each update once the lake has stored it. */
export interface BotBehind {
  /** Whether Telegram would send it updates of this kind; the lake asks for all. */
  readonly asksFor: (kind: string) => boolean;
  readonly passOn: PassOn;
}

/** Notes what a bot answers an update with. */
export type NoteReply = (body: Uint8Array) => Promise<SentOutcome | undefined>;

/** The bot behind the lake by its webhook; undefined where the lake does not know it. */
export function botBehind(webhook: BotWebhook | undefined): BotBehind {
  if (!webhook) return { asksFor: () => true, passOn: passOnToNobody };
  return { asksFor: (kind) => asksForKind(webhook, kind), passOn: passOnTo(webhook) };
}

/** What came of a request, and what to answer it. */
export interface Taken {
  readonly outcome: WebhookOutcome;
  /** Undefined where the update was not passed on. */
  readonly passedOn: PassedOn | undefined;
  /** What became of the note of the bot's reply; undefined where there was none to take. */
  readonly noted: SentOutcome | undefined;
  readonly answer: {
    readonly statusCode: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
  };
}

export interface TakeOptions {
  readonly bot?: BotBehind | undefined;
  readonly noteReply?: NoteReply | undefined;
  /** Those that are left for the bot. */
  readonly milliseconds?: (() => number) | undefined;
}

/**
 * Stores an update, then passes it on to the bot behind the lake, whose answer becomes the lake's: Telegram executes a
 * reply in it, and sends the update again after a failure. It is stored again then, over itself.
 *
 * What is not stored because the store failed is not passed on: it comes again. What the lake does not keep, an update
 * of another chat, is the bot's all the same.
 *
 * A reply that cannot be noted is lost to the lake, never to Telegram.
 */
export async function takeRequest(
  webhook: Webhook,
  request: WebhookRequest,
  { bot, noteReply, milliseconds }: TakeOptions = {},
): Promise<Taken> {
  const outcome = await webhook.receive(request);
  const passedOn =
    bot && isForBot(outcome, bot)
      ? await bot.passOn({ ...request, ...(milliseconds && { milliseconds: milliseconds() }) })
      : undefined;
  const hasReply = passedOn?.outcome === 'answered' && passedOn.statusCode < 300 && passedOn.body.length > 0;
  const noted = hasReply ? await noteReply?.(passedOn.body) : undefined;
  return { outcome, passedOn, noted, answer: answerOf(outcome, passedOn) };
}

/** Whether an update goes to the bot: what came with the secret, unless it must come again. */
export function isForBot(outcome: WebhookOutcome, bot: BotBehind): boolean {
  if (outcome.outcome === 'stored' || outcome.outcome === 'ignored') return bot.asksFor(outcome.kind);
  return outcome.outcome === 'quarantined';
}

function answerOf(outcome: WebhookOutcome, passedOn: PassedOn | undefined): Taken['answer'] {
  if (!passedOn) return { ...webhookResponse(outcome), body: new Uint8Array() };
  if (passedOn.outcome === 'answered') return passedOn;
  return { statusCode: passedOn.statusCode, headers: {}, body: new Uint8Array() };
}
