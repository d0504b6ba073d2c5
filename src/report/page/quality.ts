import { type Html, html } from '../../base/html.ts';
import type { Day } from '../../base/local-day.ts';
import type { Results } from '../../query/query-runner.ts';
import { amountOf, type Row, rowsOf, textOf } from '../data/records.ts';
import { valueLabel } from '../language/labels.ts';
import type { Language } from '../language/language.ts';
import { type Figure, figure } from './figure.ts';

/** What is known of a lake besides what its tables say. Absent where nobody looked. */
export interface LakeState {
  /** Bodies put aside because they were no updates. */
  readonly quarantined: number;
  /** When the newest day's file was built, in Unix seconds; undefined where there is none. */
  readonly builtAtSeconds: number | undefined;
  /** Days that the page is without, since their files are damaged. */
  readonly damagedDays?: readonly Day[];
}

/** What is missing from the lake or was mended on the way, and how new it is. */
export function quality(
  results: Results,
  state: LakeState | undefined,
  timeZone: string,
  language: Language,
): Figure {
  const { page, formats } = language;
  const rows = rowsOf(results.get('data-quality'));
  const whole = rowsOf(results.get('group-at-a-glance')).find(({ period }) => period === 'whole');
  const facts = rows.map((row) =>
    fact(
      valueLabel('measure', textOf(row, 'measure'), language),
      formats.count(amountOf(row, 'amount')),
      row.amount_percent === null ? undefined : formats.percent(amountOf(row, 'amount_percent')),
    ),
  );
  facts.push(fact(page.newestDay, formats.shortDay(textOf(whole, 'last_date'))));
  if (state?.builtAtSeconds) facts.push(fact(page.builtAt, formats.moment(state.builtAtSeconds, timeZone)));
  if (state) facts.push(fact(page.quarantined, formats.count(state.quarantined)));
  return figure({
    id: 'data-quality',
    title: page.quality,
    finding: {
      sentence: [...damageOf(state, language), ...sentencesOf(rows, language)].join(' '),
      hasEnoughData: true,
    },
    body: html`<dl class="facts">
${facts}</dl>`,
    description: page.qualityDescription,
    table: undefined,
  });
}

/** The days of damaged files, which the page cannot count. */
function damageOf(state: LakeState | undefined, { sentences, formats }: Language): string[] {
  const days = state?.damagedDays ?? [];
  if (days.length === 0) return [];
  const named = days.slice(0, 3).map((day) => formats.shortDay(day));
  return [
    sentences.damagedDays({
      days: days.length,
      named: [...named, ...(days.length > 3 ? ['…'] : [])].join(', '),
    }),
  ];
}

/** What there is to say of missing days, from a week on, and of replies, where there are any. */
function sentencesOf(rows: readonly Row[], { sentences }: Language): string[] {
  const measured = (name: string) => {
    const row = rows.find(({ measure }) => measure === name);
    return { amount: amountOf(row, 'amount'), of: amountOf(row, 'of_amount') };
  };
  const days = measured('days without messages');
  const replies = measured('replies to messages not in the lake');
  return [
    ...(days.of >= 7 ? [sentences.missingDays({ missing: days.amount, days: days.of })] : []),
    ...(replies.of > 0 ? [sentences.unknownReplies({ unknown: replies.amount, replies: replies.of })] : []),
  ];
}

function fact(name: string, value: string, note?: string): Html {
  return html`<div><dt>${name}</dt>
<dd>${value}${note === undefined ? undefined : html` <span class="note">${note}</span>`}</dd></div>
`;
}
