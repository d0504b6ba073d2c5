import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { expect } from 'chai';
import sinon from 'sinon';
import { isDay } from '../../src/base/local-day.ts';
import { describeStack } from '../../src/cli/stack/stack.ts';
import { etlSettings } from '../../src/etl/settings.ts';
import { ingestSettings } from '../../src/ingest/settings.ts';
import { defaultTimeZone } from '../../src/lake/settings.ts';
import { eventTable, messageTable } from '../../src/lake/tables.ts';
import { savedQueries } from '../../src/query/query-catalog.ts';
import { savedViews } from '../../src/query/views.ts';
import { resourcesOf, root, substitute, type TemplateValue, template } from '../../tools/template.ts';

const { Parameters, Resources } = template;
const functions = resourcesOf('AWS::Serverless::Function');
const buckets = resourcesOf('AWS::S3::Bucket');

describe('template', () => {
  it('declares exactly two functions, one REST API and one schedule', () => {
    expect(functions.map(([id]) => id)).to.have.members(['IngestFunction', 'EtlFunction']);
    expect(resourcesOf('AWS::Serverless::Api')).to.have.length(1);
    const events = functions.flatMap(([, { Properties }]) => Object.values<TemplateValue>(Properties.Events));
    expect(events.map(({ Type }) => Type)).to.have.members(['Api', 'Api', 'Schedule']);
    for (const type of ['AWS::Lambda::Function', 'AWS::Events::Rule', 'AWS::Scheduler::Schedule']) {
      expect(resourcesOf(type), type).to.be.empty;
    }
  });

  it('runs both functions on Node 24, the major that the project is developed with', () => {
    expect(template.Globals.Function.Runtime).to.equal('nodejs24.x');
    for (const [id, { Properties }] of functions) expect(Properties, id).not.to.have.property('Runtime');
    expect(process.versions.node).to.match(/^24\./);
  });

  it('takes updates at POST /webhook of an API whose name ends in -api', () => {
    expect(Resources.IngestFunction?.Properties.Events.Webhook.Properties).to.deep.equal({
      RestApiId: { Ref: 'WebhookApi' },
      Path: '/webhook',
      Method: 'post',
    });
    expect(Resources.WebhookApi?.Properties.Name['Fn::Sub']).to.equal(`\${AWS::StackName}-api`);
  });

  it('takes what bots report that they have sent at POST /sent, from any network', () => {
    const { Auth } = Resources.WebhookApi?.Properties ?? {};
    expect(Resources.IngestFunction?.Properties.Events.Sent.Properties).to.deep.equal({
      RestApiId: { Ref: 'WebhookApi' },
      Path: '/sent',
      Method: 'post',
    });
    const [webhook, sent] = Auth.ResourcePolicy.CustomStatements;
    expect([webhook.Resource, sent.Resource]).to.deep.equal([
      'execute-api:/*/POST/webhook',
      'execute-api:/*/POST/sent',
    ]);
    expect(webhook).to.have.property('Condition');
    expect(sent).not.to.have.property('Condition');
  });

  it('routes each path of its events, which SAM does not add to a body that is written out', () => {
    const { DefinitionBody } = Resources.WebhookApi?.Properties ?? {};
    const events = functions.flatMap(([, { Properties }]) => Object.values<TemplateValue>(Properties.Events));
    const routed = events.filter(({ Type }) => Type === 'Api').map(({ Properties }) => Properties.Path);
    expect(Object.keys(DefinitionBody.paths)).to.have.members(routed);
    for (const path of routed) {
      const { uri, type } = DefinitionBody.paths[path].post['x-amazon-apigateway-integration'];
      expect(type).to.equal('aws_proxy');
      expect(uri['Fn::Sub']).to.match(/functions\/\$\{IngestFunction\.Arn\}\/invocations$/);
    }
  });

  it('logs neither bodies nor headers of the API', () => {
    const { AccessLogSetting, MethodSettings } = Resources.WebhookApi?.Properties ?? {};
    const [condition, accessLog] = AccessLogSetting['Fn::If'];
    expect(condition).to.equal('HasApiAccessLog');
    expect(Object.values(JSON.parse(accessLog.Format)).join()).not.to.match(/body|header|input|output/i);
    expect(MethodSettings[0]).to.include({ LoggingLevel: 'OFF', DataTraceEnabled: false });
  });

  it('gives both functions log groups that end some day', () => {
    for (const [id, { Properties }] of functions) {
      const group = Resources[Properties.LoggingConfig.LogGroup.Ref];
      expect(group?.Type, id).to.equal('AWS::Logs::LogGroup');
      expect(group?.Properties.RetentionInDays, id).to.deep.equal({ Ref: 'LogRetentionDays' });
    }
  });

  it('generates a secret of characters that Telegram accepts', () => {
    const { PasswordLength, ExcludePunctuation } =
      Resources.WebhookSecret?.Properties.GenerateSecretString ?? {};
    expect(PasswordLength).to.be.within(32, 256);
    expect(ExcludePunctuation).to.equal(true);
  });
});

