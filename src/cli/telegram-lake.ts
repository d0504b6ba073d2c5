#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { SettingsError } from '../settings.ts';
import { etlCommand } from './etl.ts';
import { queryCommand } from './query.ts';
import { UsageError } from './usage-error.ts';

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
  for (const command of [etlCommand(), queryCommand()]) {
    program.addCommand(command.copyInheritedSettings(program));
  }
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

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ');
}

process.exitCode = await main(process.argv);
