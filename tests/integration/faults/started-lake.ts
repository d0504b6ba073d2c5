import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { telegramLake } from '../../support/run-cli.ts';
import { chatIds, timeZone } from '../group/post.ts';

/** `telegram-lake start` as a process that can be killed. */
export interface StartedLake {
  /** Starts it, and resolves when it takes updates. */
  start(): Promise<void>;
  /** Delivers an update: the status of the answer; rejects where none came. */
  post(body: Buffer): Promise<number>;
  /** Ends it with this signal, and waits for that. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** The most memory that a run of it took, in bytes; undefined where the system does not tell. */
  peakBytes(): number | undefined;
}

/** @param folder - of the lake */
export function startedLake(folder: string, port: number): StartedLake {
  let child: ChildProcess | undefined;
  let peak: number | undefined;
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const command = ['start', '--empty', '--lake', folder, '--port', String(port), '--time-zone', timeZone];
  const chats = ['--chat-id', [...chatIds].join(',')];

  function post(body: Buffer): Promise<number> {
    const headers = { 'X-Telegram-Bot-Api-Secret-Token': 'local', 'Content-Length': body.length };
    return new Promise((resolve, reject) => {
      const sending = request({ port, path: '/webhook', method: 'POST', agent, headers }, (response) => {
        response.resume().on('error', reject);
        response.on('end', () => resolve(response.statusCode ?? 0));
      });
      sending.setTimeout(30_000, () => sending.destroy(new Error('no answer')));
      sending.on('error', reject).end(body);
    });
  }

  return {
    post,
    async start() {
      const options = { stdio: ['ignore', 'ignore', 'inherit'] as const };
      const started = spawn(
        process.execPath,
        ['--max-semi-space-size=16', telegramLake, ...command, ...chats],
        {
          stdio: [...options.stdio],
        },
      );
      child = started;
      for (;;) {
        if (started.exitCode !== null) throw new Error(`telegram-lake start ended with ${started.exitCode}`);
        // No update: it is refused, and nothing is stored.
        const status = await post(Buffer.from('{')).catch(() => 0);
        if (status > 0) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async end(signal) {
      if (!child || child.exitCode !== null) return;
      peak = Math.max(peak ?? 0, peakOf(child.pid) ?? 0) || undefined;
      const ended = new Promise((resolve) => child?.once('exit', resolve));
      child.kill(signal);
      await ended;
    },
    peakBytes: () => peak,
  };
}

/** @see proc_pid_status(5): VmHWM */
function peakOf(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}
