import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type SentIntake, type SentOutcome, sentResponse } from '../../ingest/sent.ts';
import { type BotBehind, type Taken, takeRequest } from '../../ingest/take-request.ts';
import { maximumBodyBytes, type Webhook } from '../../ingest/webhook.ts';
import type { LivePage } from './live-page.ts';
import { type LivePageRoutes, livePageRoutes } from './live-page-routes.ts';
import { isLoopbackHost } from './loopback-host.ts';

export interface LocalServerOptions {
  /** Undefined where updates come another way, and only the page is served. */
  readonly webhook: Webhook | undefined;
  /** The bot that gets each update once it is stored. */
  readonly bot?: BotBehind | undefined;
  /** Takes what bots report that they have sent, at `POST /sent`. */
  readonly sent?: SentIntake | undefined;
  /** Told of each report, after it was answered. */
  readonly onSent?: (outcome: SentOutcome) => void;
  /**
   * Whether the webhook takes requests from any host name, as behind a tunnel. Not with the secret that everybody
   * knows: a page of another site could then write into the lake.
   */
  readonly anyHost: boolean;
  /** 0 takes a free port. */
  readonly port: number;
  /** Told of each request to the webhook, after it was answered. */
  readonly onTaken: (taken: Taken) => void;
  /** The page at `/`. */
  readonly live: LivePage;
}

export interface LocalServer {
  /** `http://127.0.0.1:8787` */
  readonly url: string;
  /**
   * Accepts no new requests, and resolves when those under way are answered, or have not come whole in 3 seconds.
   */
  close(): Promise<void>;
}

/**
 * The webhook endpoint on this machine: `POST /webhook`, answered as API Gateway and the ingest function answer it. And
 * `GET /`, the group's story; `/?lang=pt` is the Portuguese one.
 *
 * Bound to 127.0.0.1, so that nobody else reaches it.
 *
 * @throws Error when the port is in use
 */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const { port, onTaken, live } = options;
  const routes = livePageRoutes(live);
  const server = createServer((request, response) => {
    const answered =
      routes.answer(request, response, addressOf(request)) ?? answer(request, response, options);
    answered.then(
      (taken) => taken && onTaken(taken),
      () => end(response, 500),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = error.code === 'EADDRINUSE';
      reject(
        inUse ? new Error(`port ${port} is in use; choose another with --port`, { cause: error }) : error,
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${portOf(server)}`, close: () => closed(server, routes) };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { webhook, bot, sent, onSent, anyHost }: LocalServerOptions,
): Promise<Taken | undefined> {
  const { pathname } = addressOf(request);
  const isSent = sent !== undefined && pathname === '/sent';
  if (!isSent && (!webhook || pathname !== '/webhook')) {
    end(response, 404);
    return undefined;
  }
  if (request.method !== 'POST') {
    end(response, 405, { Allow: 'POST' });
    return undefined;
  }
  if (!anyHost && !isLoopbackHost(request.headers.host)) {
    end(response, 403);
    return undefined;
  }
  const header = request.headers['x-telegram-bot-api-secret-token'];
  const body = await bodyOf(request);
  if (isSent) {
    const outcome = await sent.receive({ authorization: request.headers.authorization, body });
    const { statusCode, body: text } = sentResponse(outcome);
    response.writeHead(statusCode, { 'Content-Type': 'application/json' }).end(text);
    onSent?.(outcome);
    return undefined;
  }
  if (!webhook) return undefined;
  const secretToken = Array.isArray(header) ? header[0] : header;
  const contentType = request.headers['content-type'];
  const taken = await takeRequest(
    webhook,
    { secretToken, body, contentType },
    { bot, noteReply: sent?.receiveReply },
  );
  const { statusCode, headers, body: reply } = taken.answer;
  response.writeHead(statusCode, { ...headers, 'Content-Length': reply.length }).end(reply);
  return taken;
}

/** The host is not the request's: only path and query are looked at. */
function addressOf({ url }: IncomingMessage): URL {
  return URL.parse(url ?? '/', 'http://localhost') ?? new URL('http://localhost/malformed');
}

/** The body, or its beginning where it is longer than the webhook takes: enough for it to be refused. */
async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (length <= maximumBodyBytes) chunks.push(chunk);
    length += chunk.length;
  }
  return Buffer.concat(chunks);
}

function end(response: ServerResponse, statusCode: number, headers: Record<string, string> = {}): undefined {
  if (!response.headersSent) response.writeHead(statusCode, { ...headers, 'Content-Length': '0' }).end();
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

const graceMilliseconds = 3_000;

function closed(server: Server, routes: LivePageRoutes): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    routes.end();
    server.closeIdleConnections();
    // Half a request would keep it for minutes; whoever sends it gets no answer, and sends it again.
    const cutting = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
    server.once('close', () => clearTimeout(cutting));
  });
}
