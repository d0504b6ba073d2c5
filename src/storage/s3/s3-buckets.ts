import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type ObjectIdentifier,
  type S3Client,
} from '@aws-sdk/client-s3';
import { StoreError } from '../object-store.ts';

/** What a bucket holds, older versions and delete markers included. */
export interface BucketContents {
  /** Newest versions: what a listing of the bucket shows. */
  readonly objects: number;
  /** All that has to be deleted before the bucket can be. */
  readonly versions: number;
  readonly sizeBytes: number;
}

/**
 * The names of the account's buckets that begin with `prefix`, in order.
 *
 * @throws StoreError
 */
export async function bucketNames(client: S3Client, prefix: string): Promise<string[]> {
  const names: string[] = [];
  let token: string | undefined;
  do {
    const request = new ListBucketsCommand({ Prefix: prefix, MaxBuckets: 1_000, ContinuationToken: token });
    const page = await asked('list', 'the buckets', client.send(request));
    names.push(...(page.Buckets ?? []).flatMap(({ Name }) => Name ?? []));
    token = page.ContinuationToken;
  } while (token);
  // Servers other than AWS's own may not know the prefix.
  return names.filter((name) => name.startsWith(prefix)).sort();
}

/**
 * Counts what a bucket holds.
 *
 * @throws StoreError
 */
export async function bucketContents(client: S3Client, bucket: string): Promise<BucketContents> {
  let [objects, versions, sizeBytes] = [0, 0, 0];
  for await (const { Versions = [], DeleteMarkers = [] } of versionPages(client, bucket)) {
    versions += Versions.length + DeleteMarkers.length;
    for (const { IsLatest, Size = 0 } of Versions) {
      if (IsLatest) objects += 1;
      sizeBytes += Size;
    }
  }
  return { objects, versions, sizeBytes };
}

/**
 * Deletes a bucket with all that it holds: objects, older versions and delete markers. What was cut short goes on where
 * it stopped when it runs again.
 *
 * @param onDeleted - called with how many versions are deleted so far
 * @throws StoreError
 */
export async function deleteBucket(
  client: S3Client,
  bucket: string,
  onDeleted: (versions: number) => void = () => {},
): Promise<void> {
  let deleted = 0;
  for (let round = 1; ; round++) {
    deleted = await deleteVersions(client, bucket, deleted, onDeleted);
    try {
      await client.send(new DeleteBucketCommand({ Bucket: bucket }));
      return;
    } catch (error) {
      const { name } = error as Error;
      if (name === 'NoSuchBucket') return;
      // Something was stored while it was emptied.
      if (name !== 'BucketNotEmpty' || round === mostRounds) throw new StoreError('delete', bucket, error);
    }
  }
}

const mostRounds = 3;

/**
 * Deletes what a bucket holds, the first page of its listing again and again: where a listing goes on behind what is
 * deleted by now, not every server finds all that follows.
 *
 * @returns how many versions are deleted, with those of `before`
 */
async function deleteVersions(
  client: S3Client,
  bucket: string,
  before: number,
  onDeleted: (versions: number) => void,
): Promise<number> {
  let last: string | undefined;
  for (let deleted = before; ; onDeleted(deleted)) {
    // One page is one batch: a listing has at most 1,000 entries of both kinds together, which DeleteObjects takes.
    const page = await asked('list', bucket, client.send(new ListObjectVersionsCommand({ Bucket: bucket })));
    const entries = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    if (entries.length === 0) return deleted;
    const batch = entries.map(({ Key, VersionId }) => ({ Key, VersionId }) as ObjectIdentifier);
    const begin = JSON.stringify(batch[0]);
    if (begin === last) throw new StoreError('empty', bucket, 'what S3 says is deleted is still listed');
    last = begin;
    const request = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: batch, Quiet: true } });
    const { Errors = [] } = await asked('empty', bucket, client.send(request));
    const [first] = Errors;
    if (first) {
      const reason = `${first.Code} ${first.Message ?? ''}`.trim();
      throw new StoreError('empty', bucket, `${Errors.length} of ${batch.length} refused, ${reason}`);
    }
    deleted += batch.length;
  }
}

async function* versionPages(client: S3Client, bucket: string) {
  let markers: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (;;) {
    const request = new ListObjectVersionsCommand({ Bucket: bucket, ...markers });
    const page: ListObjectVersionsCommandOutput = await asked('list', bucket, client.send(request));
    yield page;
    if (!page.IsTruncated) return;
    markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
}

async function asked<T>(action: string, what: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw new StoreError(action, what, error);
  }
}
