import { AthenaClient } from '@aws-sdk/client-athena';
import { expect } from 'chai';
import { ingestSettings } from '../../../src/ingest/settings.ts';
import { athenaRunner } from '../../../src/query/athena/athena-runner.ts';
import type { Account } from '../../../tools/engines/account.ts';
import { createStack, type StackOptions, templateText, updateStack } from '../../../tools/engines/stack.ts';
import { startedEngines } from '../../../tools/engines/started.ts';
import { rejection } from '../../support/rejection.ts';
import { functionConfiguration, resourceIds, stackQueries } from './stack-parts.ts';

const name = 'updated';

interface BucketEncryption {
  readonly ServerSideEncryptionConfiguration: {
    readonly Rules: readonly {
      readonly ApplyServerSideEncryptionByDefault: object;
      readonly BucketKeyEnabled?: boolean;
    }[];
  };
}

interface WorkGroupAnswer {
  readonly WorkGroup: {
    readonly Configuration: { readonly ResultConfiguration: { readonly EncryptionConfiguration: object } };
  };
}

/** The template with one more column of the table, as a newer version of the project would deploy it. */
const withColumn = replaced(
  templateText,
  '            # END GENERATED glue-columns',
  '            - Name: mood\n              Type: string\n            # END GENERATED glue-columns',
);

