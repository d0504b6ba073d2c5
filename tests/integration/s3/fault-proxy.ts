import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** What goes wrong with one request on its way. */
export type Fault =
  | { readonly fault: 'late'; readonly milliseconds: number }
  /** The server says that it cannot now: S3's error document, with this status and code. */
  | { readonly fault: 'error'; readonly status: 500 | 503; readonly code: 'InternalError' | 'SlowDown' }
  /** The connection breaks before the server has heard of the request. */
  | { readonly fault: 'lost request' }
  /** The server has done what it was asked, but the connection breaks before its answer. */
  | { readonly fault: 'lost answer' }
  /** The connection breaks after this number of bytes of the answer's body. */
  | { readonly fault: 'cut answer'; readonly bytes: number }
  /** As `cut answer`, but the connection stays open. */
  | { readonly fault: 'stuck answer'; readonly bytes: number }
  /** No answer ever, on a connection that stays open. */
  | { readonly fault: 'silence' };

/** One request, as a choice of its fault may depend on it. */
export interface ProxiedRequest {
  /** 1 for the first request of all. */
  readonly number: number;
  readonly method: string;
  /** Decoded: `/bucket/key`, or `/bucket` with `list-type=2` in the query. */
  readonly path: string;
  readonly query: URLSearchParams;
}

export interface FaultProxy {
  /** `http://127.0.0.1:54321` */
  readonly endpoint: string;
  /** Requests so far, and those among them that had a fault. */
  readonly counts: { requests: number; faults: number };
  close(): Promise<void>;
}

/**
 * An HTTP server that passes requests on to another one, except where `faultOf` has something go wrong.
 *
 * Headers are passed on as they are, so that signatures hold.
 */
export async function startFaultProxy(
  target: string,
  faultOf: (request: ProxiedRequest) => Fault | undefined,
): Promise<FaultProxy> {
  const counts = { requests: 0, faults: 0 };
  const server = createServer((incoming, response) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', target);
    const { method = '' } = incoming;
    const fault = faultOf({
      number: ++counts.requests,
      method,
      path: decodeURIComponent(pathname),
      query: searchParams,
    });
    if (fault) counts.faults++;
    pass(incoming, response, target, fault).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no address');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    counts,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function pass(
  incoming: IncomingMessage,
  response: ServerResponse,
  target: string,
  fault: Fault | undefined,
): Promise<void> {
  switch (fault?.fault) {
    case 'late':
      await delay(fault.milliseconds);
      break;
    case 'error':
      // The body is read first, as S3 reads it: a client that still sends would see a broken connection.
      await incoming.resume().toArray();
      response.writeHead(fault.status, { 'Content-Type': 'application/xml' });
      response.end(
        `<?xml version="1.0"?><Error><Code>${fault.code}</Code><Message>Try later</Message></Error>`,
      );
      return;
    case 'lost request':
      incoming.socket.resetAndDestroy();
      return;
    case 'silence':
      incoming.resume();
      return;
  }

  const answer = await forward(incoming, target);
  if (fault?.fault === 'lost answer') {
    await answer.toArray();
    incoming.socket.resetAndDestroy();
    return;
  }
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  if (fault?.fault === 'cut answer' || fault?.fault === 'stuck answer') {
    const body = Buffer.concat(await answer.toArray());
    response.write(body.subarray(0, fault.bytes), () => {
      if (fault.fault === 'cut answer') incoming.socket.destroy();
    });
    return;
  }
  answer.pipe(response);
}

function forward(incoming: IncomingMessage, target: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { method, headers, url = '/' } = incoming;
    const outgoing = request(new URL(url, target), { method, headers }, resolve);
    outgoing.on('error', reject);
    incoming.on('error', reject).pipe(outgoing);
  });
}
