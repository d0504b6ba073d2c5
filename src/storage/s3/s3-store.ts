import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { retry } from '../../base/async/retry.ts';
import {
  type FileBody,
  type ObjectEntry,
  type ObjectHead,
  ObjectNotFoundError,
  type ObjectStore,
  type PutOptions,
  type PutOutcome,
  StoreError,
} from '../object-store.ts';

/**
 * An S3 client as the functions need it: kept-alive connections, time-outs, and the SDK's two retries. Region,
 * credentials and endpoint come from the environment, as the SDK reads them.
 *
 * @param pathStyle - `http://host/bucket/key`, for S3 servers other than AWS's own
 * @param connections - how many requests may be under way at once
 * @param timeoutMilliseconds - of one attempt; three must fit into what the caller has left
 */
export function s3Client({
  pathStyle = false,
  connections = 50,
  timeoutMilliseconds = 20_000,
} = {}): S3Client {
  return new S3Client({
    forcePathStyle: pathStyle,
    maxAttempts: 3,
    logger: silence,
    requestHandler: {
      connectionTimeout: 2_000,
      requestTimeout: timeoutMilliseconds,
      throwOnRequestTimeout: true,
      // The request's time ends with the first byte of the answer; this one ends an answer that stops half way.
      socketTimeout: timeoutMilliseconds,
      httpAgent: { keepAlive: true, maxSockets: connections },
      httpsAgent: { keepAlive: true, maxSockets: connections },
    },
  });
}

// Without a logger the SDK warns on the console that it does not try a file's upload again, which #putFile does.
const silence = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * One S3 bucket as an object store.
 *
 * @param readObject - reads in place of the SDK: `s3Reader`, where there are many small objects to read
 */
export function s3Store(
  client: S3Client,
  bucket: string,
  readObject?: ObjectStore['getObject'],
): ObjectStore {
  return new S3Store(client, bucket, readObject);
}

const fileAttempts = 3;

class S3Store implements ObjectStore {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #readObject: ObjectStore['getObject'] | undefined;

  constructor(client: S3Client, bucket: string, readObject: ObjectStore['getObject'] | undefined) {
    this.#client = client;
    this.#bucket = bucket;
    this.#readObject = readObject;
  }

  async putObject(key: string, body: Uint8Array | FileBody, options: PutOptions = {}): Promise<PutOutcome> {
    try {
      if (body instanceof Uint8Array) await this.#put(key, body, options);
      else await this.#putFile(key, body.path, options);
      return 'stored';
    } catch (error) {
      if (options.onlyIfAbsent && statusOf(error) === 412) return 'exists';
      if (options.onlyIfEtag && isOtherVersion(error)) return 'changed';
      throw new StoreError('store', key, error);
    }
  }

  getObject(key: string): Promise<Uint8Array> {
    return this.#readObject?.(key) ?? this.#getObject(key);
  }

