import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  type ListBucketsCommand,
  ListObjectVersionsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect } from 'chai';
import sinon from 'sinon';
import { StoreError } from '../../../src/storage/object-store.ts';
import { bucketContents, bucketNames, deleteBucket } from '../../../src/storage/s3/s3-buckets.ts';
import { rejection } from '../../support/rejection.ts';

interface Entry {
  readonly Key: string;
  readonly VersionId: string;
  readonly IsLatest: boolean;
  readonly isMarker: boolean;
}

describe('buckets of S3', () => {
  let client: S3Client;
  let send: sinon.SinonStub;
  /** In the order of a listing: by key, newest first. */
  let entries: Entry[];
  let exists: boolean;
  let arriving: Entry[];

  beforeEach(() => {
    client = new S3Client({ region: 'sa-east-1' });
    [entries, exists, arriving] = [[], true, []];
    send = sinon.stub(client, 'send').callsFake(async (command: unknown) => {
      if (command instanceof ListObjectVersionsCommand)
        return page(command.input.KeyMarker, command.input.VersionIdMarker);
      if (command instanceof DeleteObjectsCommand) return remove(command.input.Delete?.Objects ?? []);
      if (command instanceof DeleteBucketCommand) {
        entries.push(...arriving.splice(0));
        if (entries.length > 0) throw Object.assign(new Error('not empty'), { name: 'BucketNotEmpty' });
        exists = false;
        return {};
      }
      throw new Error('an unexpected command');
    });
  });

  const entry = (index: number, isMarker = false): Entry => ({
    Key: `telegram/${String(Math.floor(index / 2)).padStart(6, '0')}`,
    VersionId: `v${index}`,
    IsLatest: index % 2 === 0,
    isMarker,
  });

  function page(key?: string, version?: string) {
    const start =
      key === undefined
        ? 0
        : entries.findIndex(
            (one) =>
              one.Key > key ||
              (one.Key === key && Number(one.VersionId.slice(1)) > Number(version?.slice(1))),
          );
    const listed = start < 0 ? [] : entries.slice(start, start + 1_000);
    const last = listed.at(-1);
    return {
      Versions: listed.filter(({ isMarker }) => !isMarker).map((one) => ({ ...one, Size: 10 })),
      DeleteMarkers: listed.filter(({ isMarker }) => isMarker),
      IsTruncated: last !== undefined && last !== entries.at(-1),
      NextKeyMarker: last?.Key,
      NextVersionIdMarker: last?.VersionId,
    };
  }

  function remove(objects: readonly { Key?: string | undefined; VersionId?: string | undefined }[]) {
    // S3 answers MalformedXML to more.
    expect(objects.length).to.be.within(1, 1_000);
    const gone = new Set(objects.map(({ Key, VersionId }) => `${Key} ${VersionId}`));
    entries = entries.filter(({ Key, VersionId }) => !gone.has(`${Key} ${VersionId}`));
    return {};
  }

  it('are deleted with 100,000 versions and delete markers in them, 1,000 at a time', async () => {
    entries = Array.from({ length: 100_000 }, (_, index) => entry(index, index % 4 === 0));
    const told: number[] = [];
    await deleteBucket(client, 'lake-raw', (deleted) => told.push(deleted));
    expect({ left: entries.length, exists }).to.deep.equal({ left: 0, exists: false });
    expect(told).to.have.length(100);
    expect(told.at(-1)).to.equal(100_000);
  });

  it('are deleted on a server whose listing ends behind a version that is gone', async () => {
    entries = Array.from({ length: 5_000 }, (_, index) => entry(index));
    send.callsFake(async (command: unknown) => {
      if (command instanceof ListObjectVersionsCommand) return command.input.KeyMarker ? {} : page();
      if (command instanceof DeleteObjectsCommand) return remove(command.input.Delete?.Objects ?? []);
      if (entries.length > 0) throw Object.assign(new Error('not empty'), { name: 'BucketNotEmpty' });
      return {};
    });
    await deleteBucket(client, 'lake-raw');
    expect({ left: entries.length, calls: send.callCount }).to.deep.equal({ left: 0, calls: 12 });
  });

  it('stay when versions are still listed that S3 says are deleted', async () => {
    entries = [entry(0)];
    send.callsFake(async (command: unknown) => (command instanceof ListObjectVersionsCommand ? page() : {}));
    expect((await rejection(deleteBucket(client, 'lake-raw'))).message).to.match(/still listed/);
  });

  it('are emptied once more when something is stored during the deletion', async () => {
    entries = [entry(0)];
    arriving = [entry(2)];
    await deleteBucket(client, 'lake-raw');
    expect(exists).to.equal(false);
  });

  it('are counted with their older versions', async () => {
    entries = Array.from({ length: 2_500 }, (_, index) => entry(index, index === 0));
    expect(await bucketContents(client, 'lake-raw')).to.deep.equal({
      objects: 1_249,
      versions: 2_500,
      sizeBytes: 24_990,
    });
  });

  it('stay, with the reason, when S3 refuses to delete a version', async () => {
    entries = [entry(0)];
    send.callsFake(async (command: unknown) =>
      command instanceof ListObjectVersionsCommand
        ? page()
        : { Errors: [{ Key: 'x', Code: 'AccessDenied', Message: 'Access Denied' }] },
    );
    const error = await rejection(deleteBucket(client, 'lake-raw'));
    expect(error).to.be.instanceOf(StoreError);
    expect(error.message).to.equal('cannot empty lake-raw: 1 of 1 refused, AccessDenied Access Denied');
  });

  it('are found by the beginning of their names, on every page of the list', async () => {
    send.callsFake(async (command: unknown) => {
      const { ContinuationToken } = (command as ListBucketsCommand).input;
      return ContinuationToken
        ? { Buckets: [{ Name: 'lake-a-raw' }, { Name: 'other' }] }
        : { Buckets: [{ Name: 'lake-b-raw' }], ContinuationToken: 'next' };
    });
    expect(await bucketNames(client, 'lake-')).to.deep.equal(['lake-a-raw', 'lake-b-raw']);
  });
});