describe('an updated stack', () => {
  let account: Account;
  before(async () => {
    account = startedEngines().account;
    await createStack(account, name);
  });

  /** Updates the stack; the logical ids of the resources that are other ones than before, came or went. */
  async function replacedBy(options: StackOptions): Promise<string[]> {
    const before = await resourceIds(account, name);
    await updateStack(account, name, options);
    const after = await resourceIds(account, name);
    const all = new Set([...before.keys(), ...after.keys()]);
    return [...all].filter((id) => before.get(id) !== after.get(id));
  }

  it('has a changed saved query in the place of the old one, and all else as it was', async () => {
    const before = await stackQueries(account, name);
    const newestLast = queryBlock('MessagesPerDay').replace('context_date DESC', 'context_date');
    const template = replaced(templateText, queryBlock('MessagesPerDay'), newestLast);
    expect(await replacedBy({ template })).to.deep.equal(['QueryMessagesPerDay']);
    const after = await stackQueries(account, name);
    expect(after.map(({ Name }) => Name)).to.have.members(before.map(({ Name }) => Name));
    const [changed] = after.filter((query) => before.every((old) => old.NamedQueryId !== query.NamedQueryId));
    expect(changed?.QueryString).to.match(/ORDER BY context_date$/);
  });

  it('has a new column in the same table, which queries see at once', async () => {
    await updateStack(account, name);
    expect(await replacedBy({ template: withColumn })).to.be.empty;
    const client = new AthenaClient(account.clientSettings);
    const runner = athenaRunner({ client, workGroup: name, database: name });
    const { columns } = await runner.run("SELECT * FROM telegram WHERE context_date = date '2026-11-22'");
    expect(columns.map((column) => column.name).slice(-2)).to.deep.equal(['mood', 'context_date']);
  });

  it('no longer has a saved query that was removed from sql/', async () => {
    const template = replaced(templateText, queryBlock('BusiestHour'), '');
    expect(await replacedBy({ template })).to.deep.equal(['QueryBusiestHour']);
    expect((await stackQueries(account, name)).map(({ Name }) => Name)).not.to.include('Busiest hour');
    await updateStack(account, name);
  });

  it('hands new settings to the same functions', async () => {
    const parameters = { TelegramChatId: '-1009999999999', TimeZone: 'Asia/Tokyo', LookbackDays: '3' };
    const changed = await replacedBy({ parameters });
    expect(changed.filter((id) => !id.startsWith('Query'))).to.be.empty;
    const { Environment } = await functionConfiguration(account, `${name}-ingest`);
    expect(ingestSettings(Environment.Variables)).to.deep.include({
      chats: new Set([-1009999999999]),
      timeZone: 'Asia/Tokyo',
    });
    const texts = (await stackQueries(account, name)).map(({ QueryString }) => QueryString).join();
    expect(texts).to.include("'Asia/Tokyo'").and.not.include('Sao_Paulo');
  });

  it('keeps its rule where the data shall be fresh, and only tells the ETL function', async () => {
    const changed = await replacedBy({ parameters: { Freshness: 'hourly' } });
    expect(changed.filter((id) => !id.startsWith('Query'))).to.be.empty;
    const { Environment } = await functionConfiguration(account, `${name}-etl`);
    expect(Environment.Variables).to.include({ FRESHNESS: 'hourly' });
  });

  it('deletes messages after the days that were chosen', async () => {
    const changed = await replacedBy({ parameters: { RetentionDays: '365', Freshness: 'hourly' } });
    expect(changed.filter((id) => !id.startsWith('Query'))).to.be.empty;
    const ids = await resourceIds(account, name);
    for (const id of ['RawBucket', 'EnrichedBucket']) {
      const Bucket = ids.get(id);
      const rules = await account.call<object>('s3', 'get_bucket_lifecycle_configuration', { Bucket });
      expect(JSON.stringify(rules)).to.include('"Days":365').and.include('"Status":"Enabled"');
    }
    await replacedBy({ parameters: { Freshness: 'hourly' } });
  });

  it("encrypts by a key of one's own from then on, which the functions may use, and by AWS's again without it", async () => {
    const { KeyMetadata } = await account.call<{ KeyMetadata: { Arn: string } }>('kms', 'create_key', {});
    const key = KeyMetadata.Arn;
    const bucketKeys: unknown[] = [];
    for (const KmsKeyArn of [key, '']) {
      const changed = await replacedBy({ parameters: { Freshness: 'hourly', KmsKeyArn } });
      expect(changed.filter((id) => !id.startsWith('Query'))).to.be.empty;
      const ids = await resourceIds(account, name);
      for (const id of ['RawBucket', 'EnrichedBucket', 'ResultsBucket']) {
        const Bucket = ids.get(id);
        const encryption = await account.call<BucketEncryption>('s3', 'get_bucket_encryption', { Bucket });
        const [rule] = encryption.ServerSideEncryptionConfiguration.Rules;
        expect(rule?.ApplyServerSideEncryptionByDefault, id).to.deep.equal(
          KmsKeyArn ? { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key } : { SSEAlgorithm: 'AES256' },
        );
        bucketKeys.push(rule?.BucketKeyEnabled);
      }
      for (const WorkGroup of [name, `${name}-etl`]) {
        const { WorkGroup: group } = await account.call<WorkGroupAnswer>('athena', 'get_work_group', {
          WorkGroup,
        });
        expect(group.Configuration.ResultConfiguration.EncryptionConfiguration, WorkGroup).to.deep.equal(
          KmsKeyArn ? { EncryptionOption: 'SSE_KMS', KmsKey: key } : { EncryptionOption: 'SSE_S3' },
        );
      }
      for (const [id, PolicyName] of [
        ['IngestRole', 'ingest'],
        ['EtlRole', 'etl'],
      ] as const) {
        const RoleName = ids.get(id);
        const { PolicyDocument } = await account.call<{
          PolicyDocument: { Statement: { Sid: string; Action: string[]; Resource: string }[] };
        }>('iam', 'get_role_policy', { RoleName, PolicyName });
        const use = PolicyDocument.Statement.filter(({ Sid }) => Sid === 'UseKey');
        expect(use.map(({ Action, Resource }) => ({ Action, Resource }))).to.deep.equal(
          KmsKeyArn ? [{ Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: key }] : [],
        );
      }
    }
    expect(bucketKeys.map(Boolean)).to.deep.equal([true, true, true, false, false, false]);
  });

  it('deploys the API again when the networks change', async () => {
    const parameters = { Freshness: 'hourly', AllowedNetworks: '91.108.4.0/22' };
    const changed = await replacedBy({ parameters });
    expect(changed.filter((id) => !id.startsWith('WebhookApiDeployment'))).to.be.empty;
    expect(changed).to.have.length(2);
    const ids = await resourceIds(account, name);
    const stage = await account.call<{ deploymentId: string }>('apigateway', 'get_stage', {
      restApiId: ids.get('WebhookApi'),
      stageName: 'dev',
    });
    expect(changed.map((id) => ids.get(id))).to.include(stage.deploymentId);
  });

  it('is not updated with a parameter that the template refuses', async () => {
    const parameters = { TelegramChatId: 'my-group' };
    const error = await rejection(updateStack(account, name, { parameters }));
    expect(error.message).to.include('TelegramChatId').and.include('one chat id or several');
  });
});

/** The lines of a saved query in the template. */
function queryBlock(query: string): string {
  return new RegExp(`^ {2}Query${query}:\\n(?: {4}.*\\n|\\n)*`, 'm').exec(templateText)?.[0] ?? '';
}

function replaced(text: string, old: string, by: string): string {
  if (text.split(old).length !== 2) throw new Error(`the template holds this not exactly once: ${old}`);
  return text.replace(old, by);
}
