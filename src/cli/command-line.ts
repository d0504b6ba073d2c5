import { Command, CommanderError, type OutputConfiguration } from 'commander';
import { fileSystemProblem } from '../base/file-system-error.ts';
import { sweepScratchFolders } from '../base/scratch-folder.ts';
import { SettingsError } from '../base/settings-error.ts';
import { UsageError } from '../base/usage-error.ts';
import { printable } from '../query/result-format.ts';
import { botCommand } from './commands/bot.ts';
import { costCommand } from './commands/cost.ts';
import { databaseCommand } from './commands/database.ts';
import { deployCommand } from './commands/deploy.ts';
import { destroyCommand } from './commands/destroy.ts';
import { etlCommand } from './commands/etl.ts';
import { faqCommand } from './commands/faq.ts';
import { forgetCommand } from './commands/forget.ts';
import { importCommand } from './commands/import.ts';
import { liveCommand } from './commands/live.ts';
import { mcpCommand } from './commands/mcp.ts';
import { queryCommand } from './commands/query.ts';
import { reportCommand } from './commands/report.ts';
import { sentSecretCommand } from './commands/sent-secret.ts';
import { sqlCommand } from './commands/sql.ts';
import { startCommand } from './commands/start.ts';
import { statusCommand } from './commands/status.ts';
import { webhookCommand } from './commands/webhook.ts';
import { leftOut } from './lake/damaged-files.ts';
import { chooseRegion } from './settings.ts';
import { ownStack } from './stack/own-sam-config.ts';
import { examples } from './terminal/help-text.ts';
import { withoutSecrets } from './terminal/without-secrets.ts';

// In the order of a person's way: try it, set it up, use it.
const commands = [
  startCommand,
  botCommand,
  deployCommand,
  webhookCommand,
  sentSecretCommand,
  liveCommand,
  importCommand,
  etlCommand,
  statusCommand,
  queryCommand,
  sqlCommand,
  databaseCommand,
  mcpCommand,
  reportCommand,
  faqCommand,
  forgetCommand,
  costCommand,
  destroyCommand,
];

/**
 * Runs a command line and gives its exit code: 0 done, 1 failed or without a day whose file is damaged, 2 wrong usage.
 * What went wrong is one line on stderr, and no bot token is in it.
 *
 * @param argv - as `process.argv` has it: two words, then the command
 */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  try {
    leftOut.clear();
    await createProgram().parseAsync(argv);
    return leftOut.size > 0 ? 1 : 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    if (error instanceof CommanderError && error.code === 'commander.help') return 2;
    console.error(`telegram-lake: ${messageOf(error)}`);
    return error instanceof CommanderError || error instanceof UsageError || error instanceof SettingsError
      ? 2
      : 1;
  }
}

/**
 * The command `telegram-lake` with all its commands, one of a file each. Its errors are thrown.
 *
 * @param output - where and how wide help is written, when not to the terminal
 */
export function createProgram(output: OutputConfiguration = {}): Command {
  const program = new Command('telegram-lake')
    .description("A Telegram group's own data lake: webhook in, SQL out.")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: () => {}, ...output })
    .addHelpText('after', examples('start', 'query --help'))
    .exitOverride()
    .hook('preAction', (_, command) => chooseRegion(command.opts<{ stack?: string }>().stack, ownStack()))
    .hook('preAction', () => sweepScratchFolders());
  for (const command of commands) program.addCommand(withSettingsOf(program, command()));
  return program;
}

function withSettingsOf(program: Command, command: Command): Command {
  for (const subcommand of command.commands) withSettingsOf(program, subcommand);
  return command.copyInheritedSettings(program);
}

function messageOf(error: unknown): string {
  const message = fileSystemProblem(error) ?? (error instanceof Error ? error.message : String(error));
  // DuckDB's picture of the place in the SQL, with a mark below it, makes no sense on one line.
  const [, problem = message, line = '1'] = /^(.*?)\n+LINE (\d+):.*$/s.exec(message) ?? [];
  const said = line === '1' ? problem : `${problem} (line ${line})`;
  return printable(withoutSecrets(said.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ')));
}
