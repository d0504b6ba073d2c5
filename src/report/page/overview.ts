import { type Html, html } from '../../base/html.ts';
import { countDays, type Day } from '../../base/local-day.ts';
import type { Results } from '../../query/query-runner.ts';
import { type Compared, type Comparison, comparisonOf } from '../data/comparison.ts';
import { overviewOf } from '../data/overview.ts';
import type { Language } from '../language/language.ts';
import type { Figure } from './figure.ts';

/** The figures whose findings also stand on the first screen, as far as there is enough data for them. */
const inShort = ['busiest-hour', 'most-active-users', 'questions-answered-per-day', 'open-questions'];

/** A part of the history that a page is about. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
  /** Results of `comparedQueries` in the period before, of the same length; undefined where there is none. */
  readonly before?: Results | undefined;
}

/** The first screen: how much, who, when, whether it is more than before, and the rest of the story in short. */
export function overview(
  results: Results,
  figures: readonly Figure[],
  language: Language,
  period?: Period,
): Html {
  const { page, formats } = language;
  const { firstDate, lastDate } = overviewOf(results);
  const [from, to] = [period?.from ?? firstDate, period?.to ?? lastDate];
  const shown = figures.filter(({ id, finding }) => inShort.includes(id) && finding.hasEnoughData);
  return html`<p class="lead">${page.period(formats.day(from), formats.day(to))}</p>
${period?.before ? compared(comparisonOf(results, period.before, countDays(from, to)), language) : ofAll(results, language, period)}
${
  shown.length > 0
    ? html`<ul class="short">${shown.map(({ id, finding }) => html`<li><a href="#${id}">${finding.sentence}</a></li>`)}</ul>`
    : undefined
}`;
}

function ofAll(results: Results, { page, formats, sentences }: Language, period: Period | undefined): Html {
  const whole = overviewOf(results);
  const { messages, people, days } = whole;
  // The halves of a period are not what it is compared with.
  const trend = period ? undefined : whole.trend;
  const number = (amount: string, words: string) => html`<div><dt>${words}</dt><dd>${amount}</dd></div>
`;
  return html`<dl class="overview">
${number(formats.count(messages), page.messages(messages))}${number(formats.count(people), page.people(people))}${number(formats.count(days), page.days(days))}${
  trend && trend.before > 0 ? number(signed(trend.percent, formats), page.trend(trend.days)) : undefined
}</dl>
<p class="${trend ? 'finding' : 'finding untold'}">${trend ? sentences.trend(trend) : period ? page.noPeriodBefore : page.noTrend}</p>`;
}

/** Each number of a period with that of the period before. */
function compared(comparison: Comparison, { page, formats, sentences }: Language): Html {
  const { messages, people, questions, answeredPercent } = comparison;
  const number = ({ now, before }: Compared, words: string, text = formats.count) => html`<div>
<dt>${words} <span class="note">${page.before(text(before))}</span></dt><dd>${text(now)}</dd></div>
`;
  return html`<dl class="overview" id="compared">
${number(messages, page.messages(messages.now))}${number(people, page.people(people.now))}${number(
  questions,
  page.questions(questions.now),
)}${answeredPercent && number(answeredPercent, page.answered, formats.percent)}</dl>
<p class="finding">${sentences.compared(comparison)}</p>`;
}

function signed(percent: number, formats: Language['formats']): string {
  const rounded = Math.round(percent);
  return `${rounded > 0 ? '+' : rounded < 0 ? '−' : '±'}${formats.percent(Math.abs(rounded))}`;
}
