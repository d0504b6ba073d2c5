import { type Figure, figure } from './figure.ts';
import { html } from './html.ts';
import type { Language } from './language.ts';
import type { Results } from './people.ts';
import { amountOf, rowsOf, textOf } from './records.ts';

/** What is known of a lake besides what its tables say. Absent where nobody looked. */
export interface LakeState {
  /** Bodies put aside because they were no updates. */
  readonly quarantined: number;
}

/** What is missing from the lake or was mended on the way. */
export function quality(results: Results, language: Language, state: LakeState | undefined): Figure {
  const { page, tell, formats, values } = language;
  const rows = rowsOf(results.get('data-quality'));
  const whole = rowsOf(results.get('group-at-a-glance')).find(({ period }) => period === 'whole');
  const measured = (measure: string) => rows.find((row) => row.measure === measure);
  const missing = measured('days without messages');
  const unknown = measured('replies to messages not in the lake');
  const fact = (name: string, value: string, note?: string) => html`<div><dt>${name}</dt>
<dd>${value}${note === undefined ? undefined : html` <span class="note">${note}</span>`}</dd></div>
`;
  const facts = rows.map((row) =>
    fact(
      values.measure?.[textOf(row, 'measure')] ?? textOf(row, 'measure'),
      formats.count(amountOf(row, 'amount')),
      row.amount_percent === null ? undefined : formats.percent(amountOf(row, 'amount_percent')),
    ),
  );
  return figure({
    id: 'data-quality',
    title: page.quality,
    finding: {
      sentence: tell.quality({
        missingDays: amountOf(missing, 'amount'),
        days: amountOf(missing, 'of_amount'),
        unknownReplies: amountOf(unknown, 'amount'),
      }),
      isTold: true,
    },
    body: html`<dl class="facts">
${facts}${fact(page.lastEtl, formats.shortDay(textOf(whole, 'last_date')))}${
  state && fact(page.quarantined, formats.count(state.quarantined))
}</dl>`,
    description: page.qualityDescription,
    table: undefined,
  });
}
