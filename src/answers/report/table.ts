import type { ResultTable, Value } from '../query-runner.ts';
import { columnLabel } from './chart-labels.ts';
import { type Html, html } from './html.ts';
import type { Language } from './language.ts';

const rowsInPage = 60;

/**
 * A result as a table behind a click: what the picture shows, for whoever cannot see it or wants the numbers.
 *
 * @param query - the saved query's file name, for whoever wants more rows than fit
 * @param title - of the picture
 */
export function table(
  query: string,
  title: string,
  { columns, rows }: ResultTable,
  language: Language,
): Html {
  const { page } = language;
  const shown = columns.map((column, at) => ({ ...column, at })).filter(({ name }) => !/_id$/.test(name));
  const isAmount = (type: string) => /^(bigint|integer|double|decimal|hugeint)/.test(type);
  const note =
    rows.length > rowsInPage
      ? html`<p class="note">${page.moreRows(rowsInPage, rows.length, query)}</p>`
      : undefined;
  return html`<details><summary>${page.asTable}</summary>
<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table>
<thead><tr>${shown.map(({ name, type }) => html`<th scope="col"${isAmount(type) ? html` class="n"` : undefined}>${columnLabel(name, language)}</th>`)}</tr></thead>
<tbody>${rows.slice(0, rowsInPage).map(
    (row) =>
      html`<tr>${shown.map(({ name, type, at }) => html`<td${isAmount(type) ? html` class="n"` : undefined}>${cell(name, type, row[at] ?? null, language)}</td>`)}</tr>
`,
  )}</tbody></table></div>${note}</details>`;
}

function cell(name: string, type: string, value: Value, { formats, values, page }: Language): Html | string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? page.yes : page.no;
  if (type === 'date') return formats.shortDay(String(value));
  if (/_percent$/.test(name)) return formats.percent(Number(value));
  if (/_seconds_/.test(name)) return formats.duration(Number(value));
  if (/_hours$/.test(name)) return formats.duration(Number(value) * 3_600);
  if (name === 'asked_at') return formats.clock(String(value));
  if (/hour/.test(name)) return formats.hour(Number(value));
  if (/weekday/.test(name)) return formats.weekday(Number(value));
  if (typeof value === 'number') return formats.number(value);
  return html`<bdi>${values[name]?.[value] ?? value}</bdi>`;
}
