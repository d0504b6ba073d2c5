import { type Html, html } from '../../base/html.ts';
import type { Results } from '../../query/query-runner.ts';
import { overviewOf } from '../data/overview.ts';
import type { Language } from '../language/language.ts';
import type { Figure } from './figure.ts';

/** The figures whose findings also stand on the first screen, as far as there is enough data for them. */
const inShort = ['busiest-hour', 'most-active-users', 'questions-answered-per-day', 'open-questions'];

/** The first screen: how much, who, when, whether it is more than before, and the rest of the story in short. */
export function overview(results: Results, figures: readonly Figure[], language: Language): Html {
  const { page, formats, sentences } = language;
  const { messages, people, days, firstDate, lastDate, trend } = overviewOf(results);
  const number = (amount: string, words: string) => html`<div><dt>${words}</dt><dd>${amount}</dd></div>
`;
  const shown = figures.filter(({ id, finding }) => inShort.includes(id) && finding.hasEnoughData);
  return html`<p class="lead">${page.period(formats.day(firstDate), formats.day(lastDate))}</p>
<dl class="overview">
${number(formats.count(messages), page.messages(messages))}${number(formats.count(people), page.people(people))}${number(formats.count(days), page.days(days))}${
  trend && trend.before > 0 ? number(signed(trend.percent, language), page.trend(trend.days)) : undefined
}</dl>
<p class="${trend ? 'finding' : 'finding untold'}">${trend ? sentences.trend(trend) : page.noTrend}</p>
${
  shown.length > 0
    ? html`<ul class="short">${shown.map(({ id, finding }) => html`<li><a href="#${id}">${finding.sentence}</a></li>`)}</ul>`
    : undefined
}`;
}

function signed(percent: number, { formats }: Language): string {
  const rounded = Math.round(percent);
  return `${rounded > 0 ? '+' : rounded < 0 ? '−' : '±'}${formats.percent(Math.abs(rounded))}`;
}
