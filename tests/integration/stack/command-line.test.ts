import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AthenaClient, CreateNamedQueryCommand } from '@aws-sdk/client-athena';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect } from 'chai';
import { rebuildDays } from '../../../src/cli/lake/rebuild-days.ts';
import { createLake, daysOf } from '../../../src/lake/lake.ts';
import { folderStore } from '../../../src/storage/folder-store.ts';
import { startedEngines } from '../../../tools/engines/started.ts';
import { runProgram } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { chatId, type LakeOnStack, startLakeOnStack, storeUpdates, timeZone } from './lake-on-stack.ts';

const name = 'cli-lake';

describe('command line on a stack', () => {
  const folder = temporaryFolder();
  let stack: LakeOnStack;
  before(async () => {
    stack = await startLakeOnStack(name);
  });
  after(() => stack?.stop());

  const run = (...args: string[]) => stack.run(...args);
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
    const local = JSON.parse((await runProgram(['query', '--format', 'json'])).stdout);
    expect(JSON.parse(stdout)).to.have.deep.members(local);
  });

  it('query: answers every saved query by name as the same lake in a folder does', async function () {
    this.timeout(300_000);
    await storeUpdates(folderStore(folder(), 'raw'));
    const lake = createLake(folder(), timeZone);
    for await (const _ of rebuildDays(lake, await daysOf(lake), { force: false }));
    const listed: { name: string }[] = JSON.parse((await run('query', '--format', 'json')).stdout);
    for (const query of listed) {
      const ofStack = await run('query', query.name, '--format', 'json');
      expect([query.name, ofStack.code]).to.deep.equal([query.name, 0]);
      expect(ofStack.stderr).to.match(/^Athena read \d+\.\d MB in \d+\.\d s: \$0[^\n]*\n$/);
      const local = await runProgram(['query', query.name, '--format', 'json', '--lake', folder()]);
      expect(JSON.parse(ofStack.stdout), query.name).to.deep.equal(JSON.parse(local.stdout));
    }
  });

  it("query: fails with the engine's own reason", async () => {
    const athena = new AthenaClient(startedEngines().account.clientSettings);
    await athena.send(
      new CreateNamedQueryCommand({
        Name: 'Of a column that is not there',
        Database: stack.outputs.DatabaseName,
        WorkGroup: stack.outputs.WorkGroupName,
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
      new GetSecretValueCommand({ SecretId: stack.outputs.WebhookSecretArn }),
    );
    const known = new Map(stack.telegram.chats);
    stack.telegram.chats.clear();
    const wrong = await run('webhook', 'set');
    expect(wrong.code).to.equal(2);
    expect(wrong.stderr).to.match(
      /the bot is in no chat with the id -1001234567890, .* Nothing was changed\. It is the parameter TelegramChatId of the stack/,
    );
    expect(stack.telegram.callsOf('setWebhook')).to.deep.equal([]);
    for (const [id, chat] of known) stack.telegram.chats.set(id, chat);
    const set = await run('webhook', 'set');
    expect([set.code, set.stderr]).to.deep.equal([0, '']);
    expect(stack.telegram.callsOf('setWebhook')[0]).to.include({
      url: stack.outputs.WebhookUrl,
      secret_token: secret,
    });
    expect(secret).to.have.length.above(30);
    const info = await run('webhook', 'info');
    expect(info.code).to.equal(0);
    expect(set.stdout).to.include(`✓ the stack stores "Course" (${chatId})`);
    expect(info.stdout).to.match(/^✓ Telegram sends updates to https:\/\//);
    expect(set.stdout + info.stdout).not.to.include(secret);

    stack.telegram.setUpWebhook('https://example.org/webhook');
    const elsewhere = await run('webhook', 'info');
    expect(elsewhere.code).to.equal(1);
    expect(elsewhere.stdout).to.include('✗ Telegram sends updates to https://example.org/webhook, not to');
    expect((await run('webhook', 'delete')).code).to.equal(2);
    expect(stack.telegram.webhookUrl).to.equal('https://example.org/webhook');
    stack.telegram.setUpWebhook(stack.outputs.WebhookUrl ?? '');
    const deleted = await run('webhook', 'delete');
    expect(deleted.code).to.equal(0);
    expect(deleted.stdout).to.include('to go back: npx telegram-lake webhook set --stack cli-lake');
  });

  it('status: tells how each day stands', async () => {
    const { code, stdout } = await run('status', '--format', 'json');
    expect(code).to.equal(0);
    const days: Record<string, unknown>[] = JSON.parse(stdout);
    expect(days.map(({ day, raw_objects, rows, state }) => [day, raw_objects, rows, state])).to.deep.equal([
      ['2026-11-22', 3, 3, 'fresh'],
      ['2026-11-23', 4, 4, 'fresh'],
      ['2026-11-24', 5, 5, 'fresh'],
    ]);
  });

  it('report: writes the page of the stack', async () => {
    const file = join(folder(), 'report.html');
    const { code, stdout } = await run('report', '--out', file);
    expect(code).to.equal(0);
    expect(stdout).to.match(/report\.html: [\d,]+ kB/);
    expect(readFileSync(file, 'utf8'))
      .to.match(/^<!doctype html>/i)
      .and.contain('Bo “quoted”, 😀');
  });

  it('tells of a stack that does not exist', async () => {
    const { code, stderr } = await runProgram(
      ['query', '--stack', 'another'],
      startedEngines().account.environment,
    );
    expect(code).to.equal(2);
    expect(stderr).to.equal(
      'telegram-lake: there is no stack another in us-east-1; if it is in another region, set AWS_REGION to that one\n',
    );
  });
});
