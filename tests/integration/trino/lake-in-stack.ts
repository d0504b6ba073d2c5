import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AthenaClient, BatchGetNamedQueryCommand, ListNamedQueriesCommand } from '@aws-sdk/client-athena';
import { S3Client } from '@aws-sdk/client-s3';
import { readAhead } from '../../../src/base/async/read-ahead.ts';
import { lakeRunner } from '../../../src/cli/lake/lake-runner.ts';
import { rebuildDays } from '../../../src/cli/lake/rebuild-days.ts';
import { createLake, daysOf, type LocalLake } from '../../../src/lake/lake.ts';
import type { QueryRunner } from '../../../src/query/query-runner.ts';
import type { ObjectEntry } from '../../../src/storage/object-store.ts';
import { s3Store } from '../../../src/storage/s3/s3-store.ts';
import { createStack, type StackOptions } from '../../../tools/engines/stack.ts';
import { startedEngines } from '../../../tools/engines/started.ts';

/** One lake twice: in a folder, where DuckDB answers, and in the buckets of a stack, where Trino does. */
export interface LakeInStack {
  readonly local: LocalLake;
  /** DuckDB, as `npx telegram-lake query` runs it. */
  readonly duckDb: QueryRunner;
  /** Trino over the stack's Glue table. */
  readonly trino: Pick<QueryRunner, 'run'>;
  /** Its name in Glue. */
  readonly database: string;
  /** The stack's saved queries by name, in the text that Athena would run. */
  readonly savedQueries: ReadonlyMap<string, string>;
  remove(): void;
}

/**
 * Creates a stack, runs the ETL over a new lake folder, and copies raw objects and enriched files into the stack's
 * buckets.
 *
 * @param name - of the stack; its Glue database is named so, too
 * @param fillRaw - puts raw objects into the folder, before the ETL
 * @param addEnriched - puts files of other writers beside those of the ETL
 */
export async function createLakeInStack(
  name: string,
  { timeZone, ...options }: StackOptions & { readonly timeZone: string },
  fillRaw: (lake: LocalLake) => Promise<unknown>,
  addEnriched?: (lake: LocalLake) => Promise<void>,
): Promise<LakeInStack> {
  const { account, trino } = startedEngines();
  const parameters = { ...options.parameters, TimeZone: timeZone };
  const outputs = await createStack(account, name, { ...options, parameters });

  const local = createLake(mkdtempSync(join(tmpdir(), `telegram-lake-${name}-`)), timeZone);
  await fillRaw(local);
  for await (const _ of rebuildDays(local, await daysOf(local), { force: false }));
  await addEnriched?.(local);
  const s3 = new S3Client({ ...account.clientSettings, forcePathStyle: true });
  for (const [bucket, name] of [
    ['raw', outputs.RawBucketName],
    ['enriched', outputs.EnrichedBucketName],
  ] as const) {
    const store = s3Store(s3, name ?? '');
    const copy = async ({ key }: ObjectEntry) => store.putObject(key, await local[bucket].getObject(key));
    for await (const _ of readAhead(local[bucket].listObjects(''), copy, 16));
  }

  const duckDb = await lakeRunner(local);
  return {
    local,
    duckDb,
    trino: trino.runner(outputs.DatabaseName ?? ''),
    database: outputs.DatabaseName ?? '',
    savedQueries: await namedQueries(new AthenaClient(account.clientSettings), outputs.WorkGroupName ?? ''),
    remove() {
      duckDb.close();
      rmSync(local.folder, { recursive: true, force: true });
    },
  };
}

async function namedQueries(athena: AthenaClient, workGroup: string): Promise<Map<string, string>> {
  const { NamedQueryIds } = await athena.send(new ListNamedQueriesCommand({ WorkGroup: workGroup }));
  const { NamedQueries } = await athena.send(new BatchGetNamedQueryCommand({ NamedQueryIds }));
  return new Map(NamedQueries?.map(({ Name = '', QueryString = '' }) => [Name, QueryString]));
}