describe('text of the template', () => {
  const text = readFileSync(join(root, 'template.yaml'), 'utf8');

  it('is ASCII: CloudFormation gives other characters back as question marks', () => {
    expect(text.match(/^.*[^\0-\x7f].*$/gm)).to.equal(null);
  });

  it('is far below the megabyte that CloudFormation takes, and its resources below the 500', () => {
    expect(Buffer.byteLength(text)).to.be.below(400_000);
    expect(Object.keys(Resources).length).to.be.below(300);
  });

  it('has what is generated at its end, after the alarms, so that the rest is read without it', () => {
    const last = text.indexOf(
      '\n  # ---------------------------------------------------------------- What SQL sees',
    );
    expect(last).to.be.above(
      text.indexOf('\n  # ---------------------------------------------------------------- Alarms'),
    );
    expect(text.slice(0, last)).not.to.include('GENERATED');
    expect(text.slice(last).match(/^ {2}# -{20,}/gm)).to.have.length(1);
    expect(text.slice(0, last).split('\n').length).to.be.below(1_600);
  });
});

describe('freshness of the template', () => {
  it('is known to the ETL, which the rule runs every hour in any case', () => {
    expect(Parameters.Freshness).to.deep.include({ Default: 'daily', AllowedValues: ['daily', 'hourly'] });
    const { Schedule } = Resources.EtlFunction?.Properties.Events.Hourly.Properties ?? {};
    expect(Schedule).to.match(/^cron\(\d+ \* \* \* \? \*\)$/);
    expect(variablesOf('EtlFunction').FRESHNESS).to.deep.equal({ Ref: 'Freshness' });
  });
});

describe('environment of the functions', () => {
  const sample = {
    AWS_S3_BUCKET: 'raw',
    AWS_S3_ENRICHED: 'enriched',
    TELEGRAM_CHAT_ID: '-1001234567890',
    TELEGRAM_SECRET_TOKEN: 'local',
    TELEGRAM_BOT_BEHIND: '',
    TIME_ZONE: defaultTimeZone,
    LOOKBACK_DAYS: '7',
    ATHENA_WORK_GROUP: '',
    AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1',
  };

  for (const [id, settings] of [
    ['IngestFunction', ingestSettings],
    ['EtlFunction', etlSettings],
  ] as const) {
    it(`has for ${id} exactly the variables that its settings read`, () => {
      const read = new Set<string>();
      const recording = new Proxy<Record<string, string | undefined>>(sample, {
        get(target, name: string) {
          read.add(name);
          return target[name];
        },
      });
      settings(recording);
      const declared = Object.keys(variablesOf(id)).filter(
        (name) => !/^(POWERTOOLS_|NODE_OPTIONS$)/.test(name),
      );
      expect(declared).to.have.members([...read]);
    });
  }

  it('names the same time zone by default as the code, and the same size of a large day', () => {
    expect(Parameters.TimeZone.Default).to.equal(defaultTimeZone);
    const { athena } = etlSettings({ ...sample, ATHENA_WORK_GROUP: 'w', ATHENA_DATABASE: 'd' });
    expect(Parameters.AthenaEtlFrom.Default).to.equal(athena?.fromObjects);
  });

  it('can be replaced by events/environment.json for sam local: it passes on only what is declared', () => {
    const { Parameters: local } = JSON.parse(readFileSync(join(root, 'events/environment.json'), 'utf8'));
    expect(Object.keys(local)).to.have.members(Object.keys(sample));
    const declared = { ...variablesOf('IngestFunction'), ...variablesOf('EtlFunction') };
    expect(declared).to.include.all.keys(Object.keys(local));
    expect([...ingestSettings(local).chats]).to.include(-1001234567890);
    expect(etlSettings(local)).to.include({ pathStyle: true });
  });
});

describe('template parameters', () => {
  const cases: [name: string, accepted: string[], refused: string[]][] = [
    [
      'TelegramChatId',
      ['-1001234567890', '-1001234567890,-4012345678', '42', 'private', 'all', '-1001234567890,private'],
      ['', 'abc', '-1,', '-1, -2', '0', 'privates', 'private,', 'All'],
    ],
    [
      'TimeZone',
      ['America/Sao_Paulo', 'UTC', 'America/Argentina/Ushuaia', 'Etc/GMT+3'],
      ['', "UTC'", '+03:00'],
    ],
    [
      'FirstDay',
      ['2026-01-01', '2019-12-31', '2026-02-28', '2026-04-30'],
      ['', '2026-1-1', '2026-13-01', '2026-02-30', '2026-04-31', '2026-00-10', '2026-01-00', 'NOW-1YEARS'],
    ],
    ['StageName', ['dev', 'prod_2'], ['', 'a/b']],
    [
      'KmsKeyArn',
      ['', 'arn:aws:kms:sa-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
      ['alias/mine', '1234abcd-12ab-34cd-56ef-1234567890ab'],
    ],
    [
      'AllowedNetworks',
      ['0.0.0.0/0', '149.154.160.0/20,91.108.4.0/22'],
      ['', '1.2.3.4', '1.2.3.0/24, 4.5.6.0/24'],
    ],
    [
      'BotBehind',
      ['', 'arn:aws:secretsmanager:sa-east-1:123456789012:secret:telegram-lake-bot-AbCdEf'],
      [
        'https://example.org/webhook',
        'a-secret',
        "arn:aws:secretsmanager:sa-east-1:123456789012:secret:x'}}",
      ],
    ],
    ['AlarmEmail', ['', 'ana@example.org'], ['ana', 'ana@']],
  ];
  for (const [name, accepted, refused] of cases) {
    it(`${name} takes ${accepted.join(' ')} and refuses ${JSON.stringify(refused)}`, () => {
      const pattern = new RegExp(Parameters[name].AllowedPattern);
      for (const value of accepted) expect(pattern.test(value), value).to.equal(true);
      for (const value of refused) expect(pattern.test(value), value).to.equal(false);
    });
  }

  it('stand each in one group of the console, with a label', () => {
    const { ParameterGroups, ParameterLabels } = template.Metadata['AWS::CloudFormation::Interface'];
    const grouped = ParameterGroups.flatMap((group: TemplateValue) => group.Parameters);
    expect(grouped).to.have.members(Object.keys(Parameters));
    expect(grouped).to.have.length(new Set(grouped).size);
    expect(Object.keys(ParameterLabels)).to.have.members(grouped);
  });

  it('FirstDay takes every day of the calendar but 29 February, and nothing else that looks like one', () => {
    const pattern = new RegExp(Parameters.FirstDay.AllowedPattern);
    const two = (number: number) => String(number).padStart(2, '0');
    for (let month = 0; month <= 13; month++) {
      for (let day = 0; day <= 32; day++) {
        const text = `2027-${two(month)}-${two(day)}`;
        expect(pattern.test(text), text).to.equal(isDay(text));
      }
    }
  });
});

describe('lake of the template', () => {
  it('keeps all three buckets when the stack is deleted or a bucket replaced, but not those of a failed first deploy', () => {
    expect(buckets.map(([id]) => id)).to.have.members(['RawBucket', 'EnrichedBucket', 'ResultsBucket']);
    for (const [id, bucket] of [...buckets, ...resourcesOf('AWS::S3::BucketPolicy')]) {
      expect(bucket, id).to.include({
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
      });
    }
  });

  it('makes nothing before the bucket with the longest name, which a wrong stack name stops', () => {
    const first = 'EnrichedBucket';
    const needs = (id: string) => {
      const { DependsOn, Properties } = Resources[id] ?? {};
      // Both functions have the environment of Globals. The API's body, which SAM writes, names its function.
      const text = JSON.stringify([Properties, template.Globals[Resources[id]?.Type.split('::')[2] ?? '']]);
      const routed = Resources[id]?.Type === 'AWS::Serverless::Api' ? ['IngestFunction'] : [];
      const named = [...text.matchAll(/"Ref":"(\w+)"|"Fn::GetAtt":"(\w+)|\$\{(\w+)/g)].flatMap((match) =>
        match.slice(1).filter((name) => name !== undefined),
      );
      return [...named, ...routed, ...[DependsOn ?? []].flat()].filter((name) => name in Resources);
    };
    const waits = (id: string, seen: readonly string[] = []): boolean =>
      id === first || needs(id).some((other) => !seen.includes(other) && waits(other, [...seen, id]));
    expect(Object.keys(Resources).filter((id) => !waits(id))).to.deep.equal([]);
    expect(needs(first)).to.deep.equal([]);
  });

  it('closes every bucket to the public and to plain HTTP, and encrypts it', () => {
    for (const [id, { Properties }] of buckets) {
      expect(Object.values(Properties.PublicAccessBlockConfiguration), id).to.deep.equal([
        true,
        true,
        true,
        true,
      ]);
      expect(Properties, id).to.have.nested.property('BucketEncryption.ServerSideEncryptionConfiguration');
      const policy = resourcesOf('AWS::S3::BucketPolicy').find(
        ([, other]) => other.Properties.Bucket.Ref === id,
      );
      expect(policy?.[1].Properties.PolicyDocument.Statement[0], id).to.deep.include({
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [{ 'Fn::GetAtt': `${id}.Arn` }, { 'Fn::Sub': `\${${id}.Arn}/*` }],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
    }
  });

  it('keeps messages for ever unless a time is chosen, then in both buckets alike', () => {
    expect(Parameters.RetentionDays.Default).to.equal(0);
    expect(Math.min(...Parameters.RetentionDays.AllowedValues.filter(Boolean))).to.be.at.least(30);
    for (const id of ['RawBucket', 'EnrichedBucket']) {
      const [conditional, ...others] = Resources[id]?.Properties.LifecycleConfiguration.Rules ?? [];
      const [condition, rule] = conditional['Fn::If'];
      expect(condition, id).to.equal('HasRetention');
      // Notes of migrations and of the forgotten stay; the enriched bucket has its tables alone.
      expect(rule.Prefix, id).to.equal(id === 'RawBucket' ? 'telegram/' : undefined);
      expect(rule.Status, id).to.equal('Enabled');
      expect(rule.ExpirationInDays, id).to.deep.equal({ Ref: 'RetentionDays' });
      for (const other of others) expect(other, id).not.to.have.property('ExpirationInDays');
    }
  });

  for (const [id, { name, columns }] of [
    ['Table', messageTable],
    ['EventTable', eventTable],
  ] as const) {
    it(`has the table ${name} with the columns of its enriched files, where they lie`, () => {
      const table = Resources[id]?.Properties.TableInput;
      expect(table.Name).to.equal(name);
      expect(substitute(table.StorageDescriptor.Location, { EnrichedBucket: 'b' })).to.equal(
        `s3://b/${name}/`,
      );
      expect(table.StorageDescriptor.Columns).to.deep.equal(
        columns.map(({ name, type, description }) => ({ Name: name, Type: type, Comment: description })),
      );
      for (const { Comment } of table.StorageDescriptor.Columns) expect(Comment.length).to.be.at.most(255);
      expect(table.PartitionKeys).to.have.length(1);
      expect(table.PartitionKeys[0]).to.include({ Name: 'context_date', Type: 'date' });
      const values = { EnrichedBucket: 'b', FirstDay: '2026-01-01' };
      const { Parameters: projection } = table;
      expect(substitute(projection['storage.location.template'], values)).to.equal(
        `s3://b/${name}/context_date=\${context_date}/`,
      );
      // Midnight comes up to 14 hours before that of UTC, which NOW is.
      expect(substitute(projection['projection.context_date.range'], values)).to.equal(
        '2026-01-01,NOW+1DAYS',
      );
    });
  }

  it('has a table with each line of the raw objects whole, by the same days', () => {
    const raw = Resources.RawTable?.Properties.TableInput;
    const table = Resources.Table?.Properties.TableInput;
    expect(raw.Name).to.equal('telegram_raw');
    expect(raw.StorageDescriptor.Columns).to.have.length(1);
    expect(raw.StorageDescriptor.Columns[0]).to.include({ Name: 'update_json', Type: 'string' });
    expect(raw.StorageDescriptor.SerdeInfo.Parameters).to.deep.equal({ 'field.delim': '\n' });
    expect(raw.PartitionKeys[0]).to.include({ Name: 'context_date', Type: 'date' });
    for (const name of Object.keys(raw.Parameters).filter((key) => key.startsWith('projection.'))) {
      expect(raw.Parameters[name], name).to.deep.equal(table.Parameters[name]);
    }
    expect(substitute(raw.Parameters['storage.location.template'], { RawBucket: 'b' })).to.equal(
      `s3://b/telegram/context_date=\${context_date}/`,
    );
  });
});

describe('saved queries of the template', () => {
  const queries = savedQueries(join(root, 'sql'));
  const views = savedViews(join(root, 'sql', 'views'));
  const named = resourcesOf('AWS::Athena::NamedQuery').map(([, { Properties }]) => Properties);

  it('are those of sql/, in the zone of the parameter', () => {
    for (const zone of [defaultTimeZone, 'Asia/Tokyo']) {
      const inTemplate = named.map(({ Name, Description, QueryString }) => ({
        name: Name,
        description: Description,
        sql: substitute(QueryString, { TimeZone: zone }),
      }));
      const inFolder = queries.map(({ name, description, sql }) => ({
        name,
        description,
        sql: sql.replaceAll(`'${defaultTimeZone}'`, `'${zone}'`),
      }));
      expect(inTemplate).to.deep.equal(inFolder);
    }
  });

  it('name views that are Glue tables with the text of sql/views, but for its indentation', () => {
    const tables = resourcesOf('AWS::Glue::Table').map(([, { Properties }]) => Properties.TableInput);
    const inTemplate = tables
      .filter(({ TableType }) => TableType === 'VIRTUAL_VIEW')
      .map(({ Name, Description, StorageDescriptor, ViewOriginalText }) => {
        // Trino takes it for the comment that marks a view.
        expect(Description, Name).to.equal(undefined);
        const [around, { Text }] = ViewOriginalText['Fn::Sub'];
        expect(around).to.equal(`/* Presto View: \${Text} */`);
        const text = substitute(Text['Fn::Base64'], { Database: 'lake', TimeZone: 'Asia/Tokyo' });
        const { catalog, schema, columns, originalSql } = JSON.parse(text);
        expect({ catalog, schema }).to.deep.equal({ catalog: 'awsdatacatalog', schema: 'lake' });
        const names = (each: readonly TemplateValue[]) => each.map(({ name, Name }) => name ?? Name);
        expect(names(columns), Name).to.deep.equal(names(StorageDescriptor.Columns)).and.not.to.be.empty;
        return { name: Name, sql: withoutIndentation(originalSql) };
      });
    const inFolder = views.map(({ name, sql }) => ({
      name,
      sql: withoutIndentation(sql.replaceAll(`'${defaultTimeZone}'`, "'Asia/Tokyo'")),
    }));
    expect(inTemplate).to.deep.equal(inFolder);
  });

  it('run in the work group and on the database of the stack', () => {
    for (const { Database, WorkGroup } of named) {
      expect({ Database, WorkGroup }).to.deep.equal({
        Database: { Ref: 'Database' },
        WorkGroup: { Ref: 'WorkGroup' },
      });
    }
  });

  it('do not keep the work group from being deleted', () => {
    expect(Resources.WorkGroup?.Properties.RecursiveDeleteOption).to.equal(true);
  });
});

describe('outputs of the template', () => {
  it('are what the command line reads of a stack', async () => {
    const client = new CloudFormationClient({ region: 'us-east-1' });
    const Outputs = Object.keys(template.Outputs).map((OutputKey) => ({ OutputKey, OutputValue: '-1' }));
    const describeStacks = sinon.stub(client, 'send').resolves({ Stacks: [{ Outputs }] });
    expect(await describeStack('lake', client)).to.include({ webhookUrl: '-1', workGroup: '-1' });
    sinon.assert.calledOnce(describeStacks);
  });
});

describe('roles of the template', () => {
  // Athena and Glue give their resources no attribute Arn: those are put together from their names.
  const namedResource =
    /^(\$\{)?[A-Z][A-Za-z]+\.Arn|^arn:\$\{AWS::Partition\}:(athena|glue):\$\{AWS::Region\}:\$\{AWS::AccountId\}:[^*]+$/;
  const statements = resourcesOf('AWS::IAM::Role').flatMap(([id, { Properties }]) =>
    (Properties.Policies ?? []).flatMap(({ PolicyDocument }: TemplateValue) =>
      PolicyDocument.Statement.map((statement: TemplateValue) => ({
        id,
        statement: statement['Fn::If']?.[1] ?? statement,
      })),
    ),
  );

  it('allow no wildcard action, and no resource that is not named', () => {
    expect(statements).not.to.be.empty;
    for (const { id, statement } of statements) {
      expect(statement.Effect, id).to.equal('Allow');
      for (const action of [statement.Action].flat()) expect(action, id).to.match(/^[a-z0-9]+:[A-Za-z]+$/);
      for (const resource of [statement.Resource].flat()) {
        if (resource.Ref === 'KmsKeyArn') continue;
        expect(resource['Fn::GetAtt'] ?? resource['Fn::Sub'], id).to.match(namedResource);
      }
    }
  });

  it('let the ingest function read or delete no message, and the ETL function change no raw object', () => {
    const actionsOn = (role: string, bucket: string, prefix: string) =>
      statements
        .filter(
          ({ id, statement }) => id === role && JSON.stringify(statement.Resource).includes(bucket + prefix),
        )
        .flatMap(({ statement }) => statement.Action);
    expect(actionsOn('IngestRole', 'RawBucket', '.Arn}/telegram/')).to.deep.equal(['s3:PutObject']);
    expect(actionsOn('IngestRole', 'EnrichedBucket', '')).to.be.empty;
    expect(actionsOn('EtlRole', 'RawBucket', '.Arn}/').flat()).to.deep.equal(['s3:GetObject']);
  });
});

describe('alarms of the template', () => {
  const alarms = resourcesOf('AWS::CloudWatch::Alarm').map(([id, { Properties }]) => ({ id, ...Properties }));

  it('watch metrics that the functions count, under the names that they count them by', () => {
    const own = alarms.filter(({ Namespace }) => typeof Namespace !== 'string');
    expect(own.map(({ MetricName }) => MetricName)).to.have.members([
      'UpdatesStored',
      'UpdatesRefused',
      'OnlyOtherChats',
      'UpdatesQuarantined',
      'MigrationsSeen',
    ]);
    const handler = readFileSync(join(root, 'src/ingest/ingest-handler.ts'), 'utf8');
    for (const { MetricName, Namespace, Dimensions } of own) {
      expect(handler).to.include(`'${MetricName}'`);
      const variables = variablesOf('IngestFunction');
      expect(Namespace).to.deep.equal(variables.POWERTOOLS_METRICS_NAMESPACE);
      expect(Dimensions).to.deep.equal([{ Name: 'service', Value: variables.POWERTOOLS_SERVICE_NAME }]);
    }
  });

  it('tell the topic when they begin, and when what somebody waits for is over', () => {
    const topic = [{ Ref: 'AlarmTopic' }];
    for (const { id, AlarmActions } of alarms) expect(AlarmActions, id).to.deep.equal(topic);
    const withEnd = alarms.filter(({ OKActions }) => OKActions);
    for (const { id, OKActions } of withEnd) expect(OKActions, id).to.deep.equal(topic);
    expect(withEnd.map(({ id }) => id)).to.have.members([
      'IngestErrorsAlarm',
      'RefusedAlarm',
      'TurnedAwayAlarm',
      'SilentAlarm',
      'EtlDidNotRunAlarm',
    ]);
  });

  it('have a dashboard beside them, of metrics that the functions count', () => {
    const values = { 'AWS::Region': 'sa-east-1', 'AWS::StackName': 'lake', StageName: 'dev' };
    const names = { EtlFunction: 'lake-etl', IngestFunction: 'lake-ingest', WorkGroup: 'lake' };
    const body = JSON.parse(
      substitute(Resources.Dashboard?.Properties.DashboardBody, { ...values, ...names }),
    );
    const counted = ['src/ingest/ingest-handler.ts', 'src/etl/etl-handler.ts']
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .join();
    for (const { properties } of body.widgets) {
      let namespace = '';
      for (const [first, name] of properties.metrics) {
        if (first !== '.' && first !== '...') namespace = first;
        if (namespace === 'TelegramLake/lake' && first !== '...') expect(counted).to.include(`'${name}'`);
      }
    }
  });

  it('are each explained in docs/operations.md', () => {
    const operations = readFileSync(join(root, 'docs/operations.md'), 'utf8');
    for (const { AlarmName } of alarms) {
      expect(operations).to.include(`| ${substitute(AlarmName, { 'AWS::StackName': 'telegram-lake' })} |`);
    }
  });
});

function withoutIndentation(sql: string): string {
  return sql.replaceAll(/^\s+/gm, '').trim();
}

/** The environment variables of one function, with those that both have. */
function variablesOf(id: string): Record<string, TemplateValue> {
  const common = template.Globals.Function.Environment.Variables;
  return { ...common, ...Resources[id]?.Properties.Environment.Variables };
}
