import type { ResultTable } from './query-runner.ts';

/** Where a person's questions go: a lake on this machine, or a stack. */
export interface QuerySource {
  list(): Promise<readonly ListedQuery[]>;
  /**
   * The result of one saved query.
   *
   * @throws UsageError when there is no query of this name
   * @throws QueryError when the engine refuses or fails it
   */
  answer(name: string): Promise<ResultTable>;
  /**
   * The result of a statement of the user's own, which may name the views of sql/views/.
   *
   * @throws QueryError when the engine refuses or fails it
   */
  run(sql: string): Promise<ResultTable>;
}

/** A saved query by the name to call it by. */
export interface ListedQuery {
  readonly name: string;
  readonly description: string;
  /** The description in Portuguese, where there is one. */
  readonly portuguese?: string | undefined;
}
