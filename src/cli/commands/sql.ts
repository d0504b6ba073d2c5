import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { defaultLake, openLake } from '../../lake/lake.ts';
import { querySource, type SourceOptions } from '../lake/lake-source.ts';
import { noteOlderFormOf } from '../lake/older-form-note.ts';
import { configFolder } from '../settings.ts';
import { sqlShell } from '../shell/sql-shell.ts';
import { examples } from '../terminal/help-text.ts';
import { withNarrowingOptions } from '../terminal/narrowing-options.ts';

/** `telegram-lake sql`: a shell for SQL over a lake. */
export function sqlCommand(): Command {
  return withNarrowingOptions(new Command('sql'))
    .description('Type SQL over a lake and read the results, or run a file of statements: sql < file.sql')
    .option('--lake <folder>', 'the lake', defaultLake)
    .addOption(
      new Option('--stack <name>', 'a deployed stack instead, queried through Athena').conflicts('lake'),
    )
    .option('--user <who>', 'only messages of this person: an id, @username or first name')
    .addHelpText('after', examples('sql --lake lake/group', 'sql --lake lake/group --last 4w'))
    .action(async (options: SourceOptions) => {
      if (options.stack === undefined) openLake(options.lake);
      const source = await querySource(options);
      await noteOlderFormOf(options);
      const { stdin: input, stdout: output } = process;
      const isTyped = input.isTTY === true;
      const { history, failed } = await sqlShell(source, {
        input,
        output,
        history: isTyped ? keptHistory() : [],
      });
      if (isTyped) keepHistory(history);
      else if (failed) throw new Error('not every statement could be run');
    });
}

const historyFile = () => join(configFolder(), 'sql-history');

function keptHistory(): string[] {
  try {
    return readFileSync(historyFile(), 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}

/** A history that cannot be kept is no reason to fail. */
function keepHistory(history: readonly string[]): void {
  try {
    mkdirSync(configFolder(), { recursive: true });
    writeFileSync(historyFile(), `${history.join('\n')}\n`, { mode: 0o600 });
  } catch {}
}
