import { spawn } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describeStack } from '../../../src/cli/stack/stack.ts';
import type { Account } from '../../../tools/engines/account.ts';
import { MissingToolError, printed } from '../../../tools/engines/installed.ts';
import { cloudFormation } from '../../../tools/engines/stack.ts';
import { startedEngines } from '../../../tools/engines/started.ts';
import { root } from '../../../tools/template.ts';
import { suiteFolder } from '../../support/temporary-folder.ts';

const answers = [
  ...['--stack', 'by-sam', '--region', 'us-east-1', '--chat-id', '-1001234567890'],
  ...['--time-zone', 'America/Manaus', '--first-day', '2026-03-01', '--alarm-email', 'ana@example.org'],
];

describe('a stack that telegram-lake deploys with the SAM CLI', () => {
  const folder = suiteFolder();
  let account: Account;
  const file = (name: string) => join(folder(), name);

  before(async () => {
    account = startedEngines().account;
    if (!(await printed('sam', '--version'))) {
      throw new MissingToolError('telegram-lake deploy needs the SAM CLI, as sam: pip install aws-sam-cli');
    }
    // A clone of its own, since the answers are kept in it.
    for (const name of ['package.json', 'samconfig.toml', 'sql', 'src', 'template.yaml']) {
      cpSync(join(root, name), file(name), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), file('node_modules'), 'junction');
  });

  /** What a command prints that is typed in the clone; no variable names a region. */
  function typed(
    command: string,
    ...args: readonly string[]
  ): Promise<{ code: number | null; output: string }> {
    const { AWS_REGION, AWS_DEFAULT_REGION, ...keys } = account.environment;
    const env = {
      ...process.env,
      ...keys,
      // The emulator takes the bucket of a template's URL from its path for this host alone.
      AWS_ENDPOINT_URL: account.endpoint.replace('127.0.0.1', 'localhost'),
      SAM_CLI_TELEMETRY: '0',
      SAM_CLI_POLL_DELAY: '0.2',
    };
    return new Promise((resolve, reject) => {
      const child = spawn(command, args, { cwd: folder(), env, stdio: ['ignore', 'pipe', 'pipe'] });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text) => {
          output += text;
        });
      }
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, output }));
    });
  }
  const telegramLake = (...args: readonly string[]) =>
    typed(process.execPath, file('src/cli/telegram-lake.js'), ...args);

  function change(name: string, old: string, by: string): void {
    const text = readFileSync(file(name), 'utf8');
    expect(text.split(old), old).to.have.length(2);
    writeFileSync(
      file(name),
      text.replace(old, () => by),
    );
  }
  const firstDay = async () => (await describeStack('by-sam', cloudFormation(account))).firstDay;

  it('leaves nothing when its creation fails, and is deployed once the cause is removed', async () => {
    const broken = '\n  Broken:\n    Type: AWS::Nothing::Such\n';
    writeFileSync(file('template.yaml'), readFileSync(file('template.yaml'), 'utf8').trimEnd() + broken);
    const failed = await telegramLake('deploy', ...answers);
    expect(failed.code, failed.output).to.equal(1);
    expect(failed.output)
      .to.include('AWS::Nothing::Such')
      .and.include('The answers are kept in samconfig.own.toml');
    expect((await telegramLake('destroy', '--stack', 'by-sam')).output).to.include(
      'No deleted stack of the name',
    );

    change('template.yaml', broken, '\n');
    // As in AWS: the name belongs to what failed until that is deleted.
    const again = await telegramLake('deploy');
    expect(again.output)
      .to.include('ROLLBACK_COMPLETE')
      .and.include('sam delete --config-file samconfig.own.toml');
    const deleted = await typed('sam', 'delete', '--config-file', 'samconfig.own.toml', '--no-prompts');
    expect(deleted, deleted.output).to.include({ code: 0 });
    const deployed = await telegramLake('deploy');
    expect(deployed, deployed.output).to.include({ code: 0 });
    expect(deployed.output).to.include('Successfully created/updated stack - by-sam in us-east-1');
    expect(deployed.output).to.include('webhook set --stack by-sam');
    expect(await firstDay()).to.equal('2026-03-01');
  });

  it('has nothing to change the second time', async () => {
    const { code, output } = await telegramLake('deploy');
    expect(code, output).to.equal(0);
    expect(output).to.include('No changes to deploy');
  });

  it('keeps a parameter that was changed in samconfig.own.toml, and leaves samconfig.toml as it is in git', async () => {
    change('samconfig.own.toml', 'FirstDay=2026-03-01', 'FirstDay=2019-03-01');
    for (let deployment = 0; deployment < 2; deployment++) {
      const { code, output } = await telegramLake('deploy');
      expect(code, output).to.equal(0);
      expect(await firstDay()).to.equal('2019-03-01');
    }
    const { timeZone, chats } = await describeStack('by-sam', cloudFormation(account));
    expect({ timeZone, chats }).to.deep.equal({
      timeZone: 'America/Manaus',
      chats: new Set([-1001234567890]),
    });
    expect(readFileSync(file('samconfig.toml'), 'utf8')).to.equal(
      readFileSync(join(root, 'samconfig.toml'), 'utf8'),
    );
  });

  it('is found without a region by the command line, and without a name by sam logs', async () => {
    const shown = await telegramLake('destroy', '--stack', 'by-sam');
    expect(shown.output).to.include('The stack by-sam is deployed');
    for (const name of ['EtlFunction', 'IngestFunction']) {
      const options = ['--config-file', 'samconfig.own.toml', '--name', name, '--start-time', '12 hours ago'];
      const logs = await typed('sam', 'logs', ...options);
      expect(logs, logs.output).to.include({ code: 0 });
    }
  });

  it('is deleted by sam delete but for its buckets, then by destroy, and deployed again under its name', async () => {
    const deleted = await typed('sam', 'delete', '--config-file', 'samconfig.own.toml', '--no-prompts');
    expect(deleted, deleted.output).to.include({ code: 0 });
    const shown = await telegramLake('destroy', '--stack', 'by-sam');
    expect(shown.output.match(/by-sam-[0-9a-f]{8}-(raw|enriched|results)/g)).to.have.length(3);
    const destroyed = await telegramLake('destroy', '--stack', 'by-sam', '--delete', '--yes');
    expect(destroyed.output).to.include('Deleted 3 buckets.');
    const again = await telegramLake('deploy');
    expect(again, again.output).to.include({ code: 0 });
  });
});
