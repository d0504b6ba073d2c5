import { createInterface } from 'node:readline';
import { SettingsError } from '../../base/settings-error.ts';
import { UsageError } from '../../base/usage-error.ts';
import { columns } from '../../lake/columns.ts';
import { viewsFolder } from '../../query/query-catalog.ts';
import { QueryError } from '../../query/query-runner.ts';
import type { QuerySource } from '../../query/query-source.ts';
import {
  formatResult,
  printable,
  type ResultFormat,
  resultFormats,
  wrapped,
} from '../../query/result-format.ts';
import { savedViews } from '../../query/views.ts';
import { withoutSecrets } from '../terminal/without-secrets.ts';

/** Where a person types SQL and reads results. */
export interface ShellTerminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
  /** What was typed in earlier sessions, the newest first. */
  readonly history?: readonly string[];
}

/**
 * Runs what is typed until the input ends: statements, each ended by `;`, and commands that begin with a dot.
 *
 * @returns what to keep for the next session, the newest first, and whether a statement failed where nobody types
 */
export async function sqlShell(
  source: QuerySource,
  { input, output, history = [] }: ShellTerminal,
): Promise<{ readonly history: readonly string[]; readonly failed: boolean }> {
  const isTyped = input.isTTY === true;
  const lines = createInterface({
    input,
    ...(isTyped && { output }),
    terminal: isTyped,
    historySize: historyLength,
    history: [...history],
    removeHistoryDuplicates: true,
  });
  let kept = history;
  lines.on('history', (newest) => {
    kept = [...newest];
  });
  let typed = '';
  let format: ResultFormat = 'table';
  let failed = false;
  let isClosed = false;
  lines.on('close', () => {
    isClosed = true;
  });
  const print = (text: string) => output.write(text.endsWith('\n') ? text : `${text}\n`);
  const prompt = () => {
    if (!isTyped || isClosed) return;
    lines.setPrompt(typed ? '  ... ' : 'lake> ');
    lines.prompt();
  };
  lines.on('SIGINT', () => {
    // As in every shell: away with what was typed; a second time, or with nothing typed, out.
    if (!typed && !lines.line) lines.close();
    typed = '';
    output.write('\n');
    lines.write(null, { ctrl: true, name: 'u' });
    prompt();
  });

  async function run(statement: string): Promise<void> {
    try {
      print(formatResult(await source.run(statement), format));
    } catch (error) {
      failed = true;
      print(expected(error));
    }
  }

  async function obey(line: string): Promise<boolean> {
    const [command = '', value = ''] = line.split(/\s+/);
    if (command === '.quit' || command === '.exit') return false;
    if (command === '.help') print(help);
    else if (command === '.tables') print(tables());
    else if (command === '.columns')
      print(columns.map(({ name, type }) => `${name.padEnd(22)}${type}`).join('\n'));
    else if (command === '.queries')
      print((await source.list()).map(({ name }) => printable(name)).join('\n'));
    else if (command === '.mode' && isFormat(value)) format = value;
    else if (command === '.mode') print(`.mode takes ${resultFormats.join(', ')}`);
    else if (command === '.run') {
      try {
        print(formatResult(await source.answer(value), format));
      } catch (error) {
        failed = true;
        print(expected(error));
      }
    } else {
      failed = true;
      print(`there is no command ${printable(command)}; .help lists them`);
    }
    return true;
  }

  if (isTyped) print('SQL over the lake, ended by ; — .help shows more, .quit ends.');
  prompt();
  for await (const line of lines) {
    if (!typed && line.trim().startsWith('.')) {
      if (!(await obey(line.trim()))) break;
    } else if (typed || line.trim()) {
      typed += `${line}\n`;
      if (isEnded(typed)) {
        const statement = typed.trim().replace(/;$/, '');
        typed = '';
        if (statement.trim()) await run(statement);
      }
    }
    prompt();
  }
  // A file may end without a semicolon.
  if (typed.trim() && !isTyped) await run(typed.trim());
  lines.close();
  return { history: kept, failed };
}

const historyLength = 500;

const help = `statement;        run it; it may have several lines
.tables           tables and views
.columns          columns of the table telegram
.queries          saved queries
.run NAME         run a saved query
.mode table|csv|json
.quit             end, as Ctrl-D does`;

const isFormat = (text: string): text is ResultFormat => (resultFormats as readonly string[]).includes(text);

/** Whether a semicolon ends the text, which is not part of a literal or a comment. */
export function isEnded(text: string): boolean {
  const bare = text.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\//g, '');
  // What is still open begins with a quote that has no end.
  return !/['"]|\/\*/.test(bare) && bare.trimEnd().endsWith(';');
}

function tables(): string {
  const described: [name: string, description: string][] = [
    ['telegram', 'One row for each message.'],
    ['telegram_raw', 'Each stored update as JSON.'],
    ...savedViews(viewsFolder).map(({ name, description }): [string, string] => [name, description]),
  ];
  return described.flatMap(([name, text]) => [name, ...wrapped(`    ${text}`, 80, 4)]).join('\n');
}

function expected(error: unknown): string {
  if (error instanceof QueryError || error instanceof UsageError || error instanceof SettingsError) {
    // The engine marks the place in the statement on lines of its own.
    return withoutSecrets(error.message).split('\n').map(printable).join('\n');
  }
  throw error;
}
