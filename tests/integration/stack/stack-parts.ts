import type { Account } from '../../../tools/engines/account.ts';

/** The physical ids of a stack's resources by their logical ids. */
export async function resourceIds(account: Account, stack: string): Promise<Map<string, string>> {
  const { StackResources } = await account.call<{
    StackResources: { LogicalResourceId: string; PhysicalResourceId: string }[];
  }>('cloudformation', 'describe_stack_resources', { StackName: stack });
  return new Map(
    StackResources.map(({ LogicalResourceId, PhysicalResourceId }) => [
      LogicalResourceId,
      PhysicalResourceId,
    ]),
  );
}

export interface FunctionConfiguration {
  readonly FunctionArn: string;
  readonly Runtime: string;
  readonly Handler: string;
  readonly Architectures: readonly string[];
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
}

export async function functionConfiguration(account: Account, name: string): Promise<FunctionConfiguration> {
  return account.call('lambda', 'get_function_configuration', { FunctionName: name });
}

export interface NamedQuery {
  readonly NamedQueryId: string;
  readonly Name: string;
  readonly QueryString: string;
}

/** The saved queries of a work group, which is named as its stack. */
export async function stackQueries(account: Account, workGroup: string): Promise<NamedQuery[]> {
  const { NamedQueryIds } = await account.call<{ NamedQueryIds: string[] }>('athena', 'list_named_queries', {
    WorkGroup: workGroup,
  });
  const { NamedQueries } = await account.call<{ NamedQueries: NamedQuery[] }>(
    'athena',
    'batch_get_named_query',
    { NamedQueryIds },
  );
  return NamedQueries;
}
