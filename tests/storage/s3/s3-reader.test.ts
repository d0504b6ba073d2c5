import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { expect } from 'chai';
import { ObjectNotFoundError, StoreError } from '../../../src/storage/object-store.ts';
import { type S3ReaderOptions, s3Reader } from '../../../src/storage/s3/s3-reader.ts';
import { s3Client } from '../../../src/storage/s3/s3-store.ts';
import { withEnvironment } from '../../support/environment.ts';
import {
  type IncomingMessage,
  type LoopbackServer,
  type ServerResponse,
  startLoopbackServer,
} from '../../support/loopback-server.ts';
import { rejection } from '../../support/rejection.ts';
import { expectedSignature, signatureOf } from '../../support/signature-v4.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const secrets = { AWS_SECRET_ACCESS_KEY: 'very-secret-key', AWS_SESSION_TOKEN: 'very-secret-token' };
const body = 'olá';

const object: Answer = (response) => response.end(body);
const error =
  (status: number, code: string): Answer =>
  (response) =>
    response
      .writeHead(status, { 'Content-Type': 'application/xml' })
      .end(`<Error><Code>${code}</Code></Error>`);
const reset: Answer = (response) => response.socket?.destroy();
const silence: Answer = () => {};
const cutShort: Answer = (response) => {
  response.writeHead(200, { 'Content-Length': Buffer.byteLength(body) }).write(body.slice(0, 1));
  setTimeout(() => response.socket?.destroy(), 5);
};
const stuck: Answer = (response) => {
  response.writeHead(200, { 'Content-Length': Buffer.byteLength(body) }).write(body.slice(0, 1));
};

