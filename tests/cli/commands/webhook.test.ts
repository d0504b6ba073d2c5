import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect } from 'chai';
import sinon from 'sinon';
import { SettingsError } from '../../../src/base/settings-error.ts';
import { UsageError } from '../../../src/base/usage-error.ts';
import type { Finding } from '../../../src/cli/bot/finding.ts';
import {
  deleteWebhook,
  inspectWebhook,
  parseWebhookUrl,
  setWebhook,
  type WebhookDeletion,
} from '../../../src/cli/bot/webhook-calls.ts';
import type { Stack } from '../../../src/cli/stack/stack.ts';
import { stackSecret } from '../../../src/cli/stack/stack-secret.ts';
import { allowedUpdates } from '../../../src/telegram/allowed-updates.ts';
import { type BotApi, botApi } from '../../../src/telegram/bot-api.ts';
import { BotApiError } from '../../../src/telegram/bot-api-error.ts';
import { FakeBotApi } from '../../support/fake-bot-api.ts';
import { rejection } from '../../support/rejection.ts';
import { runCli } from '../../support/run-cli.ts';
import { until } from '../../support/until.ts';

const url = 'https://abc.execute-api.sa-east-1.amazonaws.com/dev/webhook';
const settings = {
  url,
  secretToken: 'a-webhook-secret',
  maxConnections: 30,
  dropPendingUpdates: false,
  replace: false,
};
const message = (update_id: number) => ({
  update_id,
  message: { message_id: update_id, date: 1795402800, chat: { id: -1001234567890, type: 'supergroup' } },
});

