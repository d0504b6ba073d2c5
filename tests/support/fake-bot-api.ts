import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { UpdateKind } from '../../src/telegram/allowed-updates.ts';

type Fields = Record<string, unknown>;

/**
 * What a call is answered with instead: an answer of Telegram's, JSON or a page of another server's, or nothing at all.
 */
export type Failure =
  | { readonly code: number; readonly description: string; readonly parameters?: Fields }
  | { readonly json: unknown }
  | 'reset'
  | 'web page';

type Answer = Failure | { readonly result: unknown };

/** A group as the bot sees it: what getChat, getChatAdministrators and getChatMember answer. */
export interface FakeChat {
  readonly chat: Fields & { readonly id: number; readonly type: string };
  readonly administrators: readonly Fields[];
  /** The bot's own membership. */
  readonly bot: Fields;
}

const kindsByDefault = (kind: string) =>
  !['message_reaction', 'message_reaction_count', 'chat_member'].includes(kind);

/**
 * Telegram's Bot API for one bot, over real HTTP on this machine: the methods that this project calls, with the
 * server's own rules and errors (github.com/tdlib/telegram-bot-api). It delivers nothing by webhook.
 */
export class FakeBotApi {
  readonly token = '7654321098:AAF-fake_token_of_the_tests_0123456789';
  /** What getMe answers. */
  readonly me: Fields = {
    id: 7654321098,
    is_bot: true,
    first_name: 'Lake',
    username: 'lake_test_bot',
    can_join_groups: false,
    can_read_all_group_messages: true,
  };
  readonly chats = new Map<number, FakeChat>();
  /** Every call that came in, with its payload. */
  readonly calls: { readonly method: string; readonly payload: Fields }[] = [];
  /** What getWebhookInfo tells beside what setWebhook set: errors, an address… */
  webhookState: Fields = {};
  /** Kinds that this server has not heard of yet, and so ignores when they are asked for. */
  unknownKinds: readonly UpdateKind[] = [];

