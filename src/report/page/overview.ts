import { type Html, html } from '../../base/html.ts';
import type { Results } from '../../query/query-runner.ts';
import { amountOf, rowsOf, textOf } from '../data/records.ts';
import type { Language } from '../language/language.ts';
import type { Figure } from './figure.ts';

/** The figures whose findings stand on the first screen, too, as far as there is enough to sentences. */
const inShort = ['busiest-hour', 'most-active-users', 'questions-answered-per-day', 'open-questions'];

/** The first screen: how much, who, when, whether it is more than before, and the rest of the story in short. */
export function overview(results: Results, figures: readonly Figure[], language: Language): Html {
  const { page, formats } = language;
  const rows = rowsOf(results.get('group-at-a-glance'));
  const [whole, newest, before] = ['whole', 'newest', 'before'].map((name) =>
    rows.find(({ period }) => period === name),
  );
  const [messages, people, days] = ['message_amount', 'user_amount', 'day_amount'].map((column) =>
    amountOf(whole, column),
  ) as [number, number, number];
  const previous = amountOf(before, 'message_amount');
  const trend = {
    percent: (100 * amountOf(newest, 'message_amount')) / previous - 100,
    days: amountOf(newest, 'day_amount'),
    messages: amountOf(newest, 'message_amount'),
    before: previous,
  };
  // The query has no row for a period without messages, and none of both before there are two weeks.
  const hasTrend = newest !== undefined;
  const number = (amount: string, words: string) => html`<div><dt>${words}</dt><dd>${amount}</dd></div>
`;
  const told = figures.filter(({ id, finding }) => inShort.includes(id) && finding.hasEnoughData);
  return html`<p class="lead">${page.period(formats.day(textOf(whole, 'first_date')), formats.day(textOf(whole, 'last_date')))}</p>
<dl class="glance">
${number(formats.count(messages), page.messages(messages))}${number(formats.count(people), page.people(people))}${number(formats.count(days), page.days(days))}${
  previous > 0 ? number(signed(trend.percent, language), page.trend(trend.days)) : undefined
}</dl>
<p class="${hasTrend ? 'finding' : 'finding untold'}">${hasTrend ? language.sentences.trend(trend) : page.noTrend}</p>
${
  told.length > 0
    ? html`<ul class="short">${told.map(({ id, finding }) => html`<li><a href="#${id}">${finding.sentence}</a></li>`)}</ul>`
    : undefined
}`;
}

function signed(percent: number, { formats }: Language): string {
  const rounded = Math.round(percent);
  return `${rounded > 0 ? '+' : rounded < 0 ? '−' : '±'}${formats.percent(Math.abs(rounded))}`;
}
