import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ListBucketsCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import sinon from 'sinon';
import { UsageError } from '../../../src/base/usage-error.ts';
import { isStackName, leftoversOf } from '../../../src/cli/stack/leftovers.ts';
import { rejection } from '../../support/rejection.ts';

describe('leftovers of a stack', () => {
  const cloudFormation = new CloudFormationClient({ region: 'sa-east-1' });
  const s3 = new S3Client({ region: 'sa-east-1' });
  const clients = { cloudFormation, s3 };
  const names = [
    'lake-11aa22bb-enriched',
    'lake-11aa22bb-raw',
    'lake-33cc44dd-raw',
    'lake-33cc44dd-results',
    'lake-backup-raw',
    'lake-11aa22bb-raw-copy',
    'lake-two-11aa22bb-raw',
  ];
  let described: sinon.SinonStub;

  beforeEach(() => {
    described = sinon
      .stub(cloudFormation, 'send')
      .rejects(Object.assign(new Error('Stack with id lake does not exist'), { name: 'ValidationError' }));
    sinon.stub(s3, 'send').callsFake(async (command: unknown) => {
      if (command instanceof ListBucketsCommand) return { Buckets: names.map((Name) => ({ Name })) };
      if (command instanceof ListObjectVersionsCommand) {
        return { Versions: [{ Key: 'a', VersionId: '1', IsLatest: true, Size: 3 }] };
      }
      throw new Error('an unexpected command');
    });
  });
  afterEach(() => sinon.restore());

  it("are the buckets with the name and a stack's id in theirs, and no other bucket", async () => {
    const { buckets, isDeployed } = await leftoversOf('lake', clients);
    expect(isDeployed).to.equal(false);
    expect(buckets.map(({ bucket }) => bucket)).to.deep.equal([
      'lake-11aa22bb-enriched',
      'lake-11aa22bb-raw',
      'lake-33cc44dd-raw',
      'lake-33cc44dd-results',
    ]);
    expect(buckets[0]).to.include({ objects: 1, versions: 1, sizeBytes: 3 });
  });

  it('are never the buckets of a stack that is deployed', async () => {
    const StackId =
      'arn:aws:cloudformation:sa-east-1:123456789012:stack/lake/33cc44dd-1234-11ef-8000-0a0a0a0a0a0a';
    described.resolves({ Stacks: [{ StackId, StackName: 'lake', StackStatus: 'DELETE_FAILED' }] });
    const { buckets, isDeployed } = await leftoversOf('lake', clients);
    expect(isDeployed).to.equal(true);
    expect(buckets.map(({ bucket }) => bucket)).to.deep.equal([
      'lake-11aa22bb-enriched',
      'lake-11aa22bb-raw',
    ]);
  });

  it('are not looked for when no bucket can be seen to be in use', async () => {
    described.rejects(Object.assign(new Error('not allowed'), { name: 'AccessDenied' }));
    expect((await rejection(leftoversOf('lake', clients))).message).to.match(/cannot read the stack lake/);
    sinon.assert.notCalled(s3.send as sinon.SinonStub);
  });

  it('are not looked for under a name that no stack of the template can have', async () => {
    expect(['telegram-lake', 'a', 'lake2', 'a'.repeat(45)].every(isStackName)).to.equal(true);
    for (const name of ['', 'Telegram-Lake', 'a'.repeat(46), '.*', '-lake', 'lake-', 'my_lake', '2lake']) {
      expect(await rejection(leftoversOf(name, clients)), name).to.be.instanceOf(UsageError);
    }
  });
});