  readonly #server: Server;
  readonly #failures: { readonly method: string; readonly failure: Failure }[] = [];
  #pending: (Fields & { update_id: number })[] = [];
  #webhook: Fields | undefined;
  #secretToken: unknown;
  #sent = 0;
  #allowed: readonly string[] | undefined;
  #longPoll: { readonly answer: () => void; readonly conflict: (reason: string) => void } | undefined;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error) => {
        console.error(error);
        response.destroy();
      });
    });
  }

  /** Starts one on a free port. */
  static async start(): Promise<FakeBotApi> {
    const api = new FakeBotApi();
    await new Promise<void>((resolve) => api.#server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  /** What a client takes as its API root. */
  get root(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Of the webhook that is set. */
  get webhookUrl(): unknown {
    return this.#webhook?.url;
  }

  get secretToken(): unknown {
    return this.#secretToken;
  }

  /** The ids of the updates that are not confirmed yet. */
  get pendingIds(): number[] {
    return this.#pending.map(({ update_id }) => update_id);
  }

  /** Something happens in a chat of the bot's, which getChat knows from then on. */
  happen(...updates: readonly (Fields & { update_id: number })[]): void {
    for (const update of updates) this.#noteChat(update);
    const asked = updates.filter((update) => Object.keys(update).some((name) => this.#asksFor(name)));
    this.#pending.push(...asked);
    if (asked.length > 0) this.#longPoll?.answer();
  }

  /** A webhook is set, as if by another program. */
  setUpWebhook(url: string): void {
    this.#setWebhook({ url });
  }

  /** The next call of a method fails, once for each failure given. */
  failNext(method: string, ...failures: readonly Failure[]): void {
    for (const failure of failures) this.#failures.push({ method, failure });
  }

  callsOf(method: string): Fields[] {
    return this.calls.filter((call) => call.method === method).map(({ payload }) => payload);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #noteChat(update: Fields): void {
    for (const payload of Object.values(update)) {
      const chat = (payload as { chat?: FakeChat['chat'] } | undefined)?.chat;
      if (chat && !this.chats.has(chat.id)) this.chats.set(chat.id, { chat, administrators: [], bot: {} });
    }
  }

  #asksFor(name: string): boolean {
    if (name === 'update_id') return false;
    return this.#allowed ? this.#allowed.includes(name) : kindsByDefault(name);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, token, method = ''] = /^\/bot([^/]*)\/(\w+)$/.exec(request.url ?? '') ?? [];
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const payload = await payloadOf(Buffer.concat(chunks), request.headers['content-type'] ?? '');
    this.calls.push({ method, payload });

    const index = this.#failures.findIndex((planned) => planned.method === method);
    const [planned] = index < 0 ? [] : this.#failures.splice(index, 1);
    if (planned) send(response, planned.failure);
    else if (token === undefined) send(response, { code: 404, description: 'Not Found' });
    else if (token !== this.token) send(response, { code: 401, description: 'Unauthorized' });
    else send(response, await this.#call(method, payload, response));
  }

  #call(method: string, payload: Fields, response: ServerResponse): Answer | Promise<Answer> {
    switch (method) {
      case 'getMe':
        return { result: this.me };
      case 'getUpdates':
        return this.#getUpdates(payload, response);
      case 'setWebhook':
        return this.#setWebhook(payload);
      case 'deleteWebhook':
        this.#webhook = undefined;
        this.webhookState = {};
        if (payload.drop_pending_updates) this.#pending = [];
        return { result: true };
      case 'getWebhookInfo':
        return { result: this.#webhookInfo() };
      case 'getChat':
      case 'getChatAdministrators':
      case 'getChatMember':
        return this.#getChat(method, payload);
      case 'sendMessage':
      case 'sendPhoto':
      case 'sendDocument':
        return this.#sendMessage(payload);
      default:
        return { code: 404, description: 'Not Found: method not found' };
    }
  }

  #getUpdates(
    { offset = 0, limit = 100, timeout = 0, allowed_updates }: Fields,
    response: ServerResponse,
  ): Answer | Promise<Answer> {
    if (this.#webhook) {
      const description =
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
      return { code: 409, description };
    }
    this.#allow(allowed_updates);
    this.#pending =
      Number(offset) < 0
        ? this.#pending.slice(Number(offset))
        : this.#pending.filter(({ update_id }) => update_id >= Number(offset));
    const answer = () => ({ result: this.#pending.slice(0, Number(limit)) });
    if (this.#pending.length > 0 || !timeout) return answer();

    this.#longPoll?.conflict('other getUpdates request; make sure that only one bot instance is running');
    return new Promise((resolve) => {
      const end = (outcome: Answer) => {
        clearTimeout(timer);
        if (this.#longPoll === longPoll) this.#longPoll = undefined;
        resolve(outcome);
      };
      const longPoll = {
        answer: () => end(answer()),
        conflict: (by: string) => end({ code: 409, description: `Conflict: terminated by ${by}` }),
      };
      const timer = setTimeout(longPoll.answer, Number(timeout) * 1000);
      this.#longPoll = longPoll;
      response.on('close', longPoll.answer);
    });
  }

  #setWebhook(payload: Fields): Answer {
    const refusal = (why: string) => ({ code: 400, description: `Bad Request: bad webhook: ${why}` });
    const url = new URL(String(payload.url));
    if (url.protocol !== 'https:') return refusal('An HTTPS URL must be provided for webhook');
    if (!['', '80', '88', '8443'].includes(url.port)) {
      return refusal('Webhook can be set up only on ports 80, 88, 443 or 8443');
    }
    this.#longPoll?.conflict('setWebhook request');
    this.#allow(payload.allowed_updates);
    this.#webhook = {
      url: url.href,
      max_connections: payload.max_connections ?? 40,
      ip_address: '203.0.113.7',
    };
    this.webhookState = {};
    this.#secretToken = payload.secret_token;
    if (payload.drop_pending_updates) this.#pending = [];
    return { result: true };
  }

  #allow(kinds: unknown): void {
    if (!Array.isArray(kinds)) return;
    const known = kinds.filter((kind) => !this.unknownKinds.includes(kind));
    this.#allowed = known.length > 0 ? known : undefined;
  }

  #webhookInfo(): Fields {
    return {
      url: '',
      has_custom_certificate: false,
      pending_update_count: this.#pending.length,
      ...this.#webhook,
      ...(this.#allowed && { allowed_updates: this.#allowed }),
      ...this.webhookState,
    };
  }

  #sendMessage({ chat_id, text }: Fields): Answer {
    const known = this.chats.get(Number(chat_id));
    if (!known) return { code: 400, description: 'Bad Request: chat not found' };
    this.#sent += 1;
    const { can_join_groups, can_read_all_group_messages, ...from } = this.me;
    const date = 1795402800 + this.#sent;
    return { result: { message_id: 9_000 + this.#sent, date, chat: known.chat, from, text } };
  }

  #getChat(method: string, { chat_id, user_id }: Fields): Answer {
    const known = this.chats.get(Number(chat_id));
    if (!known) return { code: 400, description: 'Bad Request: chat not found' };
    if (method === 'getChat') return { result: known.chat };
    if (method === 'getChatAdministrators') return { result: known.administrators };
    return user_id === this.me.id
      ? { result: known.bot }
      : { code: 400, description: 'Bad Request: member not found' };
  }
}

/** JSON; or fields and files, of which `attach://` names each by its part. */
async function payloadOf(body: Buffer, contentType: string): Promise<Fields> {
  if (!contentType.startsWith('multipart/')) return JSON.parse(body.toString() || '{}') as Fields;
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': contentType },
  }).formData();
  const parts = new Map<string, unknown>();
  for (const [name, value] of form) {
    const isFile = typeof value !== 'string';
    parts.set(name, isFile ? { name: value.name, content: Buffer.from(await value.arrayBuffer()) } : value);
  }
  const entries = [...parts].filter(([, value]) => typeof value === 'string');
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      parts.get(/^attach:\/\/(.*)$/.exec(String(value))?.[1] ?? '') ?? value,
    ]),
  );
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer === 'reset') {
    response.destroy();
  } else if (answer === 'web page') {
    response.writeHead(502, { 'Content-Type': 'text/html' }).end('<html>Bad Gateway</html>');
  } else if ('json' in answer) {
    sendJson(response, 200, answer.json);
  } else if ('result' in answer) {
    sendJson(response, 200, { ok: true, result: answer.result });
  } else {
    const { code: error_code, description, parameters } = answer;
    sendJson(response, error_code, { ok: false, error_code, description, ...(parameters && { parameters }) });
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