  async #getObject(key: string): Promise<Uint8Array> {
    try {
      const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key }));
      return Body ? await Body.transformToByteArray() : new Uint8Array();
    } catch (error) {
      if (isNoSuchKey(error)) throw new ObjectNotFoundError(key, { cause: error });
      throw new StoreError('read', key, error);
    }
  }

  async headObject(key: string): Promise<ObjectHead | undefined> {
    try {
      const head = await this.#client.send(new HeadObjectCommand({ Bucket: this.#bucket, Key: key }));
      return {
        etag: head.ETag ?? '',
        sizeBytes: head.ContentLength ?? 0,
        storedAtSeconds: Math.floor((head.LastModified?.getTime() ?? 0) / 1000),
        metadata: head.Metadata ?? {},
      };
    } catch (error) {
      // A HEAD answer has no body, so it does not say whether the key or the bucket is missing; a listing does.
      if (statusOf(error) === 404) return undefined;
      throw new StoreError('look up', key, error);
    }
  }

  async *listObjects(prefix: string): AsyncIterable<ObjectEntry> {
    for await (const page of this.#pages(prefix)) {
      for (const { Key = '', ETag = '', Size = 0 } of page.Contents ?? []) {
        yield { key: Key, etag: ETag, sizeBytes: Size };
      }
    }
  }

  async *listFolders(prefix: string): AsyncIterable<string> {
    for await (const page of this.#pages(prefix, '/')) {
      for (const { Prefix } of page.CommonPrefixes ?? []) if (Prefix) yield Prefix;
    }
  }

  async deleteObject(key: string): Promise<void> {
    try {
      await this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: key }));
    } catch (error) {
      throw new StoreError('delete', key, error);
    }
  }

  /**
   * Asks for the next page before it gives this one, so that who reads what is listed need not wait for the listing.
   */
  async *#pages(prefix: string, delimiter?: string): AsyncIterable<ListObjectsV2CommandOutput> {
    const pageAfter = (token?: string): Promise<ListObjectsV2CommandOutput> => {
      const request = {
        Bucket: this.#bucket,
        Prefix: prefix,
        Delimiter: delimiter,
        ContinuationToken: token,
      };
      const page = this.#client.send(new ListObjectsV2Command(request)).catch((error) => {
        throw new StoreError('list', prefix, error);
      });
      // It is awaited in its turn; until then a failure is no unhandled one.
      page.catch(() => {});
      return page;
    };
    let next: Promise<ListObjectsV2CommandOutput> | undefined = pageAfter();
    while (next) {
      const page: ListObjectsV2CommandOutput = await next;
      next = page.NextContinuationToken ? pageAfter(page.NextContinuationToken) : undefined;
      yield page;
    }
  }

  async #put(key: string, body: Uint8Array, options: PutOptions): Promise<void> {
    await this.#client.send(new PutObjectCommand({ ...this.#putRequest(key, options), Body: body }));
  }

  /**
   * The SDK does not try a stream again, so this does, with a new stream each time. Nor would it know a stream's
   * checksum before its end: it would send the file in chunks within chunks, which not every server reads to their end.
   */
  async #putFile(key: string, path: string, options: PutOptions): Promise<void> {
    const [{ size }, ChecksumCRC32] = await Promise.all([stat(path), checksumOf(path)]);
    const put = async () => {
      const Body = createReadStream(path);
      // Without a listener, an error of the file that comes after the client has failed would end the process.
      Body.on('error', () => {});
      const request = { ...this.#putRequest(key, options), Body, ContentLength: size, ChecksumCRC32 };
      try {
        await this.#client.send(new PutObjectCommand(request));
      } finally {
        Body.destroy();
      }
    };
    await retry(put, { attempts: fileAttempts, isRetryable: isTransient, pauseMs: 400 });
  }

  #putRequest(key: string, { contentType, metadata, onlyIfAbsent, onlyIfEtag }: PutOptions) {
    return {
      Bucket: this.#bucket,
      Key: key,
      ...(contentType && { ContentType: contentType }),
      ...(metadata && { Metadata: { ...metadata } }),
      ...(onlyIfAbsent && { IfNoneMatch: '*' }),
      ...(onlyIfEtag && { IfMatch: onlyIfEtag }),
    };
  }
}

/** CRC-32 in the form that S3 takes: four bytes, big-endian, in base64. */
async function checksumOf(path: string): Promise<string> {
  let checksum = 0;
  for await (const chunk of createReadStream(path)) checksum = crc32(chunk, checksum);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(checksum);
  return bytes.toString('base64');
}

/**
 * Whether S3 refused to replace an object since it is another version (412), is gone (404), or is being replaced at
 * this moment (409).
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
function isOtherVersion(error: unknown): boolean {
  return statusOf(error) === 412 || statusOf(error) === 409 || isNoSuchKey(error);
}

function isNoSuchKey(error: unknown): boolean {
  return error instanceof Error && error.name === 'NoSuchKey';
}

/** Whether S3 may well do at the next attempt what it did not do at this one: no answer, 5xx, or too many requests. */
export function isTransient(error: unknown): boolean {
  const status = statusOf(error);
  return status === undefined || status >= 500 || status === 429;
}

/** The HTTP status that S3 answered, or undefined where there was no answer. */
function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}
