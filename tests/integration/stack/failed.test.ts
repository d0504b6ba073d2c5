import { expect } from 'chai';
import type { Account } from '../../../tools/engines/account.ts';
import { createStack, deleteStack, templateText } from '../../../tools/engines/stack.ts';
import { startedEngines } from '../../../tools/engines/started.ts';
import { rejection } from '../../support/rejection.ts';

describe('a stack whose creation fails', () => {
  let account: Account;
  before(() => {
    account = startedEngines().account;
  });

  /** What an account has that costs, or that is in the way of a second try. */
  async function ownedBy(name: string): Promise<string[]> {
    const lists: [service: string, operation: string, list: string][] = [
      ['s3', 'list_buckets', 'Buckets'],
      ['lambda', 'list_functions', 'Functions'],
      ['logs', 'describe_log_groups', 'logGroups'],
      ['secretsmanager', 'list_secrets', 'SecretList'],
      ['sqs', 'list_queues', 'QueueUrls'],
      ['sns', 'list_topics', 'Topics'],
      ['iam', 'list_roles', 'Roles'],
      ['athena', 'list_work_groups', 'WorkGroups'],
      ['glue', 'get_databases', 'DatabaseList'],
      ['apigateway', 'get_rest_apis', 'items'],
    ];
    const owned: string[] = [];
    for (const [service, operation, list] of lists) {
      const answer = await account.call<Record<string, unknown[] | undefined>>(service, operation, {});
      const found = (answer[list] ?? [])
        .map((one) => JSON.stringify(one))
        .filter((text) => text.includes(name));
      owned.push(...found);
    }
    return owned;
  }

  for (const [name, why] of [
    ['Failed-Upper', 'in upper case'],
    [`failed-${'x'.repeat(39)}`, 'of 46 characters'],
  ] as const) {
    it(`ends before anything is made, when its name is ${why}`, async () => {
      const error = await rejection(createStack(account, name));
      expect(error.message).to.match(/^EnrichedBucket: /);
      expect(await ownedBy(name)).to.deep.equal([]);
    });
  }

  it('leaves nothing, when the last resource cannot be made', async () => {
    const template = `${templateText.trimEnd()}\n  Broken:\n    Type: AWS::Nothing::Such\n`;
    const error = await rejection(createStack(account, 'failed-late', { template }));
    expect(error.message).to.match(/^Broken: /);
    expect(await ownedBy('failed-late')).to.deep.equal([]);
    // As in AWS, the name is free once the remains of the first try are deleted.
    await deleteStack(account, 'failed-late');
    expect(await createStack(account, 'failed-late')).to.have.property('RawBucketName');
  });
});
