import { Command, Option } from 'commander';
import { UsageError } from '../../base/usage-error.ts';
import { idsOf } from '../../lake/chats.ts';
import { parseSecretToken, processEnvironment } from '../../lake/settings.ts';
import type { BotApi } from '../../telegram/bot-api.ts';
import { type BotWebhook, parseBotSecret } from '../../telegram/bot-webhook.ts';
import { connectBot } from '../bot/connect-bot.ts';
import { type Finding, fine, note, printFindings, warning } from '../bot/finding.ts';
import type { LakeInFront } from '../bot/keep-bot.ts';
import type { WebhookDeletion, WebhookSettings } from '../bot/webhook-calls.ts';
import { chosenSecretToken } from '../settings.ts';
import { stackBot } from '../stack/bot-behind.ts';
import { describeStack, type Stack } from '../stack/stack.ts';
import { stackSecret } from '../stack/stack-secret.ts';
import { askSecret } from '../terminal/ask-secret.ts';
import { examples, tokenHelp } from '../terminal/help-text.ts';

interface SetOptions {
  readonly stack?: string;
  readonly url?: string;
  readonly maxConnections: string;
  readonly dropPendingUpdates?: true;
  readonly replace?: true;
  readonly keepBot?: true;
  readonly unchecked?: true;
}

/** `telegram-lake webhook`: sets where Telegram sends updates, and shows how that goes. */
export function webhookCommand(): Command {
  return new Command('webhook')
    .description('Configure and inspect the Telegram webhook.')
    .addCommand(setCommand())
    .addCommand(infoCommand())
    .addCommand(deleteCommand())
    .addHelpText('after', examples('webhook set --stack telegram-lake', 'webhook info'));
}

const dropHelp = 'discard the updates that wait: they are lost';

function setCommand(): Command {
  return new Command('set')
    .description('Tell Telegram to send all updates to a stack or a URL. Safe to run again.')
    .option('--stack <name>', 'the stack to send updates to, with its own secret')
    .option(
      '--url <url>',
      'or any other endpoint; its secret comes from TELEGRAM_SECRET_TOKEN, or is asked for',
    )
    .option('--max-connections <number>', 'requests that Telegram makes at once, 1 to 100', '8')
    .option('--replace', 'set it even if another program gets the updates now; that program then gets none')
    .addOption(
      new Option(
        '--keep-bot',
        'put the stack in front of the bot that gets the updates now. That bot still gets each update. Asks for its webhook secret',
      ).conflicts(['url', 'replace', 'dropPendingUpdates']),
    )
    .option(
      '--unchecked',
      'do not stop where the bot is in no chat that the stack stores or, with --keep-bot, where that bot refuses the secret',
    )
    .option('--drop-pending-updates', dropHelp)
    .addHelpText(
      'after',
      tokenHelp +
        examples(
          'webhook set --stack telegram-lake',
          'webhook set --stack telegram-lake --keep-bot',
          'webhook set --url https://example.org/webhook',
        ),
    )
    .action(async (options: SetOptions) => {
      const maxConnections = parseConnections(options.maxConnections);
      const { parseWebhookUrl, setWebhook } = await import('../bot/webhook-calls.ts');
      if ((options.stack === undefined) === (options.url === undefined)) {
        throw new UsageError('webhook set needs either --stack NAME or --url URL');
      }
      const url = options.url === undefined ? undefined : parseWebhookUrl(options.url);
      if (options.keepBot && url !== undefined) throw new UsageError('--keep-bot needs --stack NAME');
      const api = await connectBot();
      const dropPendingUpdates = options.dropPendingUpdates ?? false;
      const calls = { maxConnections, dropPendingUpdates, replace: options.replace ?? false };
      const findings =
        url === undefined
          ? setToStack(api, options.stack ?? '', options, calls)
          : setWebhook(api, { ...calls, url, secretToken: await askedSecret() });
      await printFindings('the webhook', findings);
    });
}

