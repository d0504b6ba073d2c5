import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTimeZone, parseHeader, viewsFolder } from './query-catalog.ts';
import { readTables } from './read-tables.ts';

/** A definition that saved queries share: a file of sql/views/. */
export interface View {
  /** By which SQL names it, and its file without `.sql`: `similar_questions`. */
  readonly name: string;
  readonly description: string;
  readonly sql: string;
}

/**
 * The views of a folder, each after those that it names.
 *
 * @param directory - usually `sql/views`
 * @throws {SavedQueryError} when a file is malformed, or views name one another in a circle
 */
export function savedViews(directory: string): View[] {
  const views = readdirSync(directory)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const { name, description, sql } = parseHeader(file, readFileSync(join(directory, file), 'utf8'));
      return { name, description, sql };
    });
  const sorted: View[] = [];
  const add = (view: View, above: readonly View[]): void => {
    if (sorted.includes(view)) return;
    if (above.includes(view)) throw new Error(`the view ${view.name} names itself through others`);
    for (const named of views) if (names(view.sql, named.name)) add(named, [...above, view]);
    sorted.push(view);
  };
  for (const view of views) add(view, []);
  return sorted;
}

/** The views of this project, with hours by the clock of a time zone. */
export function viewsInTimeZone(timeZone: string): View[] {
  return savedViews(viewsFolder).map((view) => ({ ...view, sql: inTimeZone(view.sql, timeZone) }));
}

/** The views that a statement needs, those that its views name included, each after those that it names. */
export function viewsOf(sql: string, views: readonly View[]): View[] {
  const needed = new Set<string>();
  for (const view of views.toReversed()) {
    const isNamed =
      names(sql, view.name) || views.some((other) => needed.has(other.name) && names(other.sql, view.name));
    if (isNamed) needed.add(view.name);
  }
  return views.filter(({ name }) => needed.has(name));
}

/**
 * A statement that stands alone: with the views that it needs as common table expressions before it. So it is deployed,
 * and reads the same in any engine.
 */
export function withViews(sql: string, views: readonly View[]): string {
  const needed = viewsOf(sql, views);
  if (needed.length === 0) return sql;
  const expressions = needed.map((view) => `${view.name} AS (\n${indented(view.sql)}\n)`);
  return withExpressions(expressions, sql);
}

/**
 * A statement with common table expressions in front of its own, if it has some.
 *
 * @param expressions - each as `name AS (…)`
 */
export function withExpressions(expressions: readonly string[], sql: string): string {
  const statement = sql.replace(/^(\s+|--[^\n]*(\n|$)|\/\*[\s\S]*?\*\/)+/, '');
  const own = statement.replace(/^WITH\s+/i, '');
  return `WITH ${expressions.join(',\n')}${own === statement ? '\n' : ',\n'}${own}`;
}

/** How often a statement reads a table of this name, unless it defines one itself. */
export function timesNamed(sql: string, name: string): number {
  const definition = new RegExp(`(?:\\bWITH|,)\\s*${name}\\s+AS\\s*\\(`, 'i');
  if (definition.test(sql)) return 0;
  return readTables(sql).filter((table) => table === name).length;
}

const names = (sql: string, name: string): boolean => timesNamed(sql, name) > 0;

const indented = (sql: string): string => sql.replaceAll(/^(?=.)/gm, '  ');
