import { expect } from 'chai';
import { describeStack } from '../../../src/cli/stack/stack.ts';
import { etlSettings } from '../../../src/etl/settings.ts';
import { ingestSettings } from '../../../src/ingest/settings.ts';
import { tables } from '../../../src/lake/tables.ts';
import { savedQueries } from '../../../src/query/query-catalog.ts';
import type { Account } from '../../../tools/engines/account.ts';
import { cloudFormation, createStack, type Outputs } from '../../../tools/engines/stack.ts';
import { startedEngines } from '../../../tools/engines/started.ts';
import { template } from '../../../tools/template.ts';
import { functionConfiguration, resourceIds, stackQueries } from './stack-parts.ts';

const name = 'created';
const parameters = {
  TelegramChatId: '-1001234567890,-4012345678',
  AlarmEmail: 'ana@example.org',
  FirstDay: '2026-11-01',
  ApiAccessLog: 'new-role',
  AllowedNetworks: '149.154.160.0/20,91.108.4.0/22',
};

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Principal?: unknown;
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

describe('a created stack', () => {
  let account: Account;
  let outputs: Outputs;
  let ids: ReadonlyMap<string, string>;
  const output = (key: string) => outputs[key] ?? '';
  const id = (logicalId: string) => ids.get(logicalId) ?? '';

  before(async () => {
    account = startedEngines().account;
    outputs = await createStack(account, name, { parameters });
    ids = await resourceIds(account, name);
  });

  it('has every resource of the template', () => {
    expect([...ids.keys()]).to.include.members(Object.keys(template.Resources));
    expect([...ids.values()].every(Boolean)).to.equal(true);
  });

  it('tells the command line all that it needs', async () => {
    const stack = await describeStack(name, cloudFormation(account));
    expect(stack).to.deep.include({
      rawBucket: id('RawBucket'),
      enrichedBucket: id('EnrichedBucket'),
      etlFunction: id('EtlFunction'),
      webhookSecretArn: id('WebhookSecret'),
      chats: new Set([-1001234567890, -4012345678]),
      timeZone: 'America/Sao_Paulo',
      database: name,
      workGroup: name,
    });
    expect(stack.webhookUrl).to.equal(
      `https://${id('WebhookApi')}.execute-api.us-east-1.amazonaws.com/dev/webhook`,
    );
  });

  it('has the saved queries of sql/, byte for byte', async () => {
    const expected = savedQueries('sql').map((query) => ({
      Name: query.name,
      Description: query.description,
      QueryString: query.sql,
      Database: name,
      WorkGroup: name,
    }));
    const queries = await stackQueries(account, name);
    expect(queries.map(({ NamedQueryId, ...query }) => query)).to.have.deep.members(expected);
  });

  for (const { name: tableName, columns } of tables) {
    it(`has the table ${tableName} with the columns of the code, over the days of the enriched bucket`, async () => {
      const { Table } = await account.call<{ Table: GlueTable }>('glue', 'get_table', {
        DatabaseName: name,
        Name: tableName,
      });
      expect(Table.StorageDescriptor.Columns).to.deep.equal(
        columns.map(({ name: Name, type: Type, description: Comment }) => ({ Name, Type, Comment })),
      );
      expect(Table.PartitionKeys).to.have.length(1);
      expect(Table.PartitionKeys[0]).to.include({ Name: 'context_date', Type: 'date' });
      expect(Table.TableType).to.equal('EXTERNAL_TABLE');
      const bucket = `s3://${output('EnrichedBucketName')}/`;
      expect(Table.StorageDescriptor.Location).to.equal(`${bucket}${tableName}/`);
      expect(Table.Parameters).to.include({
        'projection.enabled': 'true',
        'projection.context_date.type': 'date',
        'projection.context_date.range': '2026-11-01,NOW+1DAYS',
        'storage.location.template': `${bucket}${tableName}/context_date=\${context_date}/`,
      });
    });
  }

  it('gives the functions settings that they start with, and the value of the secret', async () => {
    const ingest = await functionConfiguration(account, output('IngestFunctionName'));
    const { SecretString } = await account.call<{ SecretString: string }>(
      'secretsmanager',
      'get_secret_value',
      { SecretId: output('WebhookSecretArn') },
    );
    expect(SecretString).to.match(/^[A-Za-z0-9]{64}$/);
    expect(ingestSettings(ingest.Environment.Variables)).to.deep.include({
      rawBucket: output('RawBucketName'),
      chats: new Set([-1001234567890, -4012345678]),
      secretToken: SecretString,
      timeZone: 'America/Sao_Paulo',
      pathStyle: false,
    });
    const etl = await functionConfiguration(account, output('EtlFunctionName'));
    expect(etlSettings(etl.Environment.Variables)).to.deep.include({
      rawBucket: output('RawBucketName'),
      enrichedBucket: output('EnrichedBucketName'),
      lookbackDays: 7,
    });
    for (const { Runtime, Handler, Architectures } of [ingest, etl]) {
      expect(Runtime).to.equal('nodejs24.x');
      expect(Handler).to.match(/^(ingest|etl)-handler\.handler$/);
      expect(Architectures).to.deep.equal(['x86_64']);
    }
  });

  it('lets its API, and no other, call the ingest function, and its rule the ETL function', async () => {
    const ingest = await functionPolicy(output('IngestFunctionName'));
    for (const statement of ingest) {
      expect(statement).to.deep.include({
        Effect: 'Allow',
        Action: 'lambda:InvokeFunction',
        Principal: { Service: 'apigateway.amazonaws.com' },
      });
    }
    const api = `arn:aws:execute-api:us-east-1:123456789012:${id('WebhookApi')}`;
    expect(ingest.map(({ Condition }) => Condition?.ArnLike?.['AWS:SourceArn'])).to.have.members([
      `${api}/*/POST/webhook`,
      `${api}/*/POST/sent`,
    ]);

    const etl = await functionPolicy(output('EtlFunctionName'));
    expect(etl.map(({ Principal }) => Principal)).to.deep.equal([{ Service: 'events.amazonaws.com' }]);
    const rule = await describeRule();
    expect(etl[0]?.Condition?.ArnLike?.['AWS:SourceArn']).to.equal(rule.Arn);
  });

  it('runs the ETL every hour by a rule, and keeps what fails', async () => {
    const rule = await describeRule();
    expect(rule).to.include({ ScheduleExpression: 'cron(5 * * * ? *)', State: 'ENABLED' });
    const { Targets } = await account.call<{ Targets: { Arn: string; DeadLetterConfig: { Arn: string } }[] }>(
      'events',
      'list_targets_by_rule',
      { Rule: id('EtlFunctionHourly') },
    );
    const { Attributes } = await account.call<{ Attributes: { QueueArn: string; Policy: string } }>(
      'sqs',
      'get_queue_attributes',
      { QueueUrl: output('FailedEtlQueueUrl'), AttributeNames: ['All'] },
    );
    const etl = await functionConfiguration(account, output('EtlFunctionName'));
    expect(Targets.map(({ Arn }) => Arn)).to.deep.equal([etl.FunctionArn]);
    expect(Targets[0]?.DeadLetterConfig.Arn).to.equal(Attributes.QueueArn);
    const [statement] = JSON.parse(Attributes.Policy).Statement;
    expect(statement.Condition.ArnEquals['aws:SourceArn']).to.equal(rule.Arn);
    const invocation = await account.call<object>('lambda', 'get_function_event_invoke_config', {
      FunctionName: output('EtlFunctionName'),
    });
    expect(invocation).to.deep.include({
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: Attributes.QueueArn } },
    });
  });

  it('grants its roles only what is its own', async () => {
    const arn = (service: string, resource: string) =>
      `arn:aws:${service}:us-east-1:123456789012:${resource}`;
    const owned = [
      ...['RawBucketName', 'EnrichedBucketName', 'ResultsBucketName'].map(
        (key) => `arn:aws:s3:::${output(key)}`,
      ),
      ...['IngestLogGroup', 'EtlLogGroup'].map((group) => arn('logs', `log-group:${id(group)}:*`)),
      arn('sqs', output('FailedEtlQueueUrl').split('/').at(-1) ?? ''),
      arn('athena', `workgroup/${id('EtlWorkGroup')}`),
      ...['catalog', `database/${name}`, `table/${name}/${id('RawTable')}`].map((part) => arn('glue', part)),
    ];
    for (const role of ['IngestRole', 'EtlRole']) {
      const { PolicyNames } = await account.call<{ PolicyNames: string[] }>('iam', 'list_role_policies', {
        RoleName: id(role),
      });
      for (const PolicyName of PolicyNames) {
        const request = { RoleName: id(role), PolicyName };
        const { PolicyDocument } = await account.call<{ PolicyDocument: { Statement: Statement[] } }>(
          'iam',
          'get_role_policy',
          request,
        );
        for (const resource of PolicyDocument.Statement.flatMap(({ Resource }) => Resource)) {
          expect(owned, resource).to.include(resource.replace(/^(arn:aws:s3:::[^/]+)\/[a-z_]+\/\*$/, '$1'));
        }
      }
    }
  });

  for (const bucket of ['RawBucketName', 'EnrichedBucketName', 'ResultsBucketName']) {
    it(`closes ${bucket} to the public and to plain HTTP, and encrypts it`, async () => {
      const Bucket = output(bucket);
      const { Policy } = await account.call<{ Policy: string }>('s3', 'get_bucket_policy', { Bucket });
      const arn = `arn:aws:s3:::${Bucket}`;
      expect(JSON.parse(Policy).Statement).to.deep.equal([
        {
          Sid: 'OnlyByTls',
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: [arn, `${arn}/*`],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ]);
      const block = await account.call<object>('s3', 'get_public_access_block', { Bucket });
      expect(JSON.stringify(block)).to.match(/true/).and.not.match(/false/);
      const encryption = await account.call<object>('s3', 'get_bucket_encryption', { Bucket });
      expect(JSON.stringify(encryption)).to.include('AES256');
    });
  }

  it('keeps what is overwritten in the raw bucket for a month, and results for a week', async () => {
    const Bucket = output('RawBucketName');
    const versioning = await account.call<object>('s3', 'get_bucket_versioning', { Bucket });
    expect(versioning).to.include({ Status: 'Enabled' });
    expect(JSON.stringify(await lifecycle(Bucket))).to.include('"NoncurrentDays":30');
    expect(JSON.stringify(await lifecycle(Bucket))).not.to.include('"Days"');
    expect(JSON.stringify(await lifecycle(output('ResultsBucketName')))).to.include(
      '"Expiration":{"Days":7}',
    );
  });

  it('has an API that hands POST /webhook to the function, throttled and open to the networks named', async () => {
    const restApiId = id('WebhookApi');
    const api = await account.call<{ name: string; policy: string }>('apigateway', 'get_rest_api', {
      restApiId,
    });
    expect(api.name).to.equal(`${name}-api`);
    expect(api.policy).to.include('149.154.160.0/20').and.to.include('91.108.4.0/22');
    const { items } = await account.call<{ items: { id: string; path: string }[] }>(
      'apigateway',
      'get_resources',
      { restApiId },
    );
    const resourceId = items.find(({ path }) => path === '/webhook')?.id;
    const integration = await account.call<{ uri: string; type: string }>('apigateway', 'get_integration', {
      restApiId,
      resourceId,
      httpMethod: 'POST',
    });
    const ingest = await functionConfiguration(account, output('IngestFunctionName'));
    expect(integration.type).to.match(/^aws_proxy$/i);
    expect(integration.uri).to.include(`functions/${ingest.FunctionArn}/invocations`);
    const stage = await account.call<{ methodSettings: Record<string, object>; accessLogSettings: object }>(
      'apigateway',
      'get_stage',
      { restApiId, stageName: 'dev' },
    );
    expect(stage.methodSettings['*/*']).to.include({ throttlingRateLimit: 20, throttlingBurstLimit: 40 });
    expect(JSON.stringify(stage.accessLogSettings)).to.include(id('ApiLogGroup'));
  });

  it('tells the address of its alarms, which watch what is there', async () => {
    const { MetricAlarms } = await account.call<{
      MetricAlarms: { AlarmActions: string[]; Dimensions: { Name: string; Value: string }[] }[];
    }>('cloudwatch', 'describe_alarms', { AlarmNamePrefix: `${name}-` });
    expect(MetricAlarms).to.have.length(
      Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm').length,
    );
    const known: Record<string, readonly string[]> = {
      FunctionName: [output('IngestFunctionName'), output('EtlFunctionName')],
      ApiName: [`${name}-api`],
      Stage: ['dev'],
      QueueName: [output('FailedEtlQueueUrl').split('/').at(-1) ?? ''],
      service: ['ingest', 'etl'],
    };
    for (const { AlarmActions, Dimensions } of MetricAlarms) {
      expect(AlarmActions).to.deep.equal([output('AlarmTopicArn')]);
      for (const { Name, Value } of Dimensions) expect(known[Name], Name).to.include(Value);
    }
    const { Subscriptions } = await account.call<{ Subscriptions: object[] }>(
      'sns',
      'list_subscriptions_by_topic',
      { TopicArn: output('AlarmTopicArn') },
    );
    expect(Subscriptions[0]).to.include({ Protocol: 'email', Endpoint: 'ana@example.org' });
  });

  it('has a work group that says where results go and how much a query may read', async () => {
    const { WorkGroup } = await account.call<{ WorkGroup: { Configuration: object } }>(
      'athena',
      'get_work_group',
      { WorkGroup: name },
    );
    expect(WorkGroup.Configuration).to.deep.include({
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery: 10_737_418_240,
    });
    expect(JSON.stringify(WorkGroup.Configuration)).to.include(`s3://${output('ResultsBucketName')}/`);
  });

  it('keeps every log for 30 days', async () => {
    for (const group of ['IngestLogGroup', 'EtlLogGroup', 'ApiLogGroup']) {
      const { logGroups } = await account.call<{ logGroups: object[] }>('logs', 'describe_log_groups', {
        logGroupNamePrefix: id(group),
      });
      expect(logGroups[0]).to.include({ logGroupName: id(group), retentionInDays: 30 });
    }
  });

  async function functionPolicy(functionName: string): Promise<Statement[]> {
    const { Policy } = await account.call<{ Policy: string }>('lambda', 'get_policy', {
      FunctionName: functionName,
    });
    return JSON.parse(Policy).Statement;
  }

  async function describeRule() {
    return account.call<{ Arn: string }>('events', 'describe_rule', { Name: id('EtlFunctionHourly') });
  }

  async function lifecycle(Bucket: string) {
    return account.call<object>('s3', 'get_bucket_lifecycle_configuration', { Bucket });
  }
});

interface GlueTable {
  readonly TableType: string;
  readonly Parameters: Readonly<Record<string, string>>;
  readonly PartitionKeys: readonly object[];
  readonly StorageDescriptor: { readonly Location: string; readonly Columns: readonly object[] };
}
