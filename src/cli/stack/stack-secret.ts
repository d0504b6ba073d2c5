import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { parseSecretToken } from '../../lake/settings.ts';
import { fromAws } from './aws-error.ts';
import type { Stack } from './stack.ts';

/**
 * The secret that a stack expects with each update.
 *
 * @throws UsageError when it may not be read
 */
export async function stackSecret(
  { name, webhookSecretArn }: Stack,
  client?: SecretsManagerClient,
): Promise<string> {
  const { SecretsManagerClient, GetSecretValueCommand } = await import('@aws-sdk/client-secrets-manager');
  const secretsManager = client ?? new SecretsManagerClient();
  const request = secretsManager.send(new GetSecretValueCommand({ SecretId: webhookSecretArn }));
  const { SecretString = '' } = await fromAws(`read the webhook secret of the stack ${name}`, request);
  return parseSecretToken(SecretString, `the webhook secret of the stack ${name}`);
}
