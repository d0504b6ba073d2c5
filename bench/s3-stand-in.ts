import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { type GeneratedDay, generateDay } from './generate-day.ts';

/**
 * A stand-in for S3, in memory, in a process of its own so that its work is not counted as the client's.
 *
 * It answers what the pipeline asks (get, put, head, delete, list with paging) with the headers that S3 sends, after
 * a latency of choice. It is no S3: it believes every signature, keeps nothing, and never fails. What it is for is to
 * cost little itself, so that the client is what is measured.
 *
 * Run by `startStandIn`; it sends its parent its port, takes orders, and answers each with its processor time. Given a
 * file with a key and a certificate, it speaks TLS.
 */
export type Order = { readonly fill: GeneratedDay; readonly bucket: string } | { readonly latencyMs: number };

interface StoredObject {
  readonly body: Buffer;
  readonly etag: string;
  readonly storedAt: Date;
  readonly metadata: Readonly<Record<string, string>>;
}

class Bucket {
  readonly objects = new Map<string, StoredObject>();
  #keys: string[] | undefined;

  put(key: string, object: StoredObject): void {
    if (!this.objects.has(key)) this.#keys = undefined;
    this.objects.set(key, object);
  }

  delete(key: string): void {
    if (this.objects.delete(key)) this.#keys = undefined;
  }

  get keys(): string[] {
    this.#keys ??= [...this.objects.keys()].sort();
    return this.#keys;
  }
}

const buckets = new Map<string, Bucket>();
let latencyMs = 0;

const onRequest: RequestListener = async (request, response) => {
  const body = request.method === 'PUT' ? await bodyOf(request) : undefined;
  if (latencyMs > 0) await delay(latencyMs);
  answer(request, response, body);
};
const keepAliveTimeout = 60_000;
const [identity] = process.argv.slice(2);
const pem = identity && readFileSync(identity);
const server = pem
  ? createTlsServer({ key: pem, cert: pem, keepAliveTimeout }, onRequest)
  : createServer({ keepAliveTimeout }, onRequest);

function answer(request: IncomingMessage, response: ServerResponse, body: Buffer | undefined): void {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const [, bucketName = '', ...rest] = path.split('/');
  const key = decodeURIComponent(rest.join('/'));
  const bucket = bucketOf(bucketName);
  if (request.method === 'PUT' && body) {
    const ifMatch = request.headers['if-match'];
    if (request.headers['if-none-match'] === '*' && bucket.objects.has(key)) {
      sendError(response, 412, 'PreconditionFailed');
    } else if (ifMatch !== undefined && bucket.objects.get(key)?.etag !== ifMatch) {
      const isThere = bucket.objects.has(key);
      sendError(response, isThere ? 412 : 404, isThere ? 'PreconditionFailed' : 'NoSuchKey');
    } else {
      bucket.put(key, { body, etag: etagOf(body), storedAt: new Date(), metadata: metadataOf(request) });
      response.writeHead(200, { ...commonHeaders(), ETag: etagOf(body), 'Content-Length': 0 }).end();
    }
  } else if (request.method === 'DELETE') {
    bucket.delete(key);
    response.writeHead(204, commonHeaders()).end();
  } else if (key === '') {
    const listing = Buffer.from(list(bucket, new URLSearchParams(query)));
    const headers = {
      ...commonHeaders(),
      'Content-Type': 'application/xml',
      'Content-Length': listing.length,
    };
    response.writeHead(200, headers).end(listing);
  } else {
    sendObject(request, response, bucket.objects.get(key));
  }
}

function sendObject(
  request: IncomingMessage,
  response: ServerResponse,
  object: StoredObject | undefined,
): void {
  if (!object) {
    sendError(response, 404, 'NoSuchKey');
    return;
  }
  const headers = {
    ...commonHeaders(),
    'Last-Modified': object.storedAt.toUTCString(),
    ETag: object.etag,
    'x-amz-server-side-encryption': 'AES256',
    'Accept-Ranges': 'bytes',
    'Content-Type': 'application/json',
    'Content-Length': object.body.length,
    ...object.metadata,
  };
  response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : object.body);
}

