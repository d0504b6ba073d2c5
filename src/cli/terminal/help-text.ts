/** Where the commands that call the Bot API take the token from. */
export const tokenHelp =
  '\nThe bot token comes from TELEGRAM_BOT_TOKEN, else from the file that TELEGRAM_BOT_TOKEN_FILE names or that setup stored;\n' +
  'else it is asked for and not shown.\n';

/**
 * The end of a command's help: command lines to copy.
 *
 * @param commands - what follows `npx telegram-lake`
 */
export function examples(...commands: readonly string[]): string {
  const lines = commands.map((command) => `  $ npx telegram-lake ${command}`);
  return `\n${commands.length > 1 ? 'Examples' : 'Example'}:\n${lines.join('\n')}`;
}