describe('webhook', () => {
  let telegram: FakeBotApi;
  let api: BotApi;
  beforeEach(async () => {
    telegram = await FakeBotApi.start();
    api = botApi(telegram.token, telegram.root);
  });
  afterEach(() => telegram.close());

  const set = (changes: Partial<typeof settings> = {}) =>
    Array.fromAsync(setWebhook(api, { ...settings, ...changes }));
  const remove = (changes: Partial<WebhookDeletion> = {}) =>
    Array.fromAsync(
      deleteWebhook(api, {
        isMeant: (other) => other === url,
        dropPendingUpdates: false,
        goBack: (other) => `set ${other}`,
        ...changes,
      }),
    );
  const marks = (findings: readonly Finding[]) => findings.map(({ mark }) => mark);

  it('is set with its secret and every kind of update, and read back', async () => {
    const findings = await set();
    expect(telegram.callsOf('setWebhook')).to.deep.equal([
      { url, secret_token: 'a-webhook-secret', max_connections: 30, allowed_updates: allowedUpdates },
    ]);
    expect(marks(findings)).to.deep.equal(['fine', 'fine', 'fine', 'fine', 'fine']);
    expect(findings[0]?.text).to.equal(`Telegram sends updates to ${url}, over at most 30 connections`);
    expect(findings.at(-1)?.text).to.equal('the secret is set');
  });

  it('is set again without harm, and loses no waiting update', async () => {
    telegram.happen(message(1));
    await set();
    expect(marks(await set())).to.deep.equal(['fine', 'fine', 'warning', 'fine', 'fine']);
    expect(telegram.pendingIds).to.deep.equal([1]);
  });

  it('loses waiting updates only when that is asked for', async () => {
    telegram.happen(message(1));
    await set({ dropPendingUpdates: true });
    expect(telegram.pendingIds).to.deep.equal([]);
  });

  it('leaves the webhook of another program as it is, and says whose it is and what replacing would do', async () => {
    telegram.setUpWebhook('https://example.org/webhook');
    const error = await rejection(set());
    expect(error).to.be.instanceOf(UsageError);
    expect(error.message)
      .to.match(
        /^this bot's updates go to https:\/\/example\.org\/webhook, .*that program would stop working/,
      )
      .and.match(/Nothing was changed\..*--replace/);
    expect(telegram.callsOf('setWebhook')).to.deep.equal([]);
  });

  it('replaces the webhook of another program on request, and says how to go back', async () => {
    telegram.setUpWebhook('https://example.org/webhook');
    const [note] = await set({ replace: true });
    expect(note?.text)
      .to.match(/^updates went to https:\/\/example\.org\/webhook until now/)
      .and.include('npx telegram-lake webhook set --replace --url https://example.org/webhook');
    expect(telegram.callsOf('setWebhook')).to.have.length(1);
  });

  it('tells which kinds the server does not know', async () => {
    telegram.unknownKinds = ['subscription'];
    const [warning] = (await set()).filter(({ mark }) => mark === 'warning');
    expect(warning?.text).to.equal('not asked for, so lost to the lake: subscription');
  });

  it('fails when Telegram refuses it', async () => {
    const description = 'Bad Request: bad webhook: IP address 10.0.0.1 is reserved';
    telegram.failNext('setWebhook', { code: 400, description });
    const error = await rejection(set());
    expect(error).to.be.instanceOf(BotApiError);
    expect(error.message).to.include('IP address 10.0.0.1 is reserved');
  });

  it('is inspected twice where updates wait, to tell whether they grow more', async () => {
    await set();
    telegram.happen(message(1));
    const earlier = telegram.callsOf('getWebhookInfo').length;
    const inspection = Array.fromAsync(inspectWebhook(api, url, 100));
    await until(() => telegram.callsOf('getWebhookInfo').length > earlier);
    telegram.happen(message(2));
    const findings = await inspection;
    expect(findings[2]?.text).to.match(/^2 updates wait, 1 more than a moment ago/);
  });

  it('is inspected once where none waits', async () => {
    await set();
    const earlier = telegram.callsOf('getWebhookInfo').length;
    await Array.fromAsync(inspectWebhook(api, url, 60_000));
    expect(telegram.callsOf('getWebhookInfo')).to.have.length(earlier + 1);
  });

  it('is a problem when it is not the one of the stack', async () => {
    await set({ url: 'https://example.org/webhook' });
    const [first] = await Array.fromAsync(inspectWebhook(api, url));
    expect(first?.mark).to.equal('problem');
  });

  it('is deleted, and the updates wait for getUpdates', async () => {
    await set();
    telegram.happen(message(1), message(2));
    const findings = await remove();
    expect(findings.map(({ text }) => text)).to.deep.equal([
      `Telegram no longer sends updates to ${url}`,
      `to go back: set ${url}`,
      '2 updates wait for getUpdates, for at most 24 hours',
    ]);
    expect(telegram.pendingIds).to.deep.equal([1, 2]);
    expect((await api.getWebhookInfo()).url).to.equal('');
  });

  it('is not deleted where it is of another program, nor are its waiting updates', async () => {
    telegram.setUpWebhook('https://example.org/webhook');
    telegram.happen(message(1));
    const error = await rejection(remove({ dropPendingUpdates: true }));
    expect(error).to.be.instanceOf(UsageError);
    expect(error.message)
      .to.match(
        /^this bot's updates go to https:\/\/example\.org\/webhook, and the program there would get none/,
      )
      .and.match(/Nothing was changed\..*--stack NAME, or --url https:\/\/example\.org\/webhook\..*secret/);
    expect(telegram.callsOf('deleteWebhook')).to.deep.equal([]);
    expect(telegram.pendingIds).to.deep.equal([1]);
  });

  it('is deleted by the command line only where its URL is named', async () => {
    await set();
    const run = (...args: string[]) =>
      runCli(['webhook', 'delete', ...args], {
        TELEGRAM_API_ROOT: telegram.root,
        TELEGRAM_BOT_TOKEN: telegram.token,
      });
    for (const args of [[], ['--drop-pending-updates'], ['--url', 'https://example.org/webhook']]) {
      const { code, stdout, stderr } = await run(...args);
      expect([code, stdout]).to.deep.equal([2, '']);
      expect(stderr).to.contain(`this bot's updates go to ${url}`);
    }
    expect((await api.getWebhookInfo()).url).to.equal(url);
    const { code, stdout } = await run('--url', url);
    expect(code).to.equal(0);
    expect(stdout).to.contain(
      `to go back: npx telegram-lake webhook set --url ${url}, with the secret of that program`,
    );
    expect((await api.getWebhookInfo()).url).to.equal('');
    for (const args of [['--restore'], ['--stack', 'a', '--url', url]])
      expect((await run(...args)).code).to.equal(2);
  });

  it('may be deleted when there is none', async () => {
    const [first] = await remove();
    expect(first?.text).to.equal('no webhook was set');
    expect(telegram.callsOf('deleteWebhook')).to.deep.equal([]);
  });

  it('is deleted with the waiting updates only when that is asked for', async () => {
    telegram.happen(message(1));
    await remove({ dropPendingUpdates: true });
    expect(telegram.pendingIds).to.deep.equal([]);
  });

  for (const wrong of ['example.org', 'http://example.org/webhook', 'https://example.org:8080/webhook']) {
    it(`has no URL such as ${wrong}`, () => {
      expect(() => parseWebhookUrl(wrong)).to.throw(UsageError, '--url');
    });
  }
});

describe('secret of a stack', () => {
  const stack = { name: 'lake', webhookSecretArn: 'arn:aws:secretsmanager:…' } as Stack;
  let client: SecretsManagerClient;
  let send: sinon.SinonStub;
  beforeEach(() => {
    client = new SecretsManagerClient({ region: 'sa-east-1' });
    send = sinon.stub(client, 'send');
  });

  it('is read from Secrets Manager', async () => {
    send.resolves({ SecretString: 'a-webhook-secret' });
    expect(await stackSecret(stack, client)).to.equal('a-webhook-secret');
    expect(send.firstCall.args[0].input).to.deep.equal({ SecretId: stack.webhookSecretArn });
  });

  it('is refused when Telegram would not take it, without being told', async () => {
    send.resolves({ SecretString: 'not/a/secret' });
    const error = await rejection(stackSecret(stack, client));
    expect(error).to.be.instanceOf(SettingsError);
    expect(error.message).to.include('webhook secret of the stack lake').and.not.to.include('not/a/secret');
  });

  it('that may not be read is a failure in the words of AWS', async () => {
    send.rejects(Object.assign(new Error('User x is not authorized'), { name: 'AccessDeniedException' }));
    expect((await rejection(stackSecret(stack, client))).message).to.equal(
      'cannot read the webhook secret of the stack lake: User x is not authorized',
    );
  });
});