function sendError(response: ServerResponse, status: number, code: string): void {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`;
  const headers = { ...commonHeaders(), 'Content-Type': 'application/xml', 'Content-Length': body.length };
  response.writeHead(status, headers).end(body);
}

const pageLength = 1_000;

/** A page of a listing. Its continuation token is where the next page starts. */
function list({ keys, objects }: Bucket, query: URLSearchParams): string {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter');
  const startAt = Buffer.from(query.get('continuation-token') ?? '', 'base64url').toString() || prefix;
  const entries: string[] = [];
  let index = firstAtLeast(keys, startAt);
  let key = keys[index];
  for (; key?.startsWith(prefix) && entries.length < pageLength; key = keys[index]) {
    const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    if (end < 0) {
      entries.push(contents(key, objects.get(key) as StoredObject));
      index += 1;
    } else {
      const folder = key.slice(0, end + 1);
      entries.push(`<CommonPrefixes><Prefix>${escaped(folder)}</Prefix></CommonPrefixes>`);
      index = firstAtLeast(keys, `${folder}\u{10ffff}`);
    }
  }
  const isTruncated = key?.startsWith(prefix) ?? false;
  const token = isTruncated ? Buffer.from(key ?? '').toString('base64url') : '';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Prefix>${escaped(prefix)}</Prefix>${token && `<NextContinuationToken>${token}</NextContinuationToken>`}<KeyCount>${entries.length}</KeyCount><MaxKeys>${pageLength}</MaxKeys><IsTruncated>${isTruncated}</IsTruncated>${entries.join('')}</ListBucketResult>`;
}

function contents(key: string, { body, etag, storedAt }: StoredObject): string {
  return `<Contents><Key>${escaped(key)}</Key><LastModified>${storedAt.toISOString()}</LastModified><ETag>${escaped(etag)}</ETag><Size>${body.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
}

function escaped(text: string): string {
  return text.replaceAll(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function firstAtLeast(keys: readonly string[], wanted: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as string) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function bucketOf(name: string): Bucket {
  const bucket = buckets.get(name) ?? new Bucket();
  buckets.set(name, bucket);
  return bucket;
}

function commonHeaders() {
  return {
    'x-amz-id-2': 'eftixk72aD6Ap51TnqcoF8eFidJG9Z/2mkiDFu8yU9AS1ed4OpIszj7UDNEHGran',
    'x-amz-request-id': '318BC8BC148832E5',
    Server: 'AmazonS3',
  };
}

function metadataOf(request: IncomingMessage): Record<string, string> {
  const metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (name.startsWith('x-amz-meta-') && typeof value === 'string') metadata[name] = value;
  }
  return metadata;
}

/** The body, out of its `aws-chunked` framing where the client used it. */
async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (!request.headers['content-encoding']?.includes('aws-chunked')) return body;
  const parts: Buffer[] = [];
  for (let position = 0; ; ) {
    const lineEnd = body.indexOf('\r\n', position);
    const size = Number.parseInt(body.toString('latin1', position, lineEnd), 16);
    if (!(size > 0)) return Buffer.concat(parts);
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    position = lineEnd + 2 + size + 2;
  }
}

function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

function take(order: Order): void {
  if ('latencyMs' in order) {
    latencyMs = order.latencyMs;
    return;
  }
  const bucket = new Bucket();
  for (const { key, json } of generateDay(order.fill)) {
    const body = Buffer.from(json);
    bucket.put(key, { body, etag: etagOf(body), storedAt: new Date(), metadata: {} });
  }
  buckets.set(order.bucket, bucket);
}

process.on('message', (order: Order) => {
  take(order);
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
