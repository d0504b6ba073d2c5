import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Command } from 'commander';
import { UsageError } from '../../base/usage-error.ts';
import { parseSecretToken } from '../../lake/settings.ts';
import { connectBot } from '../bot/connect-bot.ts';
import { printFindings } from '../bot/finding.ts';
import { chosenSecretToken } from '../settings.ts';
import { fromAws } from '../stack/aws-error.ts';
import { describeStack, type Stack } from '../stack/stack.ts';
import { askSecret } from '../terminal/ask-secret.ts';
import { examples, tokenHelp } from '../terminal/help-text.ts';

interface SetOptions {
  readonly stack?: string;
  readonly url?: string;
  readonly maxConnections: string;
  readonly dropPendingUpdates?: true;
  readonly replace?: true;
}

/** `telegram-lake webhook`: tells Telegram where to send updates, and how that goes. */
export function webhookCommand(): Command {
  return new Command('webhook')
    .description('Configure and inspect the Telegram webhook.')
    .addCommand(setCommand())
    .addCommand(infoCommand())
    .addCommand(deleteCommand())
    .addHelpText('after', examples('webhook set --stack telegram-lake', 'webhook info'));
}

const dropHelp = 'forget the updates that wait: they are lost';

function setCommand(): Command {
  return new Command('set')
    .description('Tell Telegram to send all updates to a stack or a URL. Safe to run again.')
    .option('--stack <name>', 'the stack that takes the updates, with its own secret')
    .option('--url <url>', 'or any endpoint; its secret comes from TELEGRAM_SECRET_TOKEN, or is asked for')
    .option('--max-connections <number>', 'requests that Telegram makes at once, 1 to 100', '8')
    .option('--replace', 'also where the updates go to another program now, which then gets none')
    .option('--drop-pending-updates', dropHelp)
    .addHelpText(
      'after',
      tokenHelp +
        examples('webhook set --stack telegram-lake', 'webhook set --url https://example.org/webhook'),
    )
    .action(async (options: SetOptions) => {
      const maxConnections = parseConnections(options.maxConnections);
      const { parseWebhookUrl, setWebhook } = await import('../bot/webhook-calls.ts');
      if ((options.stack === undefined) === (options.url === undefined)) {
        throw new UsageError('webhook set needs either --stack NAME or --url URL');
      }
      const stack = options.stack === undefined ? undefined : await describeStack(options.stack);
      const url = stack?.webhookUrl ?? parseWebhookUrl(options.url ?? '');
      const api = await connectBot();
      const secretToken = stack ? await stackSecret(stack) : await askedSecret();
      const dropPendingUpdates = options.dropPendingUpdates ?? false;
      await printFindings(
        'the webhook',
        setWebhook(api, {
          url,
          secretToken,
          maxConnections,
          dropPendingUpdates,
          replace: options.replace ?? false,
        }),
      );
    });
}

function infoCommand(): Command {
  return new Command('info')
    .description('Say in words how the webhook stands, and what is wrong with it.')
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
    .description('Have Telegram send no more updates; those to come wait for live, at most 24 hours.')
    .option('--drop-pending-updates', dropHelp)
    .addHelpText('after', tokenHelp + examples('webhook delete'))
    .action(async ({ dropPendingUpdates }: { dropPendingUpdates?: true }) => {
      const api = await connectBot();
      const { deleteWebhook } = await import('../bot/webhook-calls.ts');
      await printFindings('the webhook', deleteWebhook(api, dropPendingUpdates ?? false));
    });
}

/**
 * The secret that a stack expects with each update.
 *
 * @throws UsageError when it may not be read
 */
export async function stackSecret(
  { name, webhookSecretArn }: Stack,
  client?: SecretsManagerClient,
): Promise<string> {
  const { SecretsManagerClient, GetSecretValueCommand } = await import('@aws-sdk/client-secrets-manager');
  const secretsManager = client ?? new SecretsManagerClient();
  const request = secretsManager.send(new GetSecretValueCommand({ SecretId: webhookSecretArn }));
  const { SecretString = '' } = await fromAws(`read the webhook secret of the stack ${name}`, request);
  return parseSecretToken(SecretString, `the webhook secret of the stack ${name}`);
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
