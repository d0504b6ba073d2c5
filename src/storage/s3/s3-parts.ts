import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { retry } from '../../base/async/retry.ts';
import { StoreError } from '../object-store.ts';
import { isTransient, s3Store } from './s3-store.ts';

/**
 * A large object piece by piece: memory holds one piece, and a connection that breaks costs one piece.
 *
 * @param location - as Athena writes it: `s3://bucket/key`
 * @returns undefined when there is no such object
 * @throws StoreError when S3 fails, or the object changes while it is read
 */
export async function s3Parts(
  client: S3Client,
  location: string,
  partBytes = 16 * 1_048_576,
): Promise<AsyncIterable<Uint8Array> | undefined> {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(location) ?? [];
  if (!bucket || !key) throw new RangeError(`${location} is not of the form s3://bucket/key`);
  const head = await s3Store(client, bucket).headObject(key);
  return head && parts(client, { bucket, key, partBytes, ...head });
}

interface Source {
  readonly bucket: string;
  readonly key: string;
  readonly etag: string;
  readonly sizeBytes: number;
  readonly partBytes: number;
}

async function* parts(client: S3Client, source: Source): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < source.sizeBytes; from += source.partBytes)
    yield await part(client, source, from);
}

const attempts = 4;

/** The SDK tries a request again, but not a body that breaks off: this does. */
async function part(
  client: S3Client,
  { bucket, key, etag, sizeBytes, partBytes }: Source,
  from: number,
): Promise<Uint8Array> {
  const to = Math.min(from + partBytes, sizeBytes) - 1;
  const request = { Bucket: bucket, Key: key, Range: `bytes=${from}-${to}`, IfMatch: etag };
  const read = async () => {
    const { Body } = await client.send(new GetObjectCommand(request));
    const bytes = await Body?.transformToByteArray();
    if (bytes?.length !== to - from + 1)
      throw new Error(`${bytes?.length} bytes instead of ${to - from + 1}`);
    return bytes;
  };
  return retry(read, { attempts, isRetryable: isTransient, pauseMs: 400 }).catch((error) => {
    throw new StoreError('read', key, error);
  });
}
