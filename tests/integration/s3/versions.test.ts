import { ListObjectVersionsCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import type { ObjectVersions } from '../../../src/storage/object-versions.ts';
import { s3Store } from '../../../src/storage/s3/s3-store.ts';
import { s3Versions } from '../../../src/storage/s3/s3-versions.ts';
import { type Account, startAccount } from '../../../tools/engines/account.ts';
import { createBucket } from '../../../tools/engines/s3-server.ts';

// moto, since versitygw keeps versions only in a folder of their own, which nothing else needs.
describe('versions of objects on an S3 server', () => {
  let account: Account;
  let client: S3Client;
  let bucket: string;
  let versions: ObjectVersions;
  before(async () => {
    account = await startAccount();
    client = new S3Client({ ...account.clientSettings, forcePathStyle: true });
  });
  after(() => account?.stop());

  let buckets = 0;
  async function emptyBucket(Status: 'Enabled' | 'Suspended'): Promise<void> {
    bucket = `versions-${++buckets}`;
    await createBucket(account.endpoint, bucket);
    await client.send(
      new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status } }),
    );
    versions = s3Versions(client, bucket);
  }
  beforeEach(() => emptyBucket('Enabled'));

  const put = (key: string, body: string) => s3Store(client, bucket).putObject(key, Buffer.from(body));
  const text = async (key: string) => Buffer.from(await s3Store(client, bucket).getObject(key)).toString();
  const remove = (key: string) => s3Store(client, bucket).deleteObject(key);

  /** The keys of all versions and delete markers that are left. */
  async function left(): Promise<(string | undefined)[]> {
    const { Versions, DeleteMarkers } = await client.send(new ListObjectVersionsCommand({ Bucket: bucket }));
    return [...(Versions ?? []), ...(DeleteMarkers ?? [])].map(({ Key }) => Key);
  }

  it('go but for the newest, and those of other keys stay', async () => {
    for (const key of ['a/1.json', 'a/1.json.gz', 'a/10.json']) {
      for (const body of ['first', 'second', 'third']) await put(key, body);
    }
    await versions.deleteVersions('a/1.json', { keepNewest: true });
    expect(await text('a/1.json')).to.equal('third');
    expect((await left()).filter((key) => key === 'a/1.json')).to.have.length(1);
    expect(await left()).to.have.length(7);
  });

  it('go all of them, also those of an object that was deleted, with what marks it as deleted', async () => {
    await put('a/1.json', 'first');
    await remove('a/1.json');
    await put('a/1.json', 'second');
    await remove('a/1.json');
    expect(await left()).to.have.length(4);
    await versions.deleteVersions('a/1.json', { keepNewest: false });
    expect(await left()).to.deep.equal([]);
  });

  it('go all of them where they fill more than one page', async () => {
    for (let round = 0; round < 21; round++) {
      await Promise.all(Array.from({ length: 50 }, (_, i) => put('a/1.json', `${round}-${i}`)));
    }
    await put('a/1.json', 'newest');
    await versions.deleteVersions('a/1.json', { keepNewest: true });
    expect(await left()).to.deep.equal(['a/1.json']);
    expect(await text('a/1.json')).to.equal('newest');
  });

  it('are the object alone in a bucket that keeps none', async () => {
    await emptyBucket('Suspended');
    for (const body of ['first', 'second']) await put('a/1.json', body);
    await versions.deleteVersions('a/1.json', { keepNewest: true });
    expect(await text('a/1.json')).to.equal('second');
    await versions.deleteVersions('a/1.json', { keepNewest: false });
    expect(await left()).to.deep.equal([]);
  });
});
