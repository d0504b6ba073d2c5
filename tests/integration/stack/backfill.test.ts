import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { readAhead } from '../../../src/base/async/read-ahead.ts';
import { addDays, type Day, daysBetween } from '../../../src/base/local-day.ts';
import { enrichedKey, eventsKey } from '../../../src/lake/object-keys.ts';
import type { ObjectStore } from '../../../src/storage/object-store.ts';
import { s3Store } from '../../../src/storage/s3/s3-store.ts';
import { createStack } from '../../../tools/engines/stack.ts';
import { startedEngines } from '../../../tools/engines/started.ts';
import { messageUpdate, storeUpdate } from '../../../tools/fixtures/updates.ts';
import { runProgram, telegramLake } from '../../support/run-cli.ts';
import { type FunctionHost, startEtlFunction } from './function-host.ts';
import { functionConfiguration } from './stack-parts.ts';

const name = 'years-lake';
const days = daysBetween('2026-01-01', addDays('2026-01-01', 399));

describe('backfill of a stack', function () {
  this.timeout(300_000);
  let enriched: ObjectStore;
  let etlFunction: FunctionHost;
  let environment: Record<string, string>;

  before(async () => {
    const { account } = startedEngines();
    const outputs = await createStack(account, name);
    const s3 = new S3Client({ ...account.clientSettings, forcePathStyle: true });
    const raw = s3Store(s3, outputs.RawBucketName ?? '');
    enriched = s3Store(s3, outputs.EnrichedBucketName ?? '');
    const putMessageOf = (day: Day) => {
      const date = Date.parse(`${day}T15:00:00Z`) / 1000;
      return storeUpdate(raw, messageUpdate(1, { date }));
    };
    for await (const _ of readAhead(days, putMessageOf, 32));
    const { Environment } = await functionConfiguration(account, outputs.EtlFunctionName ?? '');
    etlFunction = await startEtlFunction({ ...Environment.Variables, ...account.environment });
    environment = { ...account.environment, AWS_ENDPOINT_URL_LAMBDA: etlFunction.endpoint };
  });
  after(() => etlFunction?.stop());

  const args = ['etl', '--stack', name, '--parallel', '4'];
  const built = async () =>
    (await Array.fromAsync(enriched.listObjects('telegram'))).map(({ key }) => key).sort();
  const outcomes = (stdout: string) => {
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/\s+/).slice(0, 2));
    return new Map(lines as [string, string][]);
  };

  it('is stopped half way, and goes on where it stopped: 400 days, four at once, each built once', async () => {
    const child = spawn(process.execPath, [telegramLake, ...args], {
      env: { ...process.env, ...environment },
    });
    let stopped = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stopped += text;
      if (stopped.split('\n').length > 60) child.kill('SIGINT');
    });
    let estimate = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      estimate += text;
    });
    await once(child, 'close');
    expect(estimate).to.match(
      /^400 days from 2026-01-01 to 2027-02-04: 400 to build, of 400 raw objects; 0 up to date\.\nAbout \d+ (seconds|minutes) with --parallel 4, and \$0\.0\d\.\n$/,
    );
    const done = [...outcomes(stopped)].filter(([, outcome]) => outcome === 'rebuilt').map(([day]) => day);
    expect(done.length).to.be.within(50, 350);

    const { code, stdout } = await runProgram(args, environment);
    expect(code).to.equal(0);
    const second = outcomes(stdout);
    expect([...second.keys()].sort()).to.deep.equal(days);
    for (const day of done) expect(second.get(day), day).to.equal('unchanged');
    expect([...second.values()]).to.include('rebuilt');
    expect(await built()).to.deep.equal([...days.map(enrichedKey), ...days.map(eventsKey)]);
    expect((await runProgram([...args, '--dry-run'], environment)).stdout).to.contain(
      '400 days from 2026-01-01 to 2027-02-04: 0 to build, of 0 raw objects; 400 up to date.\n',
    );
  });
});
