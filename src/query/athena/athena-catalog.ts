import {
  type AthenaClient,
  BatchGetNamedQueryCommand,
  ListNamedQueriesCommand,
  type NamedQuery,
} from '@aws-sdk/client-athena';

/** A saved query as Athena has it: deployed, and maybe older or newer than the file in sql/ it came from. */
export interface DeployedQuery {
  readonly name: string;
  readonly description: string;
  readonly sql: string;
}

/** As many as Athena gives by id in one call. */
const batchSize = 50;

/** Every saved query of a work group, by name. */
export async function deployedQueries(client: AthenaClient, workGroup: string): Promise<DeployedQuery[]> {
  const ids: string[] = [];
  let token: string | undefined;
  do {
    const request = { WorkGroup: workGroup, MaxResults: batchSize, NextToken: token };
    const page = await client.send(new ListNamedQueriesCommand(request));
    ids.push(...(page.NamedQueryIds ?? []));
    token = page.NextToken;
  } while (token);

  const queries: NamedQuery[] = [];
  for (let start = 0; start < ids.length; start += batchSize) {
    const request = { NamedQueryIds: ids.slice(start, start + batchSize) };
    queries.push(...((await client.send(new BatchGetNamedQueryCommand(request))).NamedQueries ?? []));
  }
  return queries
    .map(({ Name = '', Description = '', QueryString = '' }) => {
      return { name: Name, description: Description, sql: QueryString };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
