import { S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { describeStack } from '../../../src/cli/stack/stack.ts';
import { s3Store } from '../../../src/storage/s3/s3-store.ts';
import type { Account } from '../../../tools/engines/account.ts';
import { ApiError } from '../../../tools/engines/api-caller.ts';
import { cloudFormation, createStack, deleteStack, type Outputs } from '../../../tools/engines/stack.ts';
import { startedEngines } from '../../../tools/engines/started.ts';
import { rejection } from '../../support/rejection.ts';
import { runProgram } from '../../support/run-cli.ts';
import { resourceIds } from './stack-parts.ts';

const name = 'deleted';
const kept = ['RawBucketName', 'EnrichedBucketName', 'ResultsBucketName'];

describe('a deleted stack', () => {
  let account: Account;
  let outputs: Outputs;
  let ids: ReadonlyMap<string, string>;
  const id = (logicalId: string) => ids.get(logicalId) ?? '';
  const bucket = (output: string) =>
    s3Store(new S3Client({ ...account.clientSettings, forcePathStyle: true }), outputs[output] ?? '');

  before(async () => {
    account = startedEngines().account;
    outputs = await createStack(account, name);
    ids = await resourceIds(account, name);
    for (const output of kept) await bucket(output).putObject('kept', Buffer.from(output));
    await deleteStack(account, name);
  });

  it('is unknown', async () => {
    expect((await rejection(describeStack(name, cloudFormation(account)))).message).to.match(
      /no stack deleted/,
    );
  });

  it('leaves its three buckets with all that is in them, still closed to plain HTTP', async () => {
    for (const output of kept) {
      expect(Buffer.from(await bucket(output).getObject('kept')).toString()).to.equal(output);
      const { Policy } = await account.call<{ Policy: string }>('s3', 'get_bucket_policy', {
        Bucket: outputs[output],
      });
      expect(Policy).to.include('aws:SecureTransport');
    }
  });

  it('leaves nothing else that costs or runs', async () => {
    const gone: [service: string, operation: string, parameters: object, code: RegExp][] = [
      ['lambda', 'get_function', { FunctionName: id('IngestFunction') }, /NotFound/],
      ['lambda', 'get_function', { FunctionName: id('EtlFunction') }, /NotFound/],
      ['events', 'describe_rule', { Name: id('EtlFunctionHourly') }, /NotFound/],
      ['apigateway', 'get_rest_api', { restApiId: id('WebhookApi') }, /NotFound/],
      ['glue', 'get_table', { DatabaseName: name, Name: 'telegram' }, /NotFound/],
      ['glue', 'get_database', { Name: name }, /NotFound/],
      ['secretsmanager', 'describe_secret', { SecretId: id('WebhookSecret') }, /NotFound/],
      ['iam', 'get_role', { RoleName: id('IngestRole') }, /NoSuchEntity/],
      ['iam', 'get_role', { RoleName: id('EtlRole') }, /NoSuchEntity/],
      [
        'sqs',
        'get_queue_attributes',
        { QueueUrl: id('FailedEtlQueue') },
        /NonExistentQueue|QueueDoesNotExist/,
      ],
      ['sns', 'get_topic_attributes', { TopicArn: id('AlarmTopic') }, /NotFound/],
    ];
    for (const [service, operation, parameters, code] of gone) {
      const error = await rejection(account.call(service, operation, parameters));
      expect(error, operation).to.be.instanceOf(ApiError);
      expect((error as ApiError).code, operation).to.match(code);
    }
    const lists: [service: string, operation: string, parameters: object, list: string][] = [
      ['cloudwatch', 'describe_alarms', { AlarmNamePrefix: `${name}-` }, 'MetricAlarms'],
      ['logs', 'describe_log_groups', { logGroupNamePrefix: `/aws/lambda/${name}-` }, 'logGroups'],
      ['logs', 'describe_log_groups', { logGroupNamePrefix: `/aws/apigateway/${name}-` }, 'logGroups'],
      ['athena', 'list_named_queries', { WorkGroup: name }, 'NamedQueryIds'],
    ];
    for (const [service, operation, parameters, list] of lists) {
      const answer = await account.call<Record<string, unknown>>(service, operation, parameters);
      expect(answer[list], operation).to.deep.equal([]);
    }
  });

  it('shows with destroy what it left, and is gone for good when that is confirmed', async () => {
    const left = kept.map((output) => outputs[output] ?? '');
    const destroy = (...args: string[]) =>
      runProgram(['destroy', '--stack', name, ...args], account.environment);
    const shown = await destroy();
    expect(shown).to.include({ code: 0, stderr: '' });
    for (const each of left) expect(shown.stdout).to.include(`${each}  `).and.include('1 object');
    expect(shown.stdout).to.include('Nothing was deleted.');
    expect(await destroy('--delete')).to.deep.include({ code: 2, stdout: '' });
    for (const output of kept) expect(await bucket(output).headObject('kept')).not.to.equal(undefined);

    const again = await createStack(account, name);
    const deleted = await destroy('--delete', '--yes');
    expect(deleted.code).to.equal(0);
    expect(deleted.stdout).to.include('is deployed').and.include('Deleted 3 buckets.');
    const { Buckets } = await account.call<{ Buckets: { Name: string }[] }>('s3', 'list_buckets', {});
    const names = Buckets.map(({ Name }) => Name);
    for (const each of left) expect(names).not.to.include(each);
    for (const output of kept) expect(names).to.include(again[output]);
    await deleteStack(account, name);
  });

  it('can be created again under its name, beside the buckets that it left', async () => {
    const again = await createStack(account, name);
    for (const output of kept) expect(again[output]).not.to.equal(outputs[output]);
  });
});
