import { type IncomingMessage, type LoopbackServer, startLoopbackServer } from './loopback-server.ts';

/** What a bot answers to an update: a status, and a reply to Telegram in it. */
export interface BotAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** After so long, in milliseconds. */
  readonly after?: number;
  /** Cuts the connection instead: before it answers, or in the middle of the body. */
  readonly breaksOff?: 'before' | 'within';
}

/** A request as the bot saw it. */
export interface SeenRequest {
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** A bot's webhook on this machine, answering by a script, and what it has seen. */
export interface ScriptedBot extends Pick<LoopbackServer, 'connections' | 'close'> {
  /** `http://127.0.0.1:49152/webhook` */
  readonly url: string;
  readonly seen: readonly SeenRequest[];
}

export async function startScriptedBot(
  script: (request: SeenRequest, count: number) => BotAnswer = () => ({}),
): Promise<ScriptedBot> {
  const seen: SeenRequest[] = [];
  const server = await startLoopbackServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const one = { url: request.url, headers: request.headers, body: Buffer.concat(chunks) };
    seen.push(one);
    const { status = 200, headers = {}, body = '', after = 0, breaksOff } = script(one, seen.length);
    if (after > 0) await new Promise((resolve) => setTimeout(resolve, after).unref());
    if (breaksOff === 'before') return void response.destroy();
    response.writeHead(status, headers);
    if (breaksOff !== 'within') return void response.end(body);
    response.write('{"method":');
    setImmediate(() => response.destroy());
  });
  return {
    url: `${server.url}/webhook`,
    seen,
    get connections() {
      return server.connections;
    },
    close: server.close,
  };
}
