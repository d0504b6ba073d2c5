import { Command } from 'commander';
import { sentSecret } from '../../ingest/sent.ts';
import { localSecretToken } from '../settings.ts';
import { describeStack } from '../stack/stack.ts';
import { stackSecret } from '../stack/stack-secret.ts';
import { examples } from '../terminal/help-text.ts';

/** `telegram-lake sent-secret`: what a bot needs to report the messages that it sends. */
export function sentSecretCommand(): Command {
  return new Command('sent-secret')
    .description(
      'Print the secret that a bot uses to report what it sends (POST /sent). Keep it in the bot only.',
    )
    .option('--stack <name>', 'of a stack (default: of npm start, from TELEGRAM_SECRET_TOKEN)')
    .addHelpText('after', examples('sent-secret --stack telegram-lake'))
    .action(async ({ stack: name }: { stack?: string }) => {
      if (name === undefined) {
        console.log(sentSecret(localSecretToken()));
        return;
      }
      const stack = await describeStack(name);
      console.error(`The bot posts to ${stack.webhookUrl.replace(/\/webhook(\?.*)?$/, '/sent')}`);
      console.log(sentSecret(await stackSecret(stack)));
    });
}
