import { createInterface } from 'node:readline/promises';
import type { Terminal } from './ask-secret.ts';

/**
 * Whether a person types what shows that they mean it. Anything else is a no, Ctrl-C and Ctrl-D too.
 *
 * @param expected - what to type
 */
export async function confirmed(
  question: string,
  expected: string,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<boolean> {
  const terminal = createInterface({ input, output });
  try {
    return (await terminal.question(`${question}: `)).trim() === expected;
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error;
    output.write('\n');
    return false;
  } finally {
    terminal.close();
  }
}
