/** Common table expressions that several statements begin with. */
export interface SharedCtes {
  /** From WITH on, as the statements write them. */
  readonly definition: string;
  /** Those of them that the statements name further down. */
  readonly names: readonly string[];
  /** What each statement says after them, by its place in the list: a statement over these names. */
  readonly rest: ReadonlyMap<number, string>;
}

/**
 * Finds the common table expressions that statements have in common at their beginning, as many as they share, so that an
 * engine can compute them once. Statements that share none are in no group.
 *
 * It goes by the text: each expression stands as in sql/, from a line `name AS (` to a line `)`, indented in between.
 */
export function sharedCtes(statements: readonly string[]): SharedCtes[] {
  const ends = statements.map((sql) => leadingCtes(sql).map(({ end }) => end));
  const users = new Map<string, number>();
  for (const [at, sql] of statements.entries()) {
    for (const end of ends[at] ?? []) {
      const definition = sql.slice(0, end);
      users.set(definition, (users.get(definition) ?? 0) + 1);
    }
  }
  const groups = new Map<string, Map<number, string>>();
  for (const [at, sql] of statements.entries()) {
    const end = ends[at]?.findLast((candidate) => (users.get(sql.slice(0, candidate)) ?? 0) > 1);
    if (end === undefined) continue;
    const definition = sql.slice(0, end);
    const group = groups.get(definition) ?? new Map<number, string>();
    groups.set(definition, group.set(at, sql.slice(end).replace(/^,/, 'WITH')));
  }
  return [...groups].map(([definition, rest]) => ({
    definition,
    names: leadingCtes(`${definition}\n`)
      .map(({ name }) => name)
      .filter((name) => [...rest.values()].some((sql) => new RegExp(`\\b${name}\\b`).test(sql))),
    rest,
  }));
}

/** The common table expressions that a statement begins with, each with the place where it ends. */
function leadingCtes(sql: string): { name: string; end: number }[] {
  const cte = /(?:^WITH |,\n)(\w+) AS \(\n(?: .*\n|\n)*\)(?=,?\n)/gy;
  return [...sql.matchAll(cte)].map(({ 0: text, 1: name = '', index }) => ({
    name,
    end: index + text.length,
  }));
}
