import { CloudFormationClient, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { expect } from 'chai';
import sinon from 'sinon';
import { SettingsError } from '../../../src/base/settings-error.ts';
import { UsageError } from '../../../src/base/usage-error.ts';
import { stackBot } from '../../../src/cli/stack/bot-behind.ts';
import type { Stack } from '../../../src/cli/stack/stack.ts';
import { rejection } from '../../support/rejection.ts';

const arn = 'arn:aws:secretsmanager:sa-east-1:123456789012:secret:lake-bot-1-AbCdEf';
const bot = { url: 'https://bot.example.org/webhook', secret_token: 'of-the-bot' };

describe('bot behind a stack', () => {
  const cloudFormation = new CloudFormationClient({ region: 'sa-east-1' });
  const secretsManager = new SecretsManagerClient({ region: 'sa-east-1' });
  let parameters: string[];
  let updated: sinon.SinonStub;
  let secrets: sinon.SinonStub;
  beforeEach(() => {
    parameters = ['TelegramChatId', 'BotBehind'];
    updated = sinon.stub(cloudFormation, 'send').callsFake(async () => {
      const Parameters = parameters.map((ParameterKey) => ({ ParameterKey, ParameterValue: '****' }));
      return { Stacks: [{ StackName: 'lake', StackStatus: 'UPDATE_COMPLETE', Parameters }] };
    });
    secrets = sinon.stub(secretsManager, 'send').resolves({ ARN: arn, SecretString: JSON.stringify(bot) });
  });
  afterEach(() => sinon.restore());

  const over = (botSecretArn?: string) =>
    stackBot({ name: 'lake', botSecretArn } as Stack, { cloudFormation, secretsManager });
  const inputs = (stub: sinon.SinonStub, kind: { new (input: never): { readonly input: unknown } }) =>
    stub
      .getCalls()
      .map(({ args }) => args[0])
      .filter((command) => command instanceof kind)
      .map(({ input }) => input);
  const updates = () => inputs(updated, UpdateStackCommand);

  it('is kept in a secret of its own, and in the parameter; all other parameters stay', async () => {
    await (await over()).keep(bot);
    const [secret] = inputs(secrets, CreateSecretCommand) as { Name: string; SecretString: string }[];
    expect(secret?.Name).to.match(/^lake-bot-\d{17}$/);
    expect(JSON.parse(secret?.SecretString ?? '')).to.deep.equal(bot);
    expect(updates()).to.deep.equal([
      {
        StackName: 'lake',
        UsePreviousTemplate: true,
        Parameters: [
          { ParameterKey: 'TelegramChatId', UsePreviousValue: true },
          { ParameterKey: 'BotBehind', ParameterValue: arn },
        ],
        Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND'],
      },
    ]);
    expect(inputs(secrets, DeleteSecretCommand)).to.deep.equal([]);
  });

  it('takes the place of the one before, whose secret goes', async () => {
    await (await over('arn:old')).keep(bot);
    expect(inputs(secrets, DeleteSecretCommand)).to.deep.equal([
      { SecretId: 'arn:old', ForceDeleteWithoutRecovery: true },
    ]);
  });

  it('leaves no secret behind where the stack cannot be updated', async () => {
    parameters = ['TelegramChatId'];
    const error = await rejection((await over('arn:old')).keep(bot));
    expect(error).to.be.instanceOf(UsageError);
    expect(error.message).to.equal('the stack lake has no parameter BotBehind: deploy this version first');
    expect(inputs(secrets, DeleteSecretCommand)).to.deep.equal([
      { SecretId: arn, ForceDeleteWithoutRecovery: true },
    ]);
  });

  it('is forgotten with its secret', async () => {
    await (await over(arn)).forget();
    expect(updates()).to.have.deep.nested.property('[0].Parameters[1]', {
      ParameterKey: 'BotBehind',
      ParameterValue: '',
    });
    expect(inputs(secrets, DeleteSecretCommand)).to.have.length(1);
    await (await over()).forget();
    expect(updates()).to.have.length(1);
  });

  it('is read back, and a secret that is none is refused without a word of it', async () => {
    expect(await (await over()).read()).to.equal(undefined);
    expect(await (await over(arn)).read()).to.deep.equal(bot);
    secrets.resolves({ SecretString: '{"url":"http://s3cr3t"}' });
    const error = await rejection((await over(arn)).read());
    expect(error).to.be.instanceOf(SettingsError);
    expect(error.message).not.to.include('s3cr3t');
  });
});
