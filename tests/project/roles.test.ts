import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { build } from 'esbuild';
import { root, type TemplateValue, template } from '../../tools/template.ts';
import { capturedOutput } from '../support/captured-output.ts';
import { withEnvironment } from '../support/environment.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { sampleEvent, sampleEventNames } from '../support/sample-event.ts';
import { type Grant, type GuardedS3, startGuardedS3 } from './guarded-s3.ts';

/** What an object store's methods ask of IAM. */
const actionsOfStore: Readonly<Record<string, string>> = {
  putObject: 's3:PutObject',
  getObject: 's3:GetObject',
  headObject: 's3:GetObject',
  listObjects: 's3:ListBucket',
  listFolders: 's3:ListBucket',
  deleteObject: 's3:DeleteObject',
};

/** What Lambda itself does by a function's role: it writes the log, and sends what failed for good to its queue. */
const grantsForLambda: Readonly<Record<string, readonly string[]>> = {
  IngestFunction: [
    'logs:CreateLogStream on IngestLogGroup.Arn',
    'logs:PutLogEvents on IngestLogGroup.Arn', //
  ],
  EtlFunction: [
    'logs:CreateLogStream on EtlLogGroup.Arn',
    'logs:PutLogEvents on EtlLogGroup.Arn',
    'sqs:SendMessage on FailedEtlQueue.Arn',
  ],
};

/** As the template writes an ARN of the stack's own account and region. */
const arn = (service: string, name: string) =>
  `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${name}`;
const workGroup = arn('athena', `workgroup/\${EtlWorkGroup}`);
const rawTable = ['catalog', `database/\${Database}`, `table/\${Database}/telegram_raw`];

/**
 * What a day on Athena needs beside the function's own calls: its reading of the result, and what Athena does by the
 * function's role, as its manual lists it. No server here tells whether one is missing.
 */
const grantsForAthena: Readonly<Record<string, readonly string[]>> = {
  IngestFunction: [],
  EtlFunction: [
    ...rawTable.flatMap((name) =>
      ['glue:GetDatabase', 'glue:GetTable', 'glue:GetPartitions'].map(
        (action) => `${action} on ${arn('glue', name)}`,
      ),
    ),
    's3:GetBucketLocation on RawBucket.Arn',
    ...['GetBucketLocation', 'ListBucket', 'ListBucketMultipartUploads'].map(
      (action) => `s3:${action} on ResultsBucket.Arn`,
    ),
    ...['GetObject', 'PutObject', 'AbortMultipartUpload', 'ListMultipartUploadParts'].map(
      (action) => `s3:${action} on \${ResultsBucket.Arn}/etl/*`,
    ),
  ],
};

const servicesOf: Readonly<Record<string, readonly string[]>> = {
  IngestFunction: ['s3'],
  EtlFunction: ['s3', 'athena'],
};

const bucketArns: Readonly<Record<string, string>> = {
  'RawBucket.Arn': 'arn:aws:s3:::group-raw',
  'EnrichedBucket.Arn': 'arn:aws:s3:::group-enriched',
};

const environment = {
  AWS_REGION: 'sa-east-1',
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_S3_BUCKET: 'group-raw',
  AWS_S3_ENRICHED: 'group-enriched',
  TELEGRAM_CHAT_ID: '-1001234567890,-1001234567891,-4012345678',
  TELEGRAM_SECRET_TOKEN: 'local',
  POWERTOOLS_METRICS_NAMESPACE: 'TelegramLake',
  POWERTOOLS_SERVICE_NAME: 'test',
};

const poll = { id: '5290017733412098765', question: 'Quando?', options: [] };
const chat = { id: -1001234567890, type: 'supergroup' };
const shownPoll = { update_id: 1, message: { message_id: 1, date: 1795402799, chat, poll } };
/** Of which nobody knows the chat. */
const stoppedPoll = { update_id: 2, poll: { ...poll, id: '5290017733412098766' } };

