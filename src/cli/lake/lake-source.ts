import { join } from 'node:path';
import { UsageError } from '../../base/usage-error.ts';
import { type LocalLake, openLake } from '../../lake/lake.ts';
import { assertNarrowable, type Narrowing } from '../../query/narrowing.ts';
import { ownQueries } from '../../query/own-queries.ts';
import { inTimeZone, type SavedQuery, savedQueries, sqlFolder } from '../../query/query-catalog.ts';
import type { QuerySource } from '../../query/query-source.ts';
import { printable } from '../../query/result-format.ts';
import { describeStack } from '../stack/stack.ts';
import type { NarrowingOptions } from '../terminal/narrowing-options.ts';
import { groupsOf, noteSeveral } from './groups-of.ts';
import { lakeRunner } from './lake-runner.ts';
import { narrowingOf } from './narrowed.ts';

/** What a command line says of whom to ask, and about which messages. */
export interface SourceOptions extends NarrowingOptions {
  readonly lake: string;
  readonly stack?: string;
}

/**
 * Where queries go: the lake of a folder, with the owner's queries in `<lake>/sql`, or a stack. The SDK is loaded only
 * for a stack.
 *
 * @throws UsageError when there is no such stack, chat or person
 */
export async function querySource(options: SourceOptions): Promise<QuerySource> {
  const queries = savedQueries(sqlFolder);
  if (options.stack === undefined) return lakeSource(options, queries);
  const stack = await describeStack(options.stack);
  const { athenaSource, stackRunner } = await import('../stack/athena-source.ts');
  const narrowing = await narrowingOf(options, async () => stackRunner(stack));
  return athenaSource(stack, queries, narrowing);
}

/** A column, or a condition, by which chats are told apart. */
const isOfChat = /\bchat_(id|title|username)\b/i;

/** A lake is opened at the first question: the list of the project's queries needs none. */
function lakeSource(options: SourceOptions, queries: readonly SavedQuery[]): QuerySource {
  const run = async (sql: string, lake: LocalLake, check: (narrowing: Narrowing) => void, isOwn = false) => {
    const narrowing = await narrowingOf(options, () => lakeRunner(lake));
    check(narrowing);
    const runner = await lakeRunner(lake, narrowing);
    try {
      const result = await runner.run(sql);
      const isByChat =
        result.columns.some(({ name }) => isOfChat.test(name)) || (isOwn && isOfChat.test(sql));
      if (narrowing.chatId === undefined && !isByChat) noteSeveral(await groupsOf(runner));
      return result;
    } finally {
      runner.close();
    }
  };
  const own = () => {
    const taken = queries.map(({ file }) => file);
    const found = ownQueries(join(options.lake, 'sql'), taken);
    for (const fault of found.faults) console.error(`telegram-lake: ${options.lake}/sql/${printable(fault)}`);
    return found.queries;
  };
  return {
    list: async () => [...queries, ...own()].map(({ file, ...query }) => ({ ...query, name: file })),
    answer: async (name) => {
      const saved = queries.find(({ file }) => file === name);
      const query = saved ?? own().find(({ file }) => file === name);
      if (!query) throw new UsageError(`there is no saved query ${name}; the list: telegram-lake query`);
      const lake = openLake(options.lake);
      const sql = saved ? inTimeZone(saved.sql, lake.timeZone) : query.sql;
      return run(sql, lake, (narrowing) => assertNarrowable(name, query, narrowing), !saved);
    },
    run: async (sql) =>
      run(
        sql,
        openLake(options.lake),
        (narrowing) => assertNarrowable('this statement', { sql }, narrowing),
        true,
      ),
  };
}