describe('S3 reader', () => {
  let server: LoopbackServer;
  let answers: Answer[];

  beforeEach(async () => {
    answers = [];
    // The last answer goes on for ever.
    server = await startLoopbackServer((request, response) =>
      (answers.length > 1 ? (answers.shift() as Answer) : (answers[0] as Answer))(response, request),
    );
  });
  afterEach(() => server.close());

  /** Reads with the environment of a function, from the server. */
  async function reading<T>(
    options: S3ReaderOptions,
    run: (read: ReturnType<typeof s3Reader>) => Promise<T>,
  ): Promise<T> {
    const environment = {
      AWS_REGION: 'sa-east-1',
      AWS_ENDPOINT_URL_S3: server.url,
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      ...secrets,
    };
    return withEnvironment(environment, () =>
      run(s3Reader(s3Client({ pathStyle: true }), 'group-raw', { pauseMs: 1, timeoutMs: 50, ...options })),
    );
  }

  it('gives the bytes of the object, asked for by a signed request', async () => {
    answers = [object];
    const bytes = await reading({}, (read) => read('telegram/context_date=2026-11-22/a b.json'));
    expect(Buffer.from(bytes).toString()).to.equal(body);
    const [request] = server.requests;
    expect(request?.url).to.equal('/group-raw/telegram/context_date%3D2026-11-22/a%20b.json');
    const received = {
      method: 'GET',
      path: request?.url ?? '',
      headers: request?.headers as Record<string, string>,
    };
    expect(signatureOf(received)).to.equal(expectedSignature(received, secrets.AWS_SECRET_ACCESS_KEY));
  });

  it('gives an empty object as no bytes, and a large one whole', async () => {
    const large = Buffer.alloc(1_000_000, 'abc');
    answers = [(response) => response.end(), (response) => response.end(large)];
    const [empty, whole] = await reading({}, async (read) => [await read('a'), await read('a')]);
    expect(empty?.length).to.equal(0);
    expect(Buffer.compare(whole ?? Buffer.from(''), large)).to.equal(0);
  });

  const passing: readonly [string, Answer][] = [
    ['"slow down"', error(503, 'SlowDown')],
    ['an internal error', error(500, 'InternalError')],
    ['too many requests', error(429, 'TooManyRequests')],
    ['a request that came in too slowly', error(400, 'RequestTimeout')],
    ['an answer of something before S3', (response) => response.writeHead(502).end('<html>')],
    ['a connection that is reset', reset],
    ['an object cut short', cutShort],
    ['an object that does not come to its end', stuck],
    ['silence', silence],
  ];
  for (const [title, failure] of passing) {
    it(`asks again after ${title}`, async () => {
      answers = [failure, object];
      const bytes = await reading({ attempts: 2 }, (read) => read('a'));
      expect(Buffer.from(bytes).toString()).to.equal(body);
      expect(server.requests).to.have.length(2);
    });
  }

  it('tells a missing object from a failing store, and asks once', async () => {
    answers = [error(404, 'NoSuchKey')];
    const missing = await reading({}, (read) => rejection(read('a')));
    expect(missing).to.be.instanceOf(ObjectNotFoundError).and.have.property('key', 'a');
    expect(server.requests).to.have.length(1);
  });

  const lasting: readonly [number, string][] = [
    [403, 'AccessDenied'],
    [403, 'SignatureDoesNotMatch'],
    [403, 'RequestTimeTooSkewed'],
    [404, 'NoSuchBucket'],
    [301, 'PermanentRedirect'],
    [400, 'ExpiredToken'],
  ];
  for (const [status, code] of lasting) {
    it(`asks once where S3 answers ${status} ${code}`, async () => {
      answers = [error(status, code)];
      const failure = await reading({}, (read) => rejection(read('a')));
      expect(failure).to.be.instanceOf(StoreError);
      expect(failure.message).to.equal(`cannot read a: S3AnswerError ${code} (status ${status})`);
      expect(server.requests).to.have.length(1);
    });
  }

  it('gives up after as many attempts as it is told', async () => {
    answers = [error(503, 'SlowDown')];
    const failure = await reading({ attempts: 4 }, (read) => rejection(read('a')));
    expect(failure).to.be.instanceOf(StoreError).and.have.property('key', 'a');
    expect(failure.message).to.equal('cannot read a: S3AnswerError SlowDown (status 503)');
    expect(server.requests).to.have.length(4);
  });

  for (const [title, failure] of [
    ['an answer', error(403, 'AccessDenied')],
    ['no answer', reset],
    ['silence', silence],
  ] as const) {
    it(`shows no credentials in the error of ${title}`, async () => {
      answers = [failure];
      const thrown = await reading({ attempts: 1 }, (read) => rejection(read('a')));
      expect(thrown).to.be.instanceOf(StoreError);
      const shown = inspect(thrown, { depth: Number.POSITIVE_INFINITY, showHidden: true }) + thrown.message;
      expect(shown).not.to.match(/very-secret|Signature=/);
    });
  }

  it('fails without asking where there are no credentials', async () => {
    answers = [object];
    const read = s3Reader(s3Client({ pathStyle: true }), 'group-raw');
    const failure = await withEnvironment(
      {
        AWS_REGION: 'sa-east-1',
        AWS_ENDPOINT_URL_S3: server.url,
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
        AWS_CONFIG_FILE: '/dev/null',
      },
      () => rejection(read('a')),
    );
    expect(failure).to.be.instanceOf(StoreError);
    expect(failure.message).to.match(/^cannot read a: CredentialsProviderError/);
    expect(server.requests).to.have.length(0);
  });

  it('keeps its connections, and opens at most the given number', async () => {
    let [underWay, most] = [0, 0];
    answers = [
      async (response) => {
        most = Math.max(most, ++underWay);
        await delay(2);
        underWay -= 1;
        response.end(body);
      },
    ];
    await reading({ connections: 4 }, (read) =>
      Promise.all(Array.from({ length: 100 }, (_, index) => read(`key-${index}`))),
    );
    expect(server.requests).to.have.length(100);
    expect(most).to.equal(4);
    expect(server.connections).to.equal(4);
  });

  it('gets every object of a server that serves few at a time and refuses the rest', async () => {
    let underWay = 0;
    answers = [
      async (response, request) => {
        if (underWay >= 5) return error(503, 'SlowDown')(response, request);
        underWay += 1;
        await delay(1);
        underWay -= 1;
        response.end(body);
      },
    ];
    const all = await reading({ connections: 32 }, (read) =>
      Promise.all(Array.from({ length: 100 }, (_, index) => read(`key-${index}`))),
    );
    expect(all.every((bytes) => Buffer.from(bytes).toString() === body)).to.equal(true);
    expect(server.requests.length).to.be.greaterThan(100);
  });
});
