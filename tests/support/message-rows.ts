import { columns, type MessageRow } from '../../src/lake/columns.ts';

/** A row with these values, the others null. */
export function rowWith(values: Partial<MessageRow>): MessageRow {
  const empty = Object.fromEntries(columns.map(({ name }) => [name, null])) as unknown as MessageRow;
  return { ...empty, source: 'webhook', ...values };
}
