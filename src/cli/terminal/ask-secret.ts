import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { UsageError } from '../../base/usage-error.ts';

/** Where a person is asked: the terminal. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  /** Not stdout, which may be a file or another program. */
  readonly output: NodeJS.WritableStream;
}

/**
 * What a person types or pastes in answer to a question, never shown on the screen.
 *
 * @param variable - the environment variable that a program uses instead
 * @param mayBeEmpty - whether Enter alone is an answer, too
 * @throws UsageError when there is nobody to ask, or nothing was typed
 */
export async function askSecret(
  question: string,
  variable: string,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
  mayBeEmpty = false,
): Promise<string> {
  if (!input.isTTY) throw new UsageError(`${variable} is not set, and there is no terminal to ask for it`);
  // A terminal interface switches the echo off and writes what it shows to its own output: here, nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const typing = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  output.write(`${question} (not shown): `);
  const answer = await new Promise<string | undefined>((resolve) => {
    typing.once('line', (line) => resolve(line.trim()));
    typing.once('SIGINT', () => typing.close());
    typing.once('close', () => resolve(undefined));
  });
  typing.close();
  output.write('\n');
  // Ctrl-C is no answer, not even an empty one.
  if (answer || (answer !== undefined && mayBeEmpty)) return answer;
  throw new UsageError(`nothing was typed; ${variable} can be set instead`);
}
