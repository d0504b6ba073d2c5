import type { ResultTable, Value } from '../../src/query/query-runner.ts';

/**
 * A result by hand.
 *
 * @param columns - their names and types, as SQL lists them: `context_date date, message_amount bigint`
 */
export function resultTable(columns: string, ...rows: readonly (readonly Value[])[]): ResultTable {
  return {
    columns: columns.split(', ').map((column) => {
      const [name = '', type = ''] = column.split(' ');
      return { name, type };
    }),
    rows,
  };
}