/** Sets the webhook to a stack; with `keepBot`, after the stack has learned of the bot that is there now. */
async function* setToStack(
  api: BotApi,
  name: string,
  { keepBot: keepsBot, unchecked }: Pick<SetOptions, 'keepBot' | 'unchecked'>,
  calls: Omit<WebhookSettings, 'url' | 'secretToken' | 'isKept'>,
): AsyncGenerator<Finding> {
  const [{ setWebhook }, { checkBotIsKnown, checkSameBot, deployNotice, keepBot }] = await Promise.all([
    import('../bot/webhook-calls.ts'),
    import('../bot/keep-bot.ts'),
  ]);
  let stack = await describeStack(name);
  yield* chatsOfStack(api, stack, unchecked ?? false);
  let lake = await lakeInFront(stack);
  const secretToken = await stackSecret(stack);
  let { maxConnections } = calls;
  if (keepsBot) {
    // As the bot had them: more at once than it is used to could be too many for it.
    maxConnections = (await api.getWebhookInfo()).max_connections ?? maxConnections;
    yield* keepBot({ api, lake, askSecret: askedBotSecret, probe: probeBot, unchecked: unchecked ?? false });
    stack = await describeStack(name);
    lake = await lakeInFront(stack);
  } else if (lake.current) checkSameBot(lake, lake.current, (await api.getMe()).id);
  else checkBotIsKnown(lake, (await api.getWebhookInfo()).url ?? '');
  const bot = lake.current;
  const isKept = (url: string) => lake.isOwnUrl(url) || url === bot?.url;
  yield* setWebhook(api, { ...calls, maxConnections, url: stack.webhookUrl, secretToken, isKept });
  if (bot && !keepsBot) yield note(`the lake passes each update on to ${bot.url}`);
  if (keepsBot && stack.botSecretArn !== undefined) yield deployNotice(stack.botSecretArn);
}

/**
 * The chats that a stack stores, by their names.
 *
 * @throws UsageError where the bot is in no chat of one of these ids, so that its messages would be lost
 */
async function* chatsOfStack(
  api: BotApi,
  { name, chats }: Stack,
  unchecked: boolean,
): AsyncGenerator<Finding> {
  const { checkChatsExist, describeChat } = await import('../bot/known-chats.ts');
  const remedy = `It is the parameter TelegramChatId of the stack ${name}.`;
  for (const chatId of idsOf(chats)) {
    try {
      await checkChatsExist(api, [chatId], `Nothing was changed. ${remedy}`);
      yield fine(`the stack stores ${await describeChat(api, chatId)}`);
    } catch (error) {
      if (!unchecked || !(error instanceof UsageError)) throw error;
      yield warning(`the bot is in no chat with the id ${chatId}`, remedy);
    }
  }
}

async function lakeInFront(stack: Stack): Promise<LakeInFront> {
  const bot = await stackBot(stack);
  const bare = (url: string) => url.replace(/\?.*$/, '');
  return {
    stack: stack.name,
    isOwnUrl: (url) => bare(url) === bare(stack.webhookUrl),
    current: await bot.read(),
    keep: bot.keep,
  };
}

/**
 * The secret that the bot behind the lake expects: `TELEGRAM_FORWARD_SECRET_TOKEN`, also an empty one, or what is
 * typed.
 */
async function askedBotSecret(): Promise<string> {
  const variable = 'TELEGRAM_FORWARD_SECRET_TOKEN';
  const chosen = processEnvironment[variable];
  const question = 'The webhook secret that your bot expects; only Enter if it expects none';
  const secret = chosen ?? (await askSecret(question, variable, undefined, true));
  return parseBotSecret(secret.trim(), "the bot's webhook secret") ?? '';
}

/** An update id and nothing else: frameworks have nothing to do with it once they have checked the secret. */
async function probeBot(bot: BotWebhook): Promise<number | undefined> {
  const { passOnTo } = await import('../../ingest/pass-on.ts');
  const passedOn = await passOnTo(bot)({ body: Buffer.from('{"update_id":0}') });
  return passedOn.outcome === 'answered' ? passedOn.statusCode : undefined;
}

