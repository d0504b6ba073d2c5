import type { Language } from './language.ts';

/** What a column is called in the page: the language's name of it, or its own with spaces. */
export const columnLabel = (column: string, { columns }: Language): string =>
  own(columns, column) ?? column.replaceAll('_', ' ');

/** What a value of a column is called in the page: the language's word for it, or itself. */
export const valueLabel = (column: string, value: string, { values }: Language): string =>
  own(own(values, column) ?? {}, value) ?? value;

/** People may be called `constructor`, which every object has. */
const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
