import { DeleteObjectsCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { mapConcurrently } from '../../../src/base/async/map-concurrently.ts';
import { bucketContents, bucketNames, deleteBucket } from '../../../src/storage/s3/s3-buckets.ts';
import { s3Store } from '../../../src/storage/s3/s3-store.ts';
import { type Account, startAccount } from '../../../tools/engines/account.ts';
import { createBucket } from '../../../tools/engines/s3-server.ts';

// moto, since versitygw keeps versions only in a folder of their own, which nothing else needs.
describe('buckets on an S3 server', () => {
  let account: Account;
  let client: S3Client;
  before(async () => {
    account = await startAccount();
    client = new S3Client({ ...account.clientSettings, forcePathStyle: true });
  });
  after(() => account?.stop());

  it('are deleted with more versions and delete markers than one listing shows', async () => {
    for (const bucket of ['lake-11aa22bb-raw', 'lake-11aa22bb-results', 'other']) {
      await createBucket(account.endpoint, bucket);
    }
    const Bucket = 'lake-11aa22bb-raw';
    await client.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    );
    const keys = Array.from({ length: 700 }, (_, index) => `telegram/context_date=2026-11-22/${index}.json`);
    for (const body of ['first', 'second']) {
      await mapConcurrently(keys, (key) => s3Store(client, Bucket).putObject(key, Buffer.from(body)), 32);
    }
    // As who tried `aws s3 rm --recursive` first.
    await client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } }),
    );
    expect(await bucketContents(client, Bucket)).to.include({ objects: 0, versions: 2_100 });

    expect(await bucketNames(client, 'lake-')).to.deep.equal(['lake-11aa22bb-raw', 'lake-11aa22bb-results']);
    for (const bucket of await bucketNames(client, 'lake-')) await deleteBucket(client, bucket);
    expect(await bucketNames(client, '')).to.deep.equal(['other']);
  });
});
