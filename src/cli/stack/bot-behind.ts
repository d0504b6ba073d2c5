import type { CloudFormationClient, Stack as Description } from '@aws-sdk/client-cloudformation';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { UsageError } from '../../base/usage-error.ts';
import { type BotWebhook, parseBotWebhook } from '../../telegram/bot-webhook.ts';
import { fromAws } from './aws-error.ts';
import type { Stack } from './stack.ts';

/**
 * What a stack keeps of the bot that runs behind its lake: a secret in Secrets Manager, and the parameter that names
 * it.
 */
export interface StackBot {
  /** Undefined where no bot is behind. */
  read(): Promise<BotWebhook | undefined>;
  /** Has the ingest function pass updates on to this bot. Takes a minute: the stack is updated. */
  keep(bot: BotWebhook): Promise<void>;
  /** Has it pass nothing on, and deletes the secret. */
  forget(): Promise<void>;
}

export interface StackBotClients {
  readonly cloudFormation: CloudFormationClient;
  readonly secretsManager: SecretsManagerClient;
}

const parameter = 'BotBehind';

/** The bot behind a stack's lake. */
export async function stackBot({ name, botSecretArn }: Stack, clients?: StackBotClients): Promise<StackBot> {
  const [formation, manager] = await Promise.all([
    import('@aws-sdk/client-cloudformation'),
    import('@aws-sdk/client-secrets-manager'),
  ]);
  const cloudFormation = clients?.cloudFormation ?? new formation.CloudFormationClient();
  const secretsManager = clients?.secretsManager ?? new manager.SecretsManagerClient();

  async function setParameter(value: string): Promise<void> {
    const action = `update the stack ${name}`;
    const describing = cloudFormation.send(new formation.DescribeStacksCommand({ StackName: name }));
    const [stack] = (await fromAws(action, describing)).Stacks ?? [];
    const request = new formation.UpdateStackCommand({
      StackName: name,
      UsePreviousTemplate: true,
      Parameters: parametersWith(stack, value),
      Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND'],
    });
    await fromAws(action, cloudFormation.send(request));
    const waiting = { client: cloudFormation, maxWaitTime: 900, minDelay: 2, maxDelay: 10 };
    const outcome = formation.waitUntilStackUpdateComplete(waiting, { StackName: name });
    await fromAws(action, outcome).catch((cause) => {
      // The waiter's own message is JSON of the whole stack.
      throw new Error(`the stack ${name} was not updated; its events in CloudFormation say why`, { cause });
    });
  }

  async function deleteSecret(arn: string): Promise<void> {
    const request = new manager.DeleteSecretCommand({ SecretId: arn, ForceDeleteWithoutRecovery: true });
    await fromAws(`delete the secret ${arn}`, secretsManager.send(request));
  }

  return {
    async read() {
      if (botSecretArn === undefined) return undefined;
      const request = secretsManager.send(new manager.GetSecretValueCommand({ SecretId: botSecretArn }));
      const { SecretString = '' } = await fromAws(`read the secret ${botSecretArn}`, request);
      return parseBotWebhook(SecretString, `the secret ${botSecretArn}`);
    },
    async keep(bot) {
      // A name of its own each time: CloudFormation reads a secret again only when what refers to it changes.
      const secretName = `${name}-bot-${new Date().toISOString().replaceAll(/\D/g, '')}`;
      const request = new manager.CreateSecretCommand({
        Name: secretName,
        Description: `Webhook of the bot behind the lake ${name}`,
        SecretString: JSON.stringify(bot),
      });
      const { ARN = '' } = await fromAws(`create the secret ${secretName}`, secretsManager.send(request));
      try {
        await setParameter(ARN);
      } catch (error) {
        await deleteSecret(ARN).catch(() => {});
        throw error;
      }
      if (botSecretArn !== undefined) await deleteSecret(botSecretArn);
    },
    async forget() {
      if (botSecretArn === undefined) return;
      await setParameter('');
      await deleteSecret(botSecretArn);
    },
  };
}

/**
 * All parameters of the stack as they are, but that of the bot.
 *
 * @throws UsageError when the stack was deployed by a version that has none
 */
function parametersWith(stack: Description | undefined, value: string) {
  const keys = stack?.Parameters?.map(({ ParameterKey }) => ParameterKey) ?? [];
  if (!keys.includes(parameter)) {
    throw new UsageError(
      `the stack ${stack?.StackName} has no parameter ${parameter}: deploy this version first`,
    );
  }
  return keys.map((ParameterKey) =>
    ParameterKey === parameter
      ? { ParameterKey, ParameterValue: value }
      : { ParameterKey, UsePreviousValue: true },
  );
}