function infoCommand(): Command {
  return new Command('info')
    .description('Show where the webhook points, and explain what is wrong with it.')
    .option('--stack <name>', 'the stack that should take the updates')
    .addHelpText('after', tokenHelp + examples('webhook info --stack telegram-lake'))
    .action(async ({ stack }: { stack?: string }) => {
      const expectedUrl = stack === undefined ? undefined : (await describeStack(stack)).webhookUrl;
      const api = await connectBot();
      const { inspectWebhook } = await import('../bot/webhook-calls.ts');
      await printFindings('the webhook', inspectWebhook(api, expectedUrl));
    });
}

function deleteCommand(): Command {
  return new Command('delete')
    .description(
      'Stop Telegram from sending updates to the program that you name. New ones wait for live, at most 24 hours.',
    )
    .option('--stack <name>', 'the stack that gets the updates now')
    .option('--url <url>', 'or the URL that they go to now, as webhook info shows it')
    .option('--drop-pending-updates', dropHelp)
    .addOption(
      new Option(
        '--restore',
        'send them to the bot behind the stack again, as before webhook set --keep-bot',
      ).conflicts('dropPendingUpdates'),
    )
    .addHelpText(
      'after',
      tokenHelp +
        examples('webhook delete --stack telegram-lake', 'webhook delete --restore --stack telegram-lake'),
    )
    .action(async ({ dropPendingUpdates = false, restore, stack, url }: DeleteOptions) => {
      if (stack !== undefined && url !== undefined) {
        throw new UsageError('webhook delete takes either --stack NAME or --url URL');
      }
      if (restore && stack === undefined) throw new UsageError('--restore needs --stack NAME');
      const api = await connectBot();
      if (restore && stack !== undefined) return printFindings('the webhook', restoreTo(api, stack));
      const { deleteWebhook } = await import('../bot/webhook-calls.ts');
      const meant = stack === undefined ? byUrl(url) : await byStack(stack);
      await printFindings('the webhook', deleteWebhook(api, { ...meant, dropPendingUpdates }));
    });
}

type MeantWebhook = Pick<WebhookDeletion, 'isMeant' | 'goBack'>;

function byUrl(meant: string | undefined): MeantWebhook {
  return {
    isMeant: (url) => url === meant,
    goBack: (url) => `npx telegram-lake webhook set --url ${url}, with the secret of that program`,
  };
}

/** @throws UsageError when a bot is behind the stack, which would get no updates either */
async function byStack(name: string): Promise<MeantWebhook> {
  const lake = await lakeInFront(await describeStack(name));
  if (lake.current) {
    throw new UsageError(
      `the stack ${name} passes each update on to ${lake.current.url}, which would get none any more. Nothing was changed. ` +
        'To send the updates to that bot again: --restore',
    );
  }
  return { isMeant: lake.isOwnUrl, goBack: () => `npx telegram-lake webhook set --stack ${name}` };
}

interface DeleteOptions {
  readonly url?: string;
  readonly dropPendingUpdates?: boolean;
  readonly restore?: true;
  readonly stack?: string;
}

async function* restoreTo(api: BotApi, name: string): AsyncGenerator<Finding> {
  const { restoreBot } = await import('../bot/keep-bot.ts');
  const stack = await describeStack(name);
  yield* restoreBot(api, await lakeInFront(stack));
  await (await stackBot(stack)).forget();
  yield fine(`the stack ${name} stands in front of no bot any more`);
  yield note('if samconfig.own.toml has BotBehind among its parameter_overrides, take it out there');
}

async function askedSecret(): Promise<string> {
  const chosen = chosenSecretToken();
  if (chosen !== undefined) return chosen;
  return parseSecretToken(await askSecret('Webhook secret', 'TELEGRAM_SECRET_TOKEN'), 'the webhook secret');
}

function parseConnections(text: string): number {
  const connections = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (connections < 1 || connections > 100) throw new UsageError('--max-connections must be from 1 to 100');
  return connections;
}
