import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A server that runs as a process of its own. */
export interface ServerProcess {
  /** Ends it, and waits until it has ended. Its log is removed, unless this process is about to fail. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Names the server in errors, and its log. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Whether it answers by now; a rejection counts as no. */
  readonly ready: () => Promise<boolean>;
  readonly seconds: number;
}

/** Logs of servers, in the project: kept when a test failed or a server did not start. */
const logFolder = '.cache/logs';

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    if (process.listenerCount(signal) === 0) process.exit(1); // else somebody stops the servers in good order
  });
}

/**
 * Starts a server and waits until it is ready.
 *
 * It ends with this process at the latest, but call `stop`, so that it has the time to end by itself.
 *
 * @throws Error when it ends or is not ready in time; names the log and gives its last lines
 */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const { name, command, args, env, cwd, ready, seconds } = options;
  mkdirSync(logFolder, { recursive: true });
  const log = join(logFolder, `${name}-${process.pid}-${Date.now()}.log`);
  const output = openSync(log, 'w');
  const child = spawn(command, args, {
    stdio: ['ignore', output, output],
    env: { ...process.env, ...env },
    ...(cwd && { cwd }),
  });
  closeSync(output);
  running.add(child);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`ended (${signal ?? `exit code ${code}`})`));
  }).then((end) => {
    running.delete(child);
    return end;
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await Promise.race([ended, delay(20_000, undefined, { ref: false })]);
    child.kill('SIGKILL');
    await ended;
  };

  const deadline = Date.now() + seconds * 1000;
  const failure = await Promise.race([
    ended,
    (async () => {
      while (running.has(child) && Date.now() < deadline) {
        if (await ready().catch(() => false)) return undefined;
        await delay(200);
      }
      return `is not ready after ${seconds} s`;
    })(),
  ]);
  if (failure !== undefined) {
    await stop();
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
    throw new Error([`${name} ${failure}; log: ${log}`, ...lines.slice(-15)].join('\n'));
  }
  return {
    async stop() {
      await stop();
      if (process.exitCode) console.error(`log of ${name}: ${log}`);
      else rmSync(log, { force: true });
    },
  };
}

/**
 * A port of 127.0.0.1 that was free a moment ago. It is none of those that the system gives to outgoing connections
 * (32,768 and up): one of these could be taken by the time that a server starts.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(15_000, 30_000);
    const server = createServer();
    const listens = new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!(await listens)) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
  throw new Error('no free port');
}
