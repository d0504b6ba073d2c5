import { S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import sinon from 'sinon';
import { StoreError } from '../../../src/storage/object-store.ts';
import { s3Versions } from '../../../src/storage/s3/s3-versions.ts';
import { rejection } from '../../support/rejection.ts';

describe('S3 versions', () => {
  const client = new S3Client({ region: 'sa-east-1' });
  const key = 'telegram/a.json';
  let deleted: unknown[];
  let asked: object[];
  /** Newest first, as S3 lists them, with what stands after the key, on two pages. */
  const pages = [
    {
      DeleteMarkers: [{ Key: key, VersionId: 'marker' }],
      Versions: [
        { Key: key, VersionId: 'newest', IsLatest: true },
        { Key: key, VersionId: 'older', IsLatest: false },
      ],
      IsTruncated: true,
      NextKeyMarker: key,
      NextVersionIdMarker: 'older',
    },
    {
      Versions: [
        { Key: key, VersionId: 'oldest', IsLatest: false },
        { Key: `${key}.bak`, VersionId: 'another', IsLatest: true },
      ],
      IsTruncated: true,
      NextKeyMarker: `${key}.bak`,
      NextVersionIdMarker: 'another',
    },
  ];

  beforeEach(() => {
    deleted = [];
    asked = [];
    sinon
      .stub(client, 'send')
      .callsFake(async (command: { constructor: { name: string }; input: object }) => {
        if (command.constructor.name === 'DeleteObjectCommand') {
          deleted.push((command.input as { VersionId?: string }).VersionId);
          return {};
        }
        asked.push(command.input);
        return pages[asked.length - 1];
      });
  });
  afterEach(() => sinon.restore());

  it('are deleted one and all, the newest last, and none of another key', async () => {
    await s3Versions(client, 'raw').deleteVersions(key, { keepNewest: false });
    expect([...deleted].sort()).to.deep.equal(['marker', 'newest', 'older', 'oldest']);
    expect(deleted.indexOf('oldest')).to.equal(0);
    expect(deleted.indexOf('newest')).to.be.above(deleted.indexOf('older'));
    expect(asked).to.deep.equal([
      { Bucket: 'raw', Prefix: key },
      { Bucket: 'raw', Prefix: key, KeyMarker: key, VersionIdMarker: 'older' },
    ]);
  });

  it('are deleted but for the newest where that stays', async () => {
    await s3Versions(client, 'raw').deleteVersions(key, { keepNewest: true });
    expect([...deleted].sort()).to.deep.equal(['marker', 'older', 'oldest']);
  });

  it('that may not be seen are an error of the store, with its cause', async () => {
    const denied = Object.assign(new Error('no'), { name: 'AccessDenied' });
    (client.send as sinon.SinonStub).rejects(denied);
    const error = await rejection(s3Versions(client, 'raw').deleteVersions(key, { keepNewest: true }));
    expect(error).to.be.instanceOf(StoreError).and.to.include({ key, cause: denied });
  });
});
