import type { ResultTable, Value } from '../../query/query-runner.ts';
import { valueLabel } from '../language/labels.ts';
import type { Language } from '../language/language.ts';

export type Column = ResultTable['columns'][number];

/** Whether the values of a column are amounts, by its SQL type; ids are none. */
export const isAmount = ({ name, type }: Column): boolean =>
  /^(tinyint|smallint|integer|bigint|hugeint|real|float|double|decimal)/.test(type) && !/_id$/.test(name);

/** Whether the values of a column are text, so possibly what a stranger wrote, by its SQL type. */
export const isText = ({ type }: Pick<Column, 'type'>): boolean => /^(varchar|char|json)/.test(type);

/** The columns that are not ids, which mean nothing to a reader, each with its place in the rows. */
export const withoutIds = (columns: readonly Column[]): { column: Column; at: number }[] =>
  columns.map((column, at) => ({ column, at })).filter(({ column }) => !/_id$/.test(column.name));

/** A cell of a result in the form of a language: by its column's name, as the saved queries give them, and its type. */
export function cellText({ name, type }: Column, value: Value, language: Language): string {
  const { formats, page } = language;
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? page.yes : page.no;
  if (type === 'date') return formats.shortDay(String(value));
  if (name === 'asked_at') return formats.clock(String(value));
  if (typeof value === 'string') return valueLabel(name, value, language);
  if (/_percent$/.test(name)) return formats.percent(value);
  if (/_seconds_/.test(name)) return formats.duration(value);
  if (/_hours$/.test(name)) return formats.hours(value);
  if (/^(hour_of_day|parsed_date_hour)$/.test(name)) return formats.hour(value);
  if (name === 'parsed_date_weekday') return formats.weekday(value);
  return formats.number(value);
}
