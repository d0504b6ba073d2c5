import type { ResultTable, Value } from '../../query/query-runner.ts';

/** One row of a result by the names of its columns. */
export type Row = Readonly<Record<string, Value>>;

/** The rows of a result by name; none for a query that was not asked. */
export function rowsOf(result: ResultTable | undefined): Row[] {
  const names = result?.columns.map(({ name }) => name) ?? [];
  return (result?.rows ?? []).map((row) =>
    Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])),
  );
}

/** A column of a row as a number; 0 where it is null. */
export const amountOf = (row: Row | undefined, column: string): number => Number(row?.[column] ?? 0);

/** A column of a row as text; empty where it is null. */
export const textOf = (row: Row | undefined, column: string): string => String(row?.[column] ?? '');

/** The sum of a column. */
export const sumOf = (rows: readonly Row[], column: string): number =>
  rows.reduce((sum, row) => sum + amountOf(row, column), 0);

/** The row with the greatest value of a column, the first of several; undefined when there is no row. */
export function greatest(rows: readonly Row[], column: string): Row | undefined {
  return rows.reduce<Row | undefined>(
    (best, row) => (best === undefined || amountOf(row, column) > amountOf(best, column) ? row : best),
    undefined,
  );
}

/** The middle value of several, or the mean of the two in the middle; undefined for no values. */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
  return middle.length === 0 ? undefined : middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

/** A share without decimal places, which is 0 or 100 only of nothing or all. */
export function wholePercent(part: number, whole: number): number {
  const rounded = Math.round((100 * part) / whole);
  if (part === 0 || part === whole) return rounded;
  return Math.min(99, Math.max(1, rounded));
}
