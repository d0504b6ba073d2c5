import { Command } from 'commander';
import type { ResultTable } from '../../query/query-runner.ts';
import { textTable } from '../../query/result-format.ts';
import type { SeenChat } from '../bot/bot-chats.ts';
import { connectBot } from '../bot/connect-bot.ts';
import { printFindings } from '../bot/finding.ts';
import { chosenChats } from '../settings.ts';
import { examples, tokenHelp } from '../terminal/help-text.ts';

/** `telegram-lake bot`: is the bot ready, and in which chats is it? */
export function botCommand(): Command {
  return new Command('bot')
    .description('Check a bot: is it ready, and which chats is it in?')
    .addCommand(checkCommand())
    .addCommand(chatsCommand())
    .addHelpText('after', examples('bot check', 'bot chats'));
}

function checkCommand(): Command {
  return new Command('check')
    .description('Check that the bot can feed a lake, and say what to change.')
    .option('--chat-id <id[,id]>', 'check these groups, too (default: TELEGRAM_CHAT_ID)')
    .addHelpText('after', tokenHelp + examples('bot check --chat-id -1001234567890'))
    .action(async ({ chatId }: { chatId?: string }) => {
      const chats = chosenChats(chatId) ?? new Set();
      const api = await connectBot();
      const { checkBot } = await import('../bot/bot-check.ts');
      await printFindings('the bot', checkBot(api, chats));
      if (chats.size === 0)
        console.log('To check a group: --chat-id ID (npx telegram-lake bot chats lists ids)');
    });
}

function chatsCommand(): Command {
  return new Command('chats')
    .description("Find a group's id: list the chats whose updates wait for the bot.")
    .addHelpText('after', tokenHelp + examples('bot chats'))
    .action(async () => {
      const api = await connectBot();
      const { seenChats } = await import('../bot/bot-chats.ts');
      const { webhookInTheWay } = await import('../bot/webhook-calls.ts');
      const seen = await seenChats(api);
      if (seen.outcome === 'webhook') {
        throw new Error(webhookInTheWay(seen.url));
      }
      if (seen.chats.length === 0) {
        console.log('No update waits. Add the bot to the group, or write something there, then try again.');
        return;
      }
      process.stdout.write(textTable(chatTable(seen.chats)));
      if (seen.more) console.log('More updates wait than the 100 that can be looked at.');
    });
}

function chatTable(chats: readonly SeenChat[]): ResultTable {
  return {
    columns: [
      { name: 'id', type: 'bigint' },
      { name: 'type', type: 'varchar' },
      { name: 'updates', type: 'bigint' },
      { name: 'name', type: 'varchar' },
    ],
    rows: chats.map(({ id, type, updates, title, migratedTo }) => {
      return [id, type, updates, migratedTo === undefined ? title : `${title} (now ${migratedTo})`];
    }),
  };
}
