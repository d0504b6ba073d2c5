import type { CloudFormationClient, Stack as DeployedStack } from '@aws-sdk/client-cloudformation';
import { UsageError } from '../../base/usage-error.ts';
import { type Chats, parseChats } from '../../lake/chats.ts';
import type { Lake } from '../../lake/lake.ts';
import { s3PathStyle } from '../../lake/settings.ts';
import type { ObjectVersions } from '../../storage/object-versions.ts';
import { fromAws } from './aws-error.ts';

/** A deployed stack, by the outputs of template.yaml. */
export interface Stack {
  readonly name: string;
  readonly webhookUrl: string;
  /** Of the secret in Secrets Manager whose value Telegram sends with each update. */
  readonly webhookSecretArn: string;
  /** Of the secret with the webhook of the bot behind the lake; undefined where there is none. */
  readonly botSecretArn: string | undefined;
  readonly chats: Chats;
  readonly timeZone: string;
  readonly rawBucket: string;
  readonly enrichedBucket: string;
  readonly etlFunction: string;
  readonly database: string;
  readonly workGroup: string;
  /** The first day that queries see. */
  readonly firstDay: string;
}

/**
 * A stack of this account and region by its name.
 *
 * The SDK is loaded when it is needed, here as in each command on a stack: `--help` and local lakes are fast
 * without it.
 *
 * @throws UsageError when there is no such stack, it is none of ours, or AWS knows no credentials or region
 */
export async function describeStack(name: string, client?: CloudFormationClient): Promise<Stack> {
  const { CloudFormationClient } = await import('@aws-sdk/client-cloudformation');
  const cloudFormation = client ?? new CloudFormationClient();
  const found = await findStack(name, cloudFormation);
  if (!found) {
    throw new UsageError(
      `there is no stack ${name} in ${await cloudFormation.config.region()}; ` +
        'if it is in another region, set AWS_REGION to that one',
    );
  }

  const outputs = new Map(found.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  const output = (key: string): string => {
    const value = outputs.get(key);
    if (value) return value;
    throw new UsageError(
      `the stack ${name} (${found.StackStatus}) has no output ${key}: ` +
        'it is no stack of telegram-lake, or not yet wholly deployed by this version',
    );
  };
  return {
    name,
    webhookUrl: output('WebhookUrl'),
    webhookSecretArn: output('WebhookSecretArn'),
    botSecretArn: outputs.get('BotBehind') || undefined,
    chats: parseChats(output('TelegramChatId'), 'the output TelegramChatId'),
    timeZone: output('TimeZone'),
    rawBucket: output('RawBucketName'),
    enrichedBucket: output('EnrichedBucketName'),
    etlFunction: output('EtlFunctionName'),
    database: output('DatabaseName'),
    workGroup: output('WorkGroupName'),
    firstDay: output('FirstDay'),
  };
}

/**
 * What CloudFormation knows of a stack of this account and region; undefined where there is none.
 *
 * @throws UsageError when AWS knows no credentials or region
 */
export async function findStack(
  name: string,
  client?: CloudFormationClient,
): Promise<DeployedStack | undefined> {
  const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
  const cloudFormation = client ?? new CloudFormationClient();
  const request = cloudFormation.send(new DescribeStacksCommand({ StackName: name })).catch((error) => {
    // CloudFormation has no error of its own for it.
    if (error.name === 'ValidationError' && /does not exist/.test(error.message)) return undefined;
    throw error;
  });
  return (await fromAws(`read the stack ${name}`, request))?.Stacks?.[0];
}

/** The lake in a stack's buckets. */
export async function stackLake({ rawBucket, enrichedBucket, timeZone }: Stack): Promise<Lake> {
  const { s3Client, s3Store } = await import('../../storage/s3/s3-store.ts');
  const client = s3Client({ pathStyle: s3PathStyle() });
  return { raw: s3Store(client, rawBucket), enriched: s3Store(client, enrichedBucket), timeZone };
}

/** The older versions that a stack's raw bucket keeps for a while. */
export async function stackVersions({ rawBucket }: Stack): Promise<ObjectVersions> {
  const [{ s3Client }, { s3Versions }] = await Promise.all([
    import('../../storage/s3/s3-store.ts'),
    import('../../storage/s3/s3-versions.ts'),
  ]);
  return s3Versions(s3Client({ pathStyle: s3PathStyle() }), rawBucket);
}
