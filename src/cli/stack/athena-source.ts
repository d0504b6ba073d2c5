import { AthenaClient } from '@aws-sdk/client-athena';
import { UsageError } from '../../base/usage-error.ts';
import { type DeployedQuery, deployedQueries } from '../../query/athena/athena-catalog.ts';
import { athenaRunner, type EndedExecution } from '../../query/athena/athena-runner.ts';
import { assertNarrowable, type Narrowing, narrowedStatement } from '../../query/narrowing.ts';
import type { SavedQuery } from '../../query/query-catalog.ts';
import type { QueryRunner } from '../../query/query-runner.ts';
import type { QuerySource } from '../../query/query-source.ts';
import { assertReads } from '../../query/read-only.ts';
import { viewsInTimeZone, withViews } from '../../query/views.ts';
import { untilStopped } from '../terminal/until-stopped.ts';
import { fromAws } from './aws-error.ts';
import type { Stack } from './stack.ts';

/**
 * The saved queries of a stack, run in its work group as they are deployed there. What each cost is printed on stderr;
 * Ctrl-C cancels it.
 *
 * A query is called by the name of its file in sql/, or, where it is none of those, by its name in Athena.
 *
 * @param local - the queries of sql/
 * @param narrowing - the messages that they see; all where it is left out
 */
export function athenaSource(
  { name: stackName, workGroup, database, timeZone }: Stack,
  local: readonly SavedQuery[],
  narrowing: Narrowing = {},
  client = new AthenaClient(),
): QuerySource {
  const runner = stackRunner({ workGroup, database, timeZone }, narrowing, client);
  const localOf = (query: DeployedQuery) => local.find((one) => one.name === query.name);
  const nameOf = (query: DeployedQuery) => localOf(query)?.file ?? query.name;

  async function deployed(): Promise<DeployedQuery[]> {
    return fromAws(`list the saved queries of the stack ${stackName}`, deployedQueries(client, workGroup));
  }

  return {
    list: async () =>
      (await deployed()).map((query) => ({
        ...query,
        name: nameOf(query),
        portuguese: localOf(query)?.portuguese,
      })),
    answer: async (name) => {
      const query = (await deployed()).find((one) => nameOf(one) === name || one.name === name);
      if (!query) {
        throw new UsageError(
          `the stack ${stackName} has no saved query ${name}; the list: telegram-lake query --stack ${stackName}`,
        );
      }
      assertNarrowable(name, localOf(query) ?? query, narrowing);
      return runner.run(query.sql);
    },
    run: async (sql) => {
      assertReads(sql);
      assertNarrowable('this statement', { sql }, narrowing);
      return runner.run(sql);
    },
  };
}

/**
 * Athena as a stack has set it up, for statements that may name the views of sql/views/. What each statement cost is
 * printed on stderr; Ctrl-C cancels those under way.
 */
export function stackRunner(
  { workGroup, database, timeZone }: Pick<Stack, 'workGroup' | 'database' | 'timeZone'>,
  narrowing: Narrowing = {},
  client = new AthenaClient(),
): QueryRunner {
  const onEnd = (execution: EndedExecution) => console.error(costLine(execution));
  const views = viewsInTimeZone(timeZone);
  const stoppable = <Result>(use: (runner: QueryRunner) => Promise<Result>) =>
    untilStopped((signal) =>
      fromAws('run the query', use(athenaRunner({ client, workGroup, database, onEnd, signal }))),
    );
  const whole = (sql: string) => narrowedStatement(withViews(sql, views), narrowing, database);
  return {
    run: (sql) => stoppable((runner) => runner.run(whole(sql))),
    runAll: (statements) => stoppable((runner) => runner.runAll(statements.map(whole))),
    close() {},
  };
}

/** Athena's price in most regions, and the least that a query is charged for. */
const dollarsPerTerabyte = 5;
const megabyte = 1_048_576;
const leastMegabytes = 10;

/**
 * What a query read and cost, on one line.
 *
 * @example 'Athena read 0.4 MB in 1.2 s: $0.000048 at $5 per TB.'
 */
export function costLine({ scannedBytes, engineMilliseconds }: EndedExecution): string {
  const megabytes = scannedBytes / megabyte;
  const charged = scannedBytes === 0 ? 0 : Math.max(leastMegabytes, Math.ceil(megabytes));
  const dollars = (charged / megabyte) * dollarsPerTerabyte;
  const read = megabytes.toLocaleString('en', { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  const price = dollars.toLocaleString('en', { maximumSignificantDigits: 2 });
  const seconds = (engineMilliseconds / 1000).toFixed(1);
  return `Athena read ${read} MB in ${seconds} s: $${price} at $${dollarsPerTerabyte} per TB.`;
}
