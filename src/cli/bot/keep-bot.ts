import { UsageError } from '../../base/usage-error.ts';
import type { BotApi } from '../../telegram/bot-api.ts';
import { type BotWebhook, parseBotUrl } from '../../telegram/bot-webhook.ts';
import { type Finding, fine, note } from './finding.ts';

/** The lake that is to stand in front of a bot. */
export interface LakeInFront {
  /** The stack's name, by which commands name it. */
  readonly stack: string;
  /** Of the stack, in every form that it has: with and without the bot behind it. */
  readonly isOwnUrl: (url: string) => boolean;
  /** The bot that is behind it already. */
  readonly current: BotWebhook | undefined;
  /** Has the lake pass updates on to this bot. */
  readonly keep: (bot: BotWebhook) => Promise<void>;
}

export interface KeepBotOptions {
  readonly api: BotApi;
  readonly lake: LakeInFront;
  /** Asks for the secret that the bot expects; empty where it expects none. */
  readonly askSecret: () => Promise<string>;
  /**
   * Sends the bot an update without content; the status that it answers, undefined where it cannot be reached from
   * here.
   */
  readonly probe: (bot: BotWebhook) => Promise<number | undefined>;
  /** Do not stop where the bot refuses that update. */
  readonly unchecked: boolean;
}

/**
 * Has a lake pass updates on to the bot whose webhook is set now. The webhook itself stays as it is.
 *
 * Nothing is changed before all that can be known is: that there is such a bot, that its certificate is one that others
 * trust, that it takes this secret.
 *
 * @throws UsageError when no bot can be kept so
 */
export async function* keepBot(options: KeepBotOptions): AsyncGenerator<Finding> {
  const { api, lake, askSecret, probe, unchecked } = options;
  const { id: bot_id } = await api.getMe();
  const { url = '', ...info } = await api.getWebhookInfo();
  if (lake.isOwnUrl(url)) {
    if (!lake.current) throw new UsageError(alreadyWithoutBot);
    checkSameBot(lake, lake.current, bot_id);
    yield fine(`the lake is in front of ${lake.current.url} already`);
    return;
  }
  if (!url) throw new UsageError(noWebhook);
  if (info.has_custom_certificate) throw new UsageError(ownCertificate(url));
  const secret_token = await askSecret();
  const bot: BotWebhook = {
    url: parseBotUrl(url, 'the webhook that is set', false),
    ...(secret_token && { secret_token }),
    ...(info.allowed_updates?.length && { allowed_updates: info.allowed_updates }),
    ...(info.max_connections && { max_connections: info.max_connections }),
    bot_id,
  };
  const status = await probe(bot);
  if ((status === 401 || status === 403) && !unchecked) throw new UsageError(refusedSecret(url, status));
  if (status === undefined) {
    yield note(`${new URL(url).host} cannot be reached from here, so its secret is not checked`);
  }
  await lake.keep(bot);
  yield fine(`the lake passes on to ${url} what it has stored`);
}

/**
 * Puts the webhook of the bot behind the lake back, as it was: URL, secret, kinds of update, connections.
 *
 * @throws UsageError when the webhook is neither the lake's nor this bot's
 */
export async function* restoreBot(api: BotApi, lake: LakeInFront): AsyncGenerator<Finding> {
  const bot = lake.current;
  if (!bot) throw new UsageError('no bot is behind this lake, so there is no webhook to put back');
  const { id } = await api.getMe();
  checkSameBot(lake, bot, id);
  const { url = '' } = await api.getWebhookInfo();
  if (url && url !== bot.url && !lake.isOwnUrl(url)) {
    throw new UsageError(
      `this bot's updates go to ${url}, which is neither the lake nor the bot behind it. Nothing was changed.`,
    );
  }
  await api.setWebhook(bot.url, {
    ...(bot.secret_token !== undefined && { secret_token: bot.secret_token }),
    ...(bot.max_connections !== undefined && { max_connections: bot.max_connections }),
    // An empty list asks for Telegram's default; none at all would keep the lake's.
    allowed_updates: (bot.allowed_updates ?? []) as NonNullable<
      Parameters<BotApi['setWebhook']>[1]
    >['allowed_updates'] & {},
  });
  yield fine(`Telegram sends updates to ${bot.url} again; the lake gets none`);
}

/**
 * Refuses a lake in front of another bot: its updates would go to the wrong program.
 *
 * @throws UsageError when the bot of the token is not the one behind the lake
 */
export function checkSameBot({ stack }: LakeInFront, { bot_id, url }: BotWebhook, id: number): void {
  if (bot_id === undefined || bot_id === id) return;
  throw new UsageError(
    `this stack stands in front of the bot ${bot_id} (${url}), and the token is of the bot ${id}. Nothing was changed. ` +
      `First put that bot's webhook back: npx telegram-lake webhook delete --stack ${stack} --restore, with its token`,
  );
}

/**
 * Refuses to set the lake's URL without its mark where the mark shows that a bot is behind: a deploy has lost that bot,
 * and it would then get nothing any more, without an error.
 *
 * @throws UsageError in that case
 */
export function checkBotIsKnown(lake: LakeInFront, url: string): void {
  if (!lake.current && lake.isOwnUrl(url) && URL.parse(url)?.searchParams.has('pass-on')) {
    throw new UsageError(
      'a bot is behind this lake, but the stack no longer has its parameter BotBehind. Nothing was changed: Telegram keeps ' +
        "the bot's updates for 24 hours. Deploy again with BotBehind=ARN of the secret whose name begins with the " +
        "stack's name and -bot- (aws secretsmanager list-secrets)",
    );
  }
}

/** What to see to after the lake has gone in front of a bot. */
export const deployNotice = (arn: string): Finding =>
  note(
    `deploys keep the stack's parameter BotBehind, ${arn}. Only sam deploy --guided asks for it: keep that answer. Without it, ` +
      "Telegram holds the bot's updates back, for at most 24 hours",
  );

const alreadyWithoutBot =
  'updates go to this stack already, and the bot that was there before is not known. Nothing was changed. ' +
  "Start your bot so that it sets its own webhook, or set it yourself; then run this again: the bot's URL is read from Telegram";

const noWebhook =
  'no webhook is set, so there is no URL to pass updates on to. Nothing was changed. A bot that fetches its updates ' +
  '(getUpdates) cannot run behind a stack; give it a webhook, or use a second bot for the lake';

const ownCertificate = (url: string) =>
  `the certificate of ${url} is one of the bot's own, which the lake cannot trust. Nothing was changed. ` +
  'Give the bot a certificate that others trust (such as one of Let’s Encrypt), and set its webhook without the file';

const refusedSecret = (url: string, status: number) =>
  `${url} answered ${status} to an update without content: this secret is not the one it expects, or it accepts only ` +
  "Telegram's addresses. Nothing was changed. If you are sure of the secret, and it reads X-Forwarded-For: --unchecked";
