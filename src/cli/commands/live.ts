import { Command } from 'commander';
import { defaultTimeZone } from '../../lake/settings.ts';
import { defaultLiveLake, type LiveOptions, live } from '../serve/live-lake.ts';
import { forwardOption } from '../terminal/forward-option.ts';
import { examples, tokenHelp } from '../terminal/help-text.ts';

/** `telegram-lake live`: a real group into a lake on this machine, without AWS and without a webhook. */
export function liveCommand(): Command {
  return new Command('live')
    .description(
      'Store the updates of a real group in a lake on this machine as they come. No AWS, no webhook.',
    )
    .option('--lake <folder>', 'folder of the lake; created if missing', defaultLiveLake)
    .option(
      '--chat-id <id[,id]>',
      'the chats whose updates are stored: ids, private, all (default: TELEGRAM_CHAT_ID)',
    )
    .option('--time-zone <zone>', `of day boundaries (default: the lake's own, else ${defaultTimeZone})`)
    .addOption(forwardOption())
    .option('--once', 'store the updates that wait, then exit (Telegram keeps updates for 24 hours)')
    .addHelpText('after', tokenHelp + examples('live --lake lake/mine --chat-id -1001234567890'))
    .action((options: LiveOptions) => live(options));
}
