import type { IncomingMessage, ServerResponse } from 'node:http';
import { livePagePolicy } from '../../report/page/page.ts';
import type { LivePage } from './live-page.ts';
import { isLoopbackHost } from './loopback-host.ts';

export interface LivePageRoutes {
  /** Answers `GET /`, in a language by `?lang=` and of a chat by `?chat=`, and `GET /changes`; undefined for all other paths. */
  answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> | undefined;
  /** Ends the answers that go on until somebody ends them. */
  end(): void;
}

const sharedHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
  // No page of another site may load it, and measure it or guess from its size.
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** The live page over HTTP, and the events by which a browser that shows it learns that it has changed. */
export function livePageRoutes({ page, onChange }: LivePage): LivePageRoutes {
  const streams = new Set<ServerResponse>();

  async function answerPage({ method }: IncomingMessage, response: ServerResponse, { searchParams }: URL) {
    const chat = searchParams.get('chat');
    const chatId = chat !== null && /^-?\d{1,16}$/.test(chat) ? Number(chat) : undefined;
    const body = Buffer.from(await page(searchParams.get('lang') === 'pt' ? 'pt' : 'en', chatId));
    response.writeHead(200, {
      ...sharedHeaders,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Length': body.length,
      'Content-Security-Policy': `${livePagePolicy}; frame-ancestors 'none'`,
      'Referrer-Policy': 'no-referrer',
    });
    response.end(method === 'GET' ? body : undefined);
  }

  async function answerChanges({ method }: IncomingMessage, response: ServerResponse) {
    response.writeHead(200, { ...sharedHeaders, 'Content-Type': 'text/event-stream' });
    if (method === 'HEAD') return void response.end();
    response.flushHeaders();
    streams.add(response);
    const forget = onChange(() => response.write('data: changed\n\n'));
    response.once('close', () => {
      streams.delete(response);
      forget();
    });
  }

  return {
    answer(request, response, url) {
      const route = { '/': answerPage, '/changes': answerChanges }[url.pathname];
      if (!route) return undefined;
      const refuse = async (statusCode: number, headers = {}) =>
        void response.writeHead(statusCode, { ...headers, 'Content-Length': '0' }).end();
      if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, { Allow: 'GET, HEAD' });
      if (!isLoopbackHost(request.headers.host)) return refuse(403);
      return route(request, response, url);
    },
    end() {
      for (const stream of streams) stream.end();
    },
  };
}
