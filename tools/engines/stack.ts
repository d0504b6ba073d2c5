import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import type { Account } from './account.ts';

/** The template as it is deployed from this folder. */
export const templateText = readFileSync(join(import.meta.dirname, '../../template.yaml'), 'utf8');

export interface StackOptions {
  /** template.yaml, unless another text is given. */
  readonly template?: string;
  /** Those that differ from their defaults. The chat id has one here. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A stack's outputs, by name. */
export type Outputs = Readonly<Record<string, string>>;

/**
 * Creates a stack of the template in an emulated account, after SAM's transformation. Its functions are stubs.
 *
 * @throws ValidationError when the template is wrong, or a resource cannot be made; those made before it are deleted,
 * but for what has
 *   the policy Retain
 */
export async function createStack(
  account: Account,
  name: string,
  options: StackOptions = {},
): Promise<Outputs> {
  await cloudFormation(account).send(new CreateStackCommand(request(name, options)));
  return stackOutputs(account, name);
}

/**
 * Changes a stack to what the template and the parameters say now.
 *
 * @throws ValidationError when nothing differs, or a change fails; it is not rolled back, unlike in AWS
 */
export async function updateStack(
  account: Account,
  name: string,
  options: StackOptions = {},
): Promise<Outputs> {
  await cloudFormation(account).send(new UpdateStackCommand(request(name, options)));
  return stackOutputs(account, name);
}

/** Deletes a stack: all but what its template says to keep. */
export async function deleteStack(account: Account, name: string): Promise<void> {
  await cloudFormation(account).send(new DeleteStackCommand({ StackName: name }));
}

async function stackOutputs(account: Account, name: string): Promise<Outputs> {
  const { Stacks } = await cloudFormation(account).send(new DescribeStacksCommand({ StackName: name }));
  return Object.fromEntries(
    Stacks?.[0]?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]) ?? [],
  );
}

function request(name: string, { template = templateText, parameters = {} }: StackOptions) {
  const values = { TelegramChatId: '-1001234567890', ...parameters };
  return {
    StackName: name,
    TemplateBody: template,
    Capabilities: ['CAPABILITY_IAM' as const, 'CAPABILITY_AUTO_EXPAND' as const],
    Parameters: Object.entries(values).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
  };
}

/** A client of the account's CloudFormation. */
export function cloudFormation({ clientSettings }: Account): CloudFormationClient {
  return new CloudFormationClient(clientSettings);
}
