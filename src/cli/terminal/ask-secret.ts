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
 * @throws UsageError when there is nobody to ask, or nothing was typed
 */
export async function askSecret(
  question: string,
  variable: string,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<string> {
  if (!input.isTTY) throw new UsageError(`${variable} is not set, and there is no terminal to ask for it`);
  // A terminal interface switches the echo off and writes what it shows to its own output: here, nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const typing = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  output.write(`${question} (not shown): `);
  const answer = await new Promise<string>((resolve) => {
    typing.once('line', resolve);
    typing.once('SIGINT', () => typing.close());
    typing.once('close', () => resolve(''));
  });
  typing.close();
  output.write('\n');
  if (!answer.trim()) throw new UsageError(`nothing was typed; ${variable} can be set instead`);
  return answer.trim();
}
