import { DeleteObjectsCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { mapConcurrently } from '../../../src/base/async/map-concurrently.ts';
import { bucketContents, bucketNames, deleteBucket } from '../../../src/storage/s3/s3-buckets.ts';
import { s3Store } from '../../../src/storage/s3/s3-store.ts';
import { startAccount } from '../../../tools/engines/account.ts';
import { createBucket, s3Keys, startS3Server } from '../../../tools/engines/s3-server.ts';

const servers: Readonly<Record<string, () => Promise<{ readonly endpoint: string; stop(): Promise<void> }>>> =
  {
    moto: () => startAccount(),
    // It goes on elsewhere than S3 does, once the version is gone with which the last page of a listing ended.
    versitygw: () => startS3Server({ hasVersions: true }),
  };

for (const [name, start] of Object.entries(servers)) {
  describe(`buckets on the S3 server ${name}`, () => {
    let server: Awaited<ReturnType<typeof start>>;
    let client: S3Client;
    before(async () => {
      server = await start();
      client = new S3Client({
        endpoint: server.endpoint,
        region: s3Keys.AWS_REGION,
        credentials: { accessKeyId: s3Keys.AWS_ACCESS_KEY_ID, secretAccessKey: s3Keys.AWS_SECRET_ACCESS_KEY },
        forcePathStyle: true,
      });
    });
    after(() => server?.stop());

    it('are deleted with more versions and delete markers than one listing shows', async () => {
      for (const bucket of ['lake-11aa22bb-raw', 'lake-11aa22bb-results', 'other']) {
        await createBucket(server.endpoint, bucket);
      }
      const Bucket = 'lake-11aa22bb-raw';
      await client.send(
        new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
      );
      const keys = Array.from(
        { length: 1_000 },
        (_, index) => `telegram/context_date=2026-11-22/${index}.json`,
      );
      for (const body of ['first', 'second']) {
        await mapConcurrently(keys, (key) => s3Store(client, Bucket).putObject(key, Buffer.from(body)), 32);
      }
      // As who tried `aws s3 rm --recursive` first, and stopped it half way.
      await client.send(
        new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.slice(500).map((Key) => ({ Key })) } }),
      );
      const { objects, versions } = await bucketContents(client, Bucket);
      expect(objects).to.equal(500);
      // versitygw lists the last version of a page on the next one, too.
      expect(versions).to.be.within(2_500, 2_502);

      expect(await bucketNames(client, 'lake-')).to.deep.equal([
        'lake-11aa22bb-raw',
        'lake-11aa22bb-results',
      ]);
      for (const bucket of await bucketNames(client, 'lake-')) await deleteBucket(client, bucket);
      expect(await bucketNames(client, '')).to.deep.equal(['other']);
    });
  });
}
