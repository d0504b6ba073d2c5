import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { createWebhook } from '../../../src/ingest/webhook.ts';
import type { ObjectStore } from '../../../src/storage/object-store.ts';
import { s3Store } from '../../../src/storage/s3/s3-store.ts';
import { createStack, type Outputs } from '../../../tools/engines/stack.ts';
import { startedEngines } from '../../../tools/engines/started.ts';
import { FakeBotApi } from '../../support/fake-bot-api.ts';
import { type CliRun, runProgram } from '../../support/run-cli.ts';
import { startEtlFunction } from './function-host.ts';

export const chatId = -1001234567890;
export const timeZone = 'America/Sao_Paulo';

/**
 * 22 November 2026, noon in São Paulo, and the two days after it: 3, 4 and 5 messages, of the users 7 and 8 in turn.
 */
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

/** A stack with updates in its raw bucket, and the command line on it. */
export interface LakeOnStack {
  readonly outputs: Outputs;
  readonly telegram: FakeBotApi;
  readonly s3: S3Client;
  /** Of the programs that are run. */
  readonly environment: Record<string, string>;
  /** Runs a command with `--stack`. */
  run(...args: readonly string[]): Promise<CliRun>;
  stop(): Promise<void>;
}

export async function startLakeOnStack(name: string): Promise<LakeOnStack> {
  const { account } = startedEngines();
  const outputs = await createStack(account, name, {
    parameters: { FirstDay: '2026-11-01', TimeZone: timeZone },
  });
  const s3 = new S3Client({ ...account.clientSettings, forcePathStyle: true });
  await storeUpdates(s3Store(s3, outputs.RawBucketName ?? ''));
  const lambda = new LambdaClient(account.clientSettings);
  const { Environment } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: outputs.EtlFunctionName }),
  );
  const etlFunction = await startEtlFunction({ ...Environment?.Variables, ...account.environment });
  const telegram = await FakeBotApi.start();
  telegram.chats.set(chatId, {
    chat: { id: chatId, type: 'supergroup', title: 'Course' },
    administrators: [],
    bot: {},
  });
  const environment: Record<string, string> = {
    ...account.environment,
    AWS_ENDPOINT_URL_LAMBDA: etlFunction.endpoint,
    TELEGRAM_API_ROOT: telegram.root,
    TELEGRAM_BOT_TOKEN: telegram.token,
  };
  return {
    outputs,
    telegram,
    s3,
    environment,
    run: (...args) => runProgram([...args, '--stack', name], environment),
    async stop() {
      await etlFunction.stop();
      await telegram.close();
    },
  };
}

/** Through the ingest, as they would come. */
export async function storeUpdates(store: ObjectStore): Promise<void> {
  const chatIds = new Set([chatId]);
  const webhook = createWebhook({ store, secretToken: 'secret', chats: chatIds, timeZone, now: () => 0 });
  for (const update of updates) {
    const { outcome } = await webhook.receiveTrusted(Buffer.from(JSON.stringify(update)));
    expect(outcome).to.equal('stored');
  }
}
