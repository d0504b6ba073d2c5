import {
  type AthenaClient,
  BatchGetNamedQueryCommand,
  type NamedQuery,
  paginateListNamedQueries,
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
  const pages = paginateListNamedQueries({ client, pageSize: batchSize }, { WorkGroup: workGroup });
  for await (const { NamedQueryIds } of pages) ids.push(...(NamedQueryIds ?? []));

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
