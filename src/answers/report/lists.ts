import { type Html, html } from './html.ts';
import type { Language } from './language.ts';
import type { Results } from './people.ts';
import { amountOf, rowsOf, textOf } from './records.ts';
import { table } from './table.ts';

/** What is known of a lake besides what its tables say. Absent where nobody looked. */
export interface LakeState {
  /** Bodies put aside because they were no updates. */
  readonly quarantined: number;
}

/** The first lines of the page: how much, who, when, and whether it is more than before. */
export function glance(results: Results, { page, formats, tell }: Language): Html {
  const rows = rowsOf(results.get('group-at-a-glance'));
  const [whole, newest, before] = ['whole', 'newest', 'before'].map((name) =>
    rows.find(({ period }) => period === name),
  );
  const previous = amountOf(before, 'message_amount');
  const percent = previous > 0 ? (100 * amountOf(newest, 'message_amount')) / previous - 100 : undefined;
  const number = (amount: string, words: string) => html`<div><dt>${words}</dt><dd>${amount}</dd></div>`;
  const change = (value: number) =>
    `${value > 0 ? '+' : value < 0 ? '−' : '±'}${formats.percent(Math.abs(Math.round(value)))}`;
  return html`<p class="lead">${page.period(formats.day(textOf(whole, 'first_date')), formats.day(textOf(whole, 'last_date')))}</p>
<dl class="glance">
${number(formats.count(amountOf(whole, 'message_amount')), page.messages)}
${number(formats.count(amountOf(whole, 'user_amount')), page.people)}
${number(formats.count(amountOf(whole, 'day_amount')), page.days)}
${percent === undefined ? undefined : number(change(percent), page.trend)}
</dl>
<p class="finding">${
    percent === undefined
      ? tell.tooLittle(tell.needs.weeks(2))
      : tell.trend({
          percent,
          days: amountOf(newest, 'day_amount'),
          messages: amountOf(newest, 'message_amount'),
          before: previous,
        })
  }</p>`;
}

const shownQuestions = 10;

/** The questions that are asked most, as a list: questions are read, not looked at. */
export function frequentQuestions(results: Results, language: Language): Html {
  const { page, tell } = language;
  const result = results.get('most-frequent-questions');
  const rows = rowsOf(result);
  // The wording of a person where it may be shown, else the words that all of them have in common.
  const words = (row: (typeof rows)[number]) => shortened(textOf(row, 'example') || textOf(row, 'question'));
  const [first] = rows;
  const most = amountOf(first, 'question_amount');
  const finding = first
    ? tell.topQuestion({ question: words(first), times: most, people: amountOf(first, 'user_amount') })
    : page.nothing;
  const lines = rows.slice(0, shownQuestions).map((row) => {
    const times = amountOf(row, 'question_amount');
    return html`<li><q><bdi>${words(row)}</bdi></q> <span class="note">${page.asked(times, amountOf(row, 'user_amount'))}</span>
<meter min="0" max="${most}" value="${times}" aria-hidden="true"></meter></li>
`;
  });
  return html`<figure id="most-frequent-questions">
<h3>${page.frequentQuestions}</h3>
<p class="finding">${finding}</p>
${lines.length > 0 ? html`<ol class="ranked">${lines}</ol>` : undefined}
<figcaption>${page.frequentQuestionsDescription}</figcaption>
${result && rows.length > 0 ? table('most-frequent-questions', page.frequentQuestions, result, language) : undefined}
</figure>
`;
}

/** The questions that nobody answered, each with a link into Telegram. */
export function openQuestions(results: Results, language: Language, anonymous: boolean): Html {
  const { page, tell, formats } = language;
  const result = results.get('open-questions');
  const rows = rowsOf(result);
  const oldWeek = rows.filter((row) => amountOf(row, 'age_hours') >= 7 * 24).length;
  const lines = rows.slice(0, shownQuestions).map((row) => {
    const link = textOf(row, 'message_link');
    // Built by the saved query from ids; anything else would be none of ours.
    const isLink = /^https:\/\/t\.me\/c\/\d+\/\d+$/.test(link);
    return html`<li><q><bdi>${shortened(textOf(row, 'question'))}</bdi></q>
<span class="note"><bdi>${textOf(row, 'user_first_name')}</bdi> · ${page.ago(formats.duration(amountOf(row, 'age_hours') * 3_600))}${
      isLink ? html` · <a href="${link}" rel="noreferrer noopener">${page.showMessage}</a>` : undefined
    }</span></li>
`;
  });
  const list = anonymous
    ? html`<p class="note">${page.hiddenTexts}</p>`
    : html`<ul class="ranked">${lines}</ul>`;
  return html`<figure id="open-questions">
<h3>${page.openQuestions}</h3>
<p class="finding">${tell.openQuestions({ open: rows.length, oldWeek })}</p>
${rows.length > 0 ? list : undefined}
<figcaption>${page.openQuestionsDescription}</figcaption>
${result && rows.length > 0 ? table('open-questions', page.openQuestions, result, language) : undefined}
</figure>
`;
}

/** What is missing from the lake or was mended on the way. */
export function quality(results: Results, language: Language, state: LakeState | undefined): Html {
  const { page, tell, formats, values } = language;
  const rows = rowsOf(results.get('data-quality'));
  const whole = rowsOf(results.get('group-at-a-glance')).find(({ period }) => period === 'whole');
  const measured = (measure: string) => rows.find((row) => row.measure === measure);
  const missing = measured('days without messages');
  const unknown = measured('replies to messages not in the lake');
  const facts = rows.map(
    (row) => html`<div><dt>${values.measure?.[textOf(row, 'measure')] ?? textOf(row, 'measure')}</dt>
<dd>${formats.count(amountOf(row, 'amount'))}${
      row.amount_percent === null
        ? undefined
        : html` <span class="note">${formats.percent(amountOf(row, 'amount_percent'))}</span>`
    }</dd></div>
`,
  );
  return html`<figure id="data-quality">
<h3>${page.quality}</h3>
<p class="finding">${tell.quality({
    missingDays: amountOf(missing, 'amount'),
    days: amountOf(missing, 'of_amount'),
    unknownReplies: amountOf(unknown, 'amount'),
  })}</p>
<dl class="facts">
${facts}<div><dt>${page.lastEtl}</dt><dd>${formats.shortDay(textOf(whole, 'last_date'))}</dd></div>
${state ? html`<div><dt>${page.quarantined}</dt><dd>${formats.count(state.quarantined)}</dd></div>` : undefined}
</dl>
<figcaption>${page.qualityDescription}</figcaption>
</figure>
`;
}

/** Enough of a message to know it by, on one line. */
function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const characters = [...line.slice(0, 400)];
  return characters.length > 160 ? `${legibleLine(characters.slice(0, 159).join(''))}…` : legibleLine(line);
}

const legibleLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, '');