describe('roles of the functions', () => {
  const buckets = new Map<string, MemoryStore>([['group-raw', new MemoryStore()]]);
  const servers = new Map<string, GuardedS3>();

  /** What the function answers, or fails with, when it has its role's grants and no others. */
  async function run(id: string, events: readonly unknown[]): Promise<unknown[]> {
    const server = servers.get(id) ?? (await startGuardedS3(s3Grants(id), buckets));
    servers.set(id, server);
    const variables = { ...environment, AWS_ENDPOINT_URL_S3: server.url };
    return withEnvironment(variables, async () => {
      // Named apart from what other tests import: settings are read once, when the module is loaded.
      const { handler } = await import(
        `${pathToFileURL(join(root, 'src', entryPoint(id)))}?server=${server.url}`
      );
      const { result } = await capturedOutput(async () => {
        const answers = [];
        for (const event of events) answers.push(await handler(event).catch((error: unknown) => error));
        return answers;
      });
      return result;
    });
  }

  before(async () => {
    await run('IngestFunction', [...sampleEventNames('ingest-').map(sampleEvent), shownPoll, stoppedPoll]);
    const day = { days: ['2026-11-22'] };
    await run('EtlFunction', [...sampleEventNames('etl-').map(sampleEvent), day]);
    // A day whose updates are all gone loses its file.
    buckets.set('group-raw', new MemoryStore());
    await run('EtlFunction', [day]);
  });
  after(() => Promise.all([...servers.values()].map((server) => server.close())));

  for (const id of ['IngestFunction', 'EtlFunction']) {
    describe(id, () => {
      it('may do all that it does', () => {
        expect(servers.get(id)?.refused).to.be.empty;
      });

      it('may do nothing that it does not', async () => {
        const forAthena = grantsForAthena[id] ?? [];
        const needed = [...(servers.get(id)?.used ?? [])];
        expect(s3Grants(id).filter((grant) => !forAthena.includes(text(grant)))).to.have.deep.members(needed);
        const others = grantsOf(id).filter((grant) => !grant.action.startsWith('s3:'));
        const forAthenaInS3 = s3Grants(id).filter((grant) => forAthena.includes(text(grant)));
        expect([...others, ...forAthenaInS3].map(text)).to.have.members([
          ...(grantsForLambda[id] ?? []),
          ...forAthena,
          ...(await athenaCallsOfCode(id)).map((action) => `${action} on ${workGroup}`),
        ]);
      });

      it('does here all that its code can do', async () => {
        const actions = [...(servers.get(id)?.used ?? [])].map(({ action }) => action);
        expect(actions).to.include.members(await actionsOfCode(id));
      });

      it(`calls no service but ${servicesOf[id]?.join(' and ')}`, async () => {
        const { outputs } = await bundle(id);
        const imported = Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
        const clients = new Set(imported.filter((path) => path.startsWith('@aws-sdk/client-')));
        expect([...clients]).to.have.members((servicesOf[id] ?? []).map((name) => `@aws-sdk/client-${name}`));
      });
    });
  }
});

function entryPoint(id: string): string {
  return template.Resources[id]?.Metadata.BuildProperties.EntryPoints[0];
}

/** The modules of a function, and the packages that they import. */
async function bundle(id: string) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join('src', entryPoint(id))],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    metafile: true,
    write: false,
  });
  return metafile;
}

/** The text of a function's modules, but those of the stores. */
async function codeOf(id: string): Promise<string> {
  const { inputs } = await bundle(id);
  const modules = Object.keys(inputs).filter((path) => !/\/storage\//.test(path));
  return modules.map((path) => readFileSync(join(root, path), 'utf8')).join('\n');
}

/** The actions of the commands that a function sends by itself: Athena's. Those for S3 are in the stores. */
async function athenaCallsOfCode(id: string): Promise<string[]> {
  const commands = (await codeOf(id)).matchAll(/\bnew (\w+)Command\(/g);
  return [...new Set([...commands].map(([, name]) => `athena:${name}`))];
}

/** The actions behind every call of an object store's methods in a function's code. */
async function actionsOfCode(id: string): Promise<string[]> {
  const code = await codeOf(id);
  const called = Object.keys(actionsOfStore).filter((method) => new RegExp(`\\.${method}\\(`).test(code));
  return [...new Set(called.map((method) => actionsOfStore[method] ?? ''))];
}

interface NamedGrant extends Grant {
  /** The resource as the template names it. */
  readonly name: string;
}

function s3Grants(id: string): NamedGrant[] {
  return grantsOf(id).filter(({ action }) => action.startsWith('s3:'));
}

/** The grants of the role that the template gives to a function. */
function grantsOf(id: string): NamedGrant[] {
  const role = template.Resources[template.Resources[id]?.Properties.Role['Fn::GetAtt'].split('.')[0]];
  // As the template is deployed without a key of one's own.
  const statements = role?.Properties.Policies.flatMap(({ PolicyDocument }: TemplateValue) =>
    PolicyDocument.Statement.filter((statement: TemplateValue) => !statement['Fn::If']),
  );
  return statements.flatMap(({ Action, Resource }: TemplateValue) =>
    [Action].flat().flatMap((action: string) =>
      [Resource].flat().map((resource: TemplateValue) => {
        const name: string = resource['Fn::GetAtt'] ?? resource['Fn::Sub'];
        const arn = name.replace(/^\$\{(\w+\.Arn)\}|^(\w+\.Arn)$/, (all, inSub, alone) => {
          return bucketArns[inSub ?? alone] ?? all;
        });
        return { action, name, resource: arn };
      }),
    ),
  );
}

function text({ action, name }: NamedGrant): string {
  return `${action} on ${name}`;
}
