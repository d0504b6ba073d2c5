import type { S3Client } from '@aws-sdk/client-s3';
import { Pool } from 'undici';
import { retry } from '../../base/async/retry.ts';
import { ObjectNotFoundError, type ObjectStore, StoreError } from '../object-store.ts';
import { s3Signer } from './s3-signer.ts';

export interface S3ReaderOptions {
  /** Connections, so requests under way at once; more wait for their turn. */
  readonly connections?: number;
  /** How often one object is asked for, the first time included. */
  readonly attempts?: number;
  /** Upper bound of the pause before the second attempt; it doubles with each further one, up to 5 s. */
  readonly pauseMs?: number;
  /** How long a silence of the server is waited for. */
  readonly timeoutMs?: number;
}

/**
 * Reads objects of one bucket in bulk: `getObject` at a tenth of the processor time that the SDK's client takes for it.
 *
 * Connections are kept open between requests. What may pass (no answer, an answer cut short, a 5xx, "slow down") is
 * tried again, after pauses that grow and are random, so that requests that failed together do not come back together.
 *
 * @returns a function that rejects with ObjectNotFoundError when there is no such object, and with StoreError for all
 *   else: S3's status and code are in it, credentials never are
 */
export function s3Reader(
  client: S3Client,
  bucket: string,
  { connections = 256, attempts = 10, pauseMs = 100, timeoutMs = 10_000 }: S3ReaderOptions = {},
): ObjectStore['getObject'] {
  const connect = async () => {
    const { origin, signGet } = await s3Signer(client, bucket);
    const timeouts = { connectTimeout: timeoutMs, headersTimeout: timeoutMs, bodyTimeout: timeoutMs };
    return { signGet, pool: new Pool(origin, { connections, ...timeouts, allowH2: false }) };
  };
  let connecting: ReturnType<typeof connect> | undefined;
  let connection: Awaited<ReturnType<typeof connect>> | undefined;
  async function connected() {
    connecting ??= connect();
    try {
      connection = await connecting;
      return connection;
    } catch (error) {
      connecting = undefined;
      throw error;
    }
  }

  return async (key) => {
    try {
      const { pool, signGet } = connection ?? (await connected());
      const read = async () => {
        const { path, headers } = await signGet(key);
        return get(pool, path, headers);
      };
      return await retry(read, { attempts, isRetryable, pauseMs, longestPauseMs });
    } catch (error) {
      if (error instanceof S3AnswerError && error.code === 'NoSuchKey') throw new ObjectNotFoundError(key);
      throw new StoreError('read', key, error);
    }
  };
}

const longestPauseMs = 5_000;

/** S3 answered, but not with the object. */
class S3AnswerError extends Error {
  override readonly name = 'S3AnswerError';
  readonly status: number;
  /** S3's own name of the error; undefined when something before S3 answered. */
  readonly code: string | undefined;

  constructor(status: number, body: string) {
    const code = /<Code>(\w{1,64})<\/Code>/.exec(body)?.[1];
    super(`${code ?? 'answer'} (status ${status})`);
    this.status = status;
    this.code = code;
  }
}

function get(pool: Pool, path: string, headers: Record<string, string>): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let status = 0;
    pool.dispatch(
      { method: 'GET', path, headers },
      {
        onRequestStart: () => {},
        onResponseStart: (_, statusCode) => {
          status = statusCode;
        },
        onResponseData: (_, chunk) => {
          chunks.push(chunk);
        },
        // Called only when as many bytes came as the answer promised.
        onResponseEnd: () => {
          const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
          if (status === 200) resolve(body);
          else reject(new S3AnswerError(status, body.toString('utf8')));
        },
        onResponseError: (_, error) => reject(error),
      },
    );
  });
}

function isRetryable(error: unknown): boolean {
  // The SDK has looked everywhere for credentials, and asked again where it could.
  if (error instanceof Error && error.name === 'CredentialsProviderError') return false;
  if (!(error instanceof S3AnswerError)) return true;
  return error.status >= 500 || error.status === 429 || error.code === 'RequestTimeout';
}
