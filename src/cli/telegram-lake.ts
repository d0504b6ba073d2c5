#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { SettingsError } from '../settings.ts';
import { botCommand } from './bot.ts';
import { etlCommand } from './etl.ts';
import { liveCommand } from './live.ts';
import { queryCommand } from './query.ts';
import { startCommand } from './start.ts';
import { UsageError } from './usage-error.ts';
import { webhookCommand } from './webhook.ts';
import { withoutSecrets } from './without-secrets.ts';

// In the order of a person's way: try it, set it up, use it.
const commands = [startCommand, botCommand, webhookCommand, liveCommand, etlCommand, queryCommand];

/**
 * The command line: one command a file. Exit codes: 0 done, 1 failed, 2 wrong usage; what went wrong is one line on
 * stderr.
 */
async function main(argv: readonly string[]): Promise<number> {
  const program = new Command('telegram-lake')
    .description("A Telegram group's own data lake: webhook in, SQL out.")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: () => {} })
    .exitOverride();
  for (const command of commands) program.addCommand(withSettingsOf(program, command()));
  try {
    await program.parseAsync(argv);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    if (error instanceof CommanderError && error.code === 'commander.help') return 2;
    console.error(`telegram-lake: ${messageOf(error)}`);
    return error instanceof CommanderError || error instanceof UsageError || error instanceof SettingsError
      ? 2
      : 1;
  }
}

function withSettingsOf(program: Command, command: Command): Command {
  for (const subcommand of command.commands) withSettingsOf(program, subcommand);
  return command.copyInheritedSettings(program);
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return withoutSecrets(message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' '));
}

process.exitCode = await main(process.argv);
