import type { QueryRunner, ResultTable } from '../../query/query-runner.ts';

/** Answers about questions: each question is compared with the others, so they take much longer than all the rest. */
const slowStatement = /\b(questions|similar_questions|answers|confirmations|question_states)\b/;

/** Below it everything is answered each time. */
const slowMilliseconds = 1_500;

// The machine shall be free for that many times as long as it answered.
const restsPerAnswer = 5;

/** Answers that are kept while the lake changes, because they take long: of a large lake the page is made with them. */
export interface KeptAnswers {
  /** A runner that gives kept answers where computing them takes long, and has them computed in the background. */
  over(runner: QueryRunner): QueryRunner;
  /** Whether a page is made with kept answers, as far as is known before its statements are. */
  areUsed(): boolean;
  /** All are computed again before the next page: what they tell may not be told any more. */
  forget(): void;
}

/**
 * Keeps slow answers.
 *
 * @param open - a runner for the background
 * @param onNew - called when answers have replaced the kept ones
 */
export function keptAnswers(
  open: () => Promise<QueryRunner>,
  onNew: () => void,
  limit = slowMilliseconds,
): KeptAnswers {
  let kept = new Map<string, ResultTable>();
  let tookMilliseconds = 0;
  let restUntil = 0;
  let isDue = false;
  let timer: NodeJS.Timeout | undefined;

  async function timed(answer: () => Promise<ResultTable[]>): Promise<ResultTable[]> {
    const start = performance.now();
    const results = await answer();
    tookMilliseconds = performance.now() - start;
    restUntil = performance.now() + restsPerAnswer * tookMilliseconds;
    return results;
  }

  function keep(statements: readonly string[], results: readonly ResultTable[]): void {
    for (const [at, sql] of statements.entries()) kept.set(sql, results[at] as ResultTable);
  }

  async function computeAgain(): Promise<void> {
    const before = kept;
    const statements = [...kept.keys()];
    isDue = false;
    const runner = await open();
    try {
      const results = await timed(() => runner.runAll(statements));
      // Forgotten meanwhile.
      if (kept !== before) return;
      keep(statements, results);
      onNew();
    } finally {
      runner.close();
    }
  }

  function schedule(): void {
    if (timer || !isDue) return;
    const wait = Math.max(0, restUntil - performance.now());
    timer = setTimeout(() => {
      // What fails is answered, or fails, with the next page.
      computeAgain()
        .catch(() => kept.clear())
        .finally(() => {
          timer = undefined;
          schedule();
        });
    }, wait).unref();
  }

  return {
    over(runner) {
      return {
        run: (sql) => runner.run(sql),
        close: () => runner.close(),
        async runAll(statements) {
          const isKept = (sql: string) => tookMilliseconds > limit && kept.has(sql);
          const slow = statements.filter((sql) => slowStatement.test(sql));
          if (!slow.every(isKept)) {
            const results = await timed(() => runner.runAll(statements));
            const bySql = new Map(statements.map((sql, at) => [sql, results[at] as ResultTable]));
            keep(
              slow,
              slow.map((sql) => bySql.get(sql) as ResultTable),
            );
            return results;
          }
          const fast = statements.filter((sql) => !slowStatement.test(sql));
          const results = (await runner.runAll(fast)).values();
          isDue ||= slow.length > 0;
          schedule();
          return statements.map((sql) =>
            slowStatement.test(sql) ? (kept.get(sql) as ResultTable) : (results.next().value as ResultTable),
          );
        },
      };
    },
    areUsed: () => tookMilliseconds > limit && kept.size > 0,
    forget() {
      kept = new Map();
    },
  };
}
