import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { startLoopbackServer } from '../support/loopback-server.ts';
import { MemoryStore } from '../support/memory-store.ts';

/** One grant of a role: an action on a resource, both as IAM writes them; the resource may end in `*`. */
export interface Grant {
  readonly action: string;
  readonly resource: string;
}

/** An S3 server in this process that lets its callers do what a role allows, and notes what they did. */
export interface GuardedS3 {
  readonly url: string;
  /** The grants that were needed so far. */
  readonly used: ReadonlySet<Grant>;
  /** What was asked for without a grant, such as `s3:GetObject on arn:aws:s3:::raw/telegram/x.json`. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

/**
 * Serves buckets, made as they are asked for, to callers who have a role's grants and no others.
 *
 * As in S3, a key that is not there is only called so to callers who may list its bucket; to all others the answer is
 * 403.
 */
export async function startGuardedS3(
  grants: readonly Grant[],
  buckets: Map<string, MemoryStore>,
): Promise<GuardedS3> {
  const used = new Set<Grant>();
  const refused: string[] = [];
  const allows = (action: string, resource: string): boolean => {
    const grant = grants.find((each) => each.action === action && matches(each.resource, resource));
    if (grant) used.add(grant);
    else refused.push(`${action} on ${resource}`);
    return grant !== undefined;
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://s3');
    const [, bucket = '', ...path] = decodeURIComponent(pathname).split('/');
    const key = path.join('/');
    const store = buckets.get(bucket) ?? new MemoryStore();
    buckets.set(bucket, store);
    const action = actionOf(request.method ?? '', key);
    const body = Uint8Array.from(await buffer(request));
    if (!allows(action, `arn:aws:s3:::${bucket}${key && `/${key}`}`)) {
      sendError(response, 403, 'AccessDenied');
    } else if (action === 's3:ListBucket') {
      response.end(await listing(store, searchParams.get('prefix') ?? ''));
    } else if (action === 's3:PutObject') {
      await store.putObject(key, body, { metadata: metadataOf(request) });
      response.setHeader('ETag', (await store.headObject(key))?.etag ?? '').end();
    } else if (action === 's3:DeleteObject') {
      await store.deleteObject(key);
      response.writeHead(204).end();
    } else {
      const head = await store.headObject(key);
      if (!head) {
        const mayKnow = allows('s3:ListBucket', `arn:aws:s3:::${bucket}`);
        return sendError(response, mayKnow ? 404 : 403, mayKnow ? 'NoSuchKey' : 'AccessDenied');
      }
      for (const [name, value] of Object.entries(head.metadata))
        response.setHeader(`x-amz-meta-${name}`, value);
      response.setHeader('ETag', head.etag).setHeader('Content-Length', head.sizeBytes);
      response.end(request.method === 'HEAD' ? undefined : await store.getObject(key));
    }
  }

  const server = await startLoopbackServer((request, response) => {
    answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  return { url: server.url, used, refused, close: () => server.close() };
}

/**
 * The action that IAM asks for, by the request:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
function actionOf(method: string, key: string): string {
  if (method === 'PUT') return 's3:PutObject';
  if (method === 'DELETE') return 's3:DeleteObject';
  if (method === 'GET' || method === 'HEAD') return key ? 's3:GetObject' : 's3:ListBucket';
  throw new Error(`no action for ${method}`);
}

function matches(pattern: string, resource: string): boolean {
  return pattern.endsWith('*') ? resource.startsWith(pattern.slice(0, -1)) : resource === pattern;
}

function metadataOf({ headers }: IncomingMessage): Record<string, string> {
  const prefix = 'x-amz-meta-';
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), String(value)]),
  );
}

async function listing(store: MemoryStore, prefix: string): Promise<string> {
  const contents = [];
  for await (const { key, etag, sizeBytes } of store.listObjects(prefix)) {
    const quoted = etag.replaceAll('"', '&quot;');
    contents.push(`<Contents><Key>${key}</Key><ETag>${quoted}</ETag><Size>${sizeBytes}</Size></Contents>`);
  }
  return `<ListBucketResult><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`;
}

function sendError(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
}
