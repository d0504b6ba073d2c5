import { AthenaClient, CreateNamedQueryCommand } from '@aws-sdk/client-athena';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect } from 'chai';
import { createLake, daysOf } from '../../../src/cli/local-lake.ts';
import { rebuildDays } from '../../../src/cli/rebuild-days.ts';
import { createWebhook } from '../../../src/ingest/webhook.ts';
import { folderStore } from '../../../src/lake/folder-store.ts';
import type { ObjectStore } from '../../../src/lake/object-store.ts';
import { s3Store } from '../../../src/lake/s3-store.ts';
import { FakeBotApi } from '../../support/fake-bot-api.ts';
import { type CliRun, runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { createStack, type Outputs } from '../engines/stack.ts';
import { startedEngines } from '../engines/started.ts';
import { type FunctionHost, startEtlFunction } from './function-host.ts';

const name = 'cli-lake';
const chatId = -1001234567890;
const timeZone = 'America/Sao_Paulo';

/** 22 November 2026, noon in São Paulo, and the two days after it. */
const updates = [0, 1, 2].flatMap((day) =>
  Array.from({ length: 3 + day }, (_, index) => ({
    update_id: day * 100 + index,
    message: {
      message_id: day * 100 + index + 1,
      date: Date.parse('2026-11-22T15:00:00Z') / 1000 + day * 86_400 + index * 60,
      chat: { id: chatId, type: 'supergroup', title: 'Course' },
      from: { id: 7 + (index % 2), is_bot: false, first_name: index % 2 ? 'Bo “quoted”, 😀' : 'Ana' },
      text: `Como funciona o número ${index}?`,
    },
  })),
);

describe('command line on a stack', () => {
  const folder = temporaryFolder();
  let outputs: Outputs;
  let etlFunction: FunctionHost;
  let telegram: FakeBotApi;

  before(async () => {
    const { account } = startedEngines();
    outputs = await createStack(account, name, {
      parameters: { FirstDay: '2026-11-01', TimeZone: timeZone },
    });
    const s3 = new S3Client({ ...account.clientSettings, forcePathStyle: true });
    await storeAll(s3Store(s3, outputs.RawBucketName ?? ''));
    const lambda = new LambdaClient(account.clientSettings);
    const { Environment } = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: outputs.EtlFunctionName }),
    );
    etlFunction = await startEtlFunction({ ...Environment?.Variables, ...account.environment });
    telegram = await FakeBotApi.start();
  });
  after(async () => {
    await etlFunction?.stop();
    await telegram?.close();
  });

  const run = (...args: string[]): Promise<CliRun> =>
    runCli([...args, '--stack', name], {
      ...startedEngines().account.environment,
      AWS_ENDPOINT_URL_LAMBDA: etlFunction.endpoint,
      TELEGRAM_API_ROOT: telegram.root,
      TELEGRAM_BOT_TOKEN: telegram.token,
    });
  const columnsOf = (stdout: string, count: number) =>
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/\s+/).slice(0, count).join(' '));

  it('etl: has the function build each day, and prints the lines that a local lake prints', async () => {
    const { code, stdout, stderr } = await run('etl');
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(columnsOf(stdout, 4)).to.deep.equal([
      '2026-11-22 rebuilt 3 rows',
      '2026-11-23 rebuilt 4 rows',
      '2026-11-24 rebuilt 5 rows',
    ]);
    expect(columnsOf((await run('etl', '--from', '2026-11-24')).stdout, 4)).to.deep.equal([
      '2026-11-24 unchanged 5 rows',
    ]);
    expect(
      columnsOf((await run('etl', '--from', '2026-11-23', '--to', '2026-11-25', '--force')).stdout, 2),
    ).to.deep.equal(['2026-11-23 rebuilt', '2026-11-24 rebuilt', '2026-11-25 empty']);
  });

  it('etl: says what there is to do and what it takes, and does it side by side', async () => {
    const parallel = ['--parallel', '3', '--force'];
    expect((await run('etl', ...parallel, '--dry-run')).stdout).to.match(
      /^3 days from 2026-11-22 to 2026-11-24: 3 to build, of \d+ raw objects; 0 up to date\.\nAbout \d+ seconds? with --parallel 3, and \$0\.00\.\n$/,
    );
    const { code, stdout } = await run('etl', ...parallel);
    expect(code).to.equal(0);
    expect(columnsOf(stdout, 2).sort()).to.deep.equal([
      '2026-11-22 rebuilt',
      '2026-11-23 rebuilt',
      '2026-11-24 rebuilt',
    ]);
    expect((await run('etl', '--dry-run')).stdout).to.contain('0 to build, of 0 raw objects; 3 up to date.');
  });

  it('query: lists the saved queries that are deployed', async () => {
    const { code, stdout } = await run('query', '--format', 'json');
    expect(code).to.equal(0);
    const local = JSON.parse((await runCli(['query', '--format', 'json'])).stdout);
    expect(JSON.parse(stdout)).to.have.deep.members(local);
  });

  it('query: answers every saved query by name as the same lake in a folder does', async () => {
    await storeAll(folderStore(folder(), 'raw'));
    const lake = createLake(folder(), timeZone);
    for await (const _ of rebuildDays(lake, await daysOf(lake), { force: false }));
    const listed: { name: string }[] = JSON.parse((await run('query', '--format', 'json')).stdout);
    for (const query of listed) {
      const ofStack = await run('query', query.name, '--format', 'json');
      expect([query.name, ofStack.code]).to.deep.equal([query.name, 0]);
      expect(ofStack.stderr).to.match(/^Athena read \d+\.\d MB in \d+\.\d s: \$0[^\n]*\n$/);
      const local = await runCli(['query', query.name, '--format', 'json', '--lake', folder()]);
      expect(JSON.parse(ofStack.stdout), query.name).to.deep.equal(JSON.parse(local.stdout));
    }
  });

  it("query: fails with the engine's own reason", async () => {
    const athena = new AthenaClient(startedEngines().account.clientSettings);
    await athena.send(
      new CreateNamedQueryCommand({
        Name: 'Of a column that is not there',
        Database: outputs.DatabaseName,
        WorkGroup: outputs.WorkGroupName,
        QueryString: 'SELECT nobody FROM telegram',
      }),
    );
    const { code, stdout, stderr } = await run('query', 'Of a column that is not there');
    expect([code, stdout]).to.deep.equal([1, '']);
    expect(stderr.split('\n').at(-2)).to.match(/^telegram-lake: .*Column 'nobody' cannot be resolved$/);
  });

  it('query: tells that a query is not deployed', async () => {
    const { code, stderr } = await run('query', 'no-such-query');
    expect(code).to.equal(2);
    expect(stderr).to.match(/^telegram-lake: the stack cli-lake has no saved query no-such-query;/);
  });

  it("webhook: sets the stack's address with the stack's secret, which nothing prints", async () => {
    const secrets = new SecretsManagerClient(startedEngines().account.clientSettings);
    const { SecretString: secret = '' } = await secrets.send(
      new GetSecretValueCommand({ SecretId: outputs.WebhookSecretArn }),
    );
    const set = await run('webhook', 'set');
    expect([set.code, set.stderr]).to.deep.equal([0, '']);
    expect(telegram.callsOf('setWebhook')[0]).to.include({ url: outputs.WebhookUrl, secret_token: secret });
    expect(secret).to.have.length.above(30);
    const info = await run('webhook', 'info');
    expect(info.code).to.equal(0);
    expect(info.stdout).to.match(/^✓ Telegram sends updates to https:\/\//);
    expect(set.stdout + info.stdout).not.to.include(secret);

    telegram.setUpWebhook('https://example.org/webhook');
    const elsewhere = await run('webhook', 'info');
    expect(elsewhere.code).to.equal(1);
    expect(elsewhere.stdout).to.include('✗ Telegram sends updates to https://example.org/webhook, not to');
  });

  it('tells of a stack that does not exist', async () => {
    const { code, stderr } = await runCli(
      ['query', '--stack', 'another'],
      startedEngines().account.environment,
    );
    expect(code).to.equal(2);
    expect(stderr).to.equal('telegram-lake: there is no stack another in us-east-1\n');
  });

  /** Through the ingest, as they would come. */
  async function storeAll(store: ObjectStore): Promise<void> {
    const now = () => 0;
    const webhook = createWebhook({
      store,
      secretToken: 'secret',
      chatIds: new Set([chatId]),
      timeZone,
      now,
    });
    for (const update of updates) {
      const { outcome } = await webhook.receiveTrusted(Buffer.from(JSON.stringify(update)));
      expect(outcome).to.equal('stored');
    }
  }
});
