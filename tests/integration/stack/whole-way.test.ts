import { AthenaClient } from '@aws-sdk/client-athena';
import { S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { deployedQueries } from '../../../src/query/athena/athena-catalog.ts';
import { athenaRunner } from '../../../src/query/athena/athena-runner.ts';
import { s3Store } from '../../../src/storage/s3/s3-store.ts';
import type { Account } from '../../../tools/engines/account.ts';
import { createStack, type Outputs } from '../../../tools/engines/stack.ts';
import { startedEngines } from '../../../tools/engines/started.ts';
import { capturedOutput } from '../../support/captured-output.ts';
import { contentsOf } from '../../support/contents.ts';
import { withEnvironment } from '../../support/environment.ts';
import { sampleEvent } from '../../support/sample-event.ts';
import { functionConfiguration } from './stack-parts.ts';

const name = 'way';

/** What the handlers read of Lambda's own. */
const context = { getRemainingTimeInMillis: () => 60_000 };

describe('the whole way through a stack', () => {
  let account: Account;
  let outputs: Outputs;
  before(async () => {
    account = startedEngines().account;
    outputs = await createStack(account, name, { parameters: { FirstDay: '2026-11-01' } });
  });

  const objectsOf = (output: string) =>
    contentsOf(
      s3Store(new S3Client({ ...account.clientSettings, forcePathStyle: true }), outputs[output] ?? ''),
    );

  /** Runs a function's own code in this process, with the settings that the stack gave it. */
  async function invoke(module: string, functionName: string, event: object): Promise<unknown> {
    const { Environment } = await functionConfiguration(account, functionName);
    return withEnvironment({ ...Environment.Variables, ...account.environment }, async () => {
      // Named apart, since settings are read once, when a module is loaded.
      const { handler } = await import(`../../../src/${module}?stack=${name}`);
      return (await capturedOutput<unknown>(() => handler(event, context))).result;
    });
  }

  it('stores an update that carries the secret of the stack', async () => {
    const { SecretString } = await account.call<{ SecretString: string }>(
      'secretsmanager',
      'get_secret_value',
      { SecretId: outputs.WebhookSecretArn },
    );
    const update = {
      ...sampleEvent('ingest-text'),
      headers: { 'X-Telegram-Bot-Api-Secret-Token': SecretString },
    };
    const answer = await invoke('ingest/ingest-handler.ts', outputs.IngestFunctionName ?? '', update);
    expect(answer).to.include({ statusCode: 200, body: '' });
    const [line = ''] = Object.values(await objectsOf('RawBucketName'));
    expect(JSON.parse(line)).to.deep.equal(JSON.parse(String(sampleEvent('ingest-text').body)));
  });

  it('refuses one that carries another', async () => {
    const answer = await invoke(
      'ingest/ingest-handler.ts',
      outputs.IngestFunctionName ?? '',
      sampleEvent('ingest-text'),
    );
    expect(answer).to.include({ statusCode: 401 });
  });

  it('makes the file of its day', async () => {
    await invoke('etl/etl-handler.ts', outputs.EtlFunctionName ?? '', { days: ['2026-11-22'] });
    expect(Object.keys(await objectsOf('EnrichedBucketName'))).to.deep.equal([
      'telegram/context_date=2026-11-22/messages.parquet',
      'telegram_events/context_date=2026-11-22/events.parquet',
    ]);
  });

  it('answers a saved query by its name, and keeps the result in the results bucket', async () => {
    const client = new AthenaClient(account.clientSettings);
    const queries = await deployedQueries(client, outputs.WorkGroupName ?? '');
    const query = queries.find((each) => each.name === 'Messages per day');
    const runner = athenaRunner({
      client,
      workGroup: outputs.WorkGroupName ?? '',
      database: outputs.DatabaseName ?? '',
    });
    const { rows } = await runner.run(query?.sql ?? '');
    expect(rows).to.deep.equal([['2026-11-22', 1]]);
    expect(Object.values(await objectsOf('ResultsBucketName'))).to.deep.equal([
      '"context_date","message_amount"\n"2026-11-22","1"\n',
    ]);
  });
});
