import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Context } from 'aws-lambda';

/** A function of a stack, running in a process of its own, that takes Lambda's Invoke calls. */
export interface FunctionHost {
  /** What an SDK takes as Lambda's endpoint. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * Runs the ETL function's own handler where the emulated account has only a stub for it.
 *
 * @param environment - the function's variables, and how to reach the account
 */
export async function startEtlFunction(environment: Readonly<Record<string, string>>): Promise<FunctionHost> {
  const host = fork(fileURLToPath(import.meta.url), [], {
    env: { PATH: process.env.PATH, ...environment },
    // The function's log: not a word of the tests'.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const endpoint = await new Promise<string>((resolve, reject) => {
    host.once('message', (message) => resolve(String(message)));
    host.once('exit', (code) => reject(new Error(`the function's process ended with ${code}`)));
  });
  return { endpoint, stop: () => stopped(host) };
}

async function stopped(host: ChildProcess): Promise<void> {
  const exit = new Promise((resolve) => host.once('exit', resolve));
  host.kill();
  await exit;
}

type LambdaContext = Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>;

/** What runs in the process: answers as Lambda does, a function's error included. */
async function serve(): Promise<void> {
  const { handler } = await import('../../../src/etl/etl-handler.ts');
  const invoke: (event: unknown, context: LambdaContext) => Promise<unknown> = handler;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    try {
      const answer = await invoke(JSON.parse(Buffer.concat(chunks).toString()), {
        awsRequestId: randomUUID(),
        getRemainingTimeInMillis: () => 900_000,
      });
      response.end(JSON.stringify(answer));
    } catch (error) {
      const { name: errorType, message: errorMessage } = error as Error;
      response.setHeader('X-Amz-Function-Error', 'Unhandled');
      response.end(JSON.stringify({ errorType, errorMessage, trace: [] }));
    }
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (typeof address === 'object') process.send?.(`http://127.0.0.1:${address?.port}`);
  });
}

if (process.send && process.argv[1] === fileURLToPath(import.meta.url)) await serve();
