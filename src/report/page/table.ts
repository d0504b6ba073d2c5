import { type Html, html } from '../../base/html.ts';
import type { ResultTable } from '../../query/query-runner.ts';
import { cellText, isAmount, withoutIds } from '../data/cell-text.ts';
import { columnLabel } from '../language/labels.ts';
import type { Language } from '../language/language.ts';

const rowsInPage = 60;

/**
 * A result as a table behind a click: what the picture shows, for readers who cannot see it or want the numbers. Ids
 * are left out.
 *
 * @param query - the saved query's file name, for readers who want more rows than fit
 * @param title - of the picture
 */
export function table(query: string, title: string, result: ResultTable, language: Language): Html {
  const { page } = language;
  const { length } = result.rows;
  return html`<details><summary>${page.asTable}</summary>
${openTable(title, result, language)}${
  length > rowsInPage ? html`<p class="note">${page.moreRows(rowsInPage, length, query)}</p>` : undefined
}</details>`;
}

/** The same without the click: its first rows, as they are. */
export function openTable(title: string, { columns, rows }: ResultTable, language: Language): Html {
  const shown = withoutIds(columns);
  const classOf = (column: (typeof columns)[number]) => (isAmount(column) ? html` class="n"` : undefined);
  const heading = shown.map(
    ({ column }) => html`<th scope="col"${classOf(column)}>${columnLabel(column.name, language)}</th>`,
  );
  const body = rows.slice(0, rowsInPage).map(
    (row) =>
      html`<tr>${shown.map(
        ({ column, at }) =>
          html`<td${classOf(column)}><bdi>${cellText(column, row[at] ?? null, language)}</bdi></td>`,
      )}</tr>
`,
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table>
<thead><tr>${heading}</tr></thead>
<tbody>${body}</tbody></table></div>`;
}
