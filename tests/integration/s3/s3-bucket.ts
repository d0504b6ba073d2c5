import { ListBucketsCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ObjectStore } from '../../../src/storage/object-store.ts';
import { s3Reader } from '../../../src/storage/s3/s3-reader.ts';
import { s3Client, s3Store } from '../../../src/storage/s3/s3-store.ts';

/**
 * The application's own store of a bucket, as a function with this environment has it.
 *
 * @param environment - the variables that say where S3 is and who asks, as `startS3Server` gives them
 * @param bulk - whether it reads as the ETL does, by requests of our own
 * @param timeoutMilliseconds - of one attempt
 */
export async function s3Bucket(
  environment: Readonly<Record<string, string>>,
  bucket: string,
  { bulk = false, timeoutMilliseconds = 20_000 } = {},
): Promise<ObjectStore> {
  const before = { ...process.env };
  Object.assign(process.env, environment);
  try {
    const client = s3Client({ pathStyle: true, timeoutMilliseconds });
    await readEnvironment(client);
    return s3Store(
      client,
      bucket,
      bulk ? s3Reader(client, bucket, { timeoutMs: timeoutMilliseconds }) : undefined,
    );
  } finally {
    for (const name of Object.keys(environment)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}

/** The SDK reads the environment with its first request only: this one goes nowhere. */
async function readEnvironment(client: S3Client): Promise<void> {
  const { requestHandler } = client.config;
  const { handle } = requestHandler;
  requestHandler.handle = () => Promise.reject(new Error('not sent'));
  await client.send(new ListBucketsCommand({})).catch(() => undefined);
  requestHandler.handle = handle;
}
