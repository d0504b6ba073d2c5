import { expect } from 'chai';
import { ingestSettings } from '../../../src/ingest/settings.ts';
import type { Account } from '../../../tools/engines/account.ts';
import { updateStack } from '../../../tools/engines/stack.ts';
import { startedEngines } from '../../../tools/engines/started.ts';
import { type LakeOnStack, startLakeOnStack, timeZone } from './lake-on-stack.ts';
import { functionConfiguration, resourceIds } from './stack-parts.ts';

const name = 'keeping';
// Nothing listens there, so its secret cannot be checked from here.
const botUrl = 'https://127.0.0.1/webhook';

describe('a stack in front of a bot', () => {
  let account: Account;
  let stack: LakeOnStack;
  let secret: string;
  before(async () => {
    account = startedEngines().account;
    stack = await startLakeOnStack(name);
    stack.telegram.setUpWebhook(botUrl);
    stack.environment.TELEGRAM_FORWARD_SECRET_TOKEN = 'of-the-bot';
  });
  after(() => stack?.stop());

  const botBehind = async () => {
    const { Environment } = await functionConfiguration(account, `${name}-ingest`);
    return ingestSettings(Environment.Variables).botWebhook;
  };
  const secrets = async () => {
    const { SecretList } = await account.call<{ SecretList: { Name: string; ARN: string }[] }>(
      'secretsmanager',
      'list_secrets',
    );
    return SecretList.filter((each) => each.Name.startsWith(`${name}-bot-`));
  };
  const marked = () => `${stack.outputs.WebhookUrl}?pass-on=1`;

  it('learns of the bot, changes nothing else, and then has the updates', async () => {
    const before = await resourceIds(account, name);
    const { code, stdout, stderr } = await stack.run('webhook', 'set', '--keep-bot');
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.include(`✓ the lake passes on to ${botUrl} what it has stored`);
    expect(stdout).to.include(`✓ Telegram sends updates to ${marked()}`);
    expect(await botBehind()).to.deep.equal({
      url: botUrl,
      secret_token: 'of-the-bot',
      max_connections: 40,
      bot_id: stack.telegram.me.id,
    });
    expect(await resourceIds(account, name)).to.deep.equal(before);
    const [kept] = await secrets();
    secret = kept?.ARN ?? '';
    expect(stdout).to.include(`BotBehind, ${secret}`).and.not.include('of-the-bot');
  });

  it('says so again, and that it passes on, when the webhook is set again', async () => {
    expect((await stack.run('webhook', 'set', '--keep-bot')).stdout).to.include(
      `is in front of ${botUrl} already`,
    );
    const { code, stdout } = await stack.run('webhook', 'set');
    expect(code).to.equal(0);
    expect(stdout).to.include(`the lake passes each update on to ${botUrl}`);
    expect((await stack.run('webhook', 'info')).stdout).to.include(marked());
    expect(await secrets()).to.have.length(1);
  });

  it('keeps the mark in the URL of the webhook when a deploy has lost the bot, and says what to do', async () => {
    const parameters = { FirstDay: '2026-11-01', TimeZone: timeZone };
    await updateStack(account, name, { parameters });
    expect(await botBehind()).to.equal(undefined);
    const { code, stderr } = await stack.run('webhook', 'set');
    expect(code).to.equal(2);
    expect(stderr).to.match(/no longer has its parameter BotBehind\. Nothing was changed/);
    expect(stack.telegram.webhookUrl).to.equal(marked());
    await updateStack(account, name, { parameters: { ...parameters, BotBehind: secret } });
    expect((await botBehind())?.url).to.equal(botUrl);
  });

  it('is not deleted as long as the bot is behind it', async () => {
    const { code, stderr } = await stack.run('webhook', 'delete');
    expect(code).to.equal(2);
    expect(stderr).to.include(`passes each update on to ${botUrl}`).and.include('--restore');
    expect(stack.telegram.webhookUrl).to.equal(marked());
  });

  it("puts the bot's webhook back, and keeps nothing of it", async () => {
    const { code, stdout, stderr } = await stack.run('webhook', 'delete', '--restore');
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.include(`✓ Telegram sends updates to ${botUrl} again`);
    expect(stack.telegram.webhookUrl).to.equal(botUrl);
    expect(stack.telegram.secretToken).to.equal('of-the-bot');
    expect(await botBehind()).to.equal(undefined);
    expect(await secrets()).to.deep.equal([]);
  });
});
