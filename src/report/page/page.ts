import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Html, html, trustedHtml } from '../../base/html.ts';
import type { Results } from '../../query/query-runner.ts';
import type { Chart } from '../charts/chart-specs.ts';
import { sanitizeText } from '../data/sanitize.ts';
import type { Language } from '../language/language.ts';
import { type SectionName, sectionNames } from '../sections.ts';
import { chartFigure } from './chart-figure.ts';
import { type Chooser, chooserOf } from './chooser.ts';
import type { Figure } from './figure.ts';
import { groupsFigure, headingOf } from './groups.ts';
import { frequentQuestionsFigure, openQuestionsFigure } from './lists.ts';
import { overview, type Period } from './overview.ts';
import { type LakeState, quality } from './quality.ts';

export interface PageOptions {
  readonly language: Language;
  readonly timeZone: string;
  /** The page's heading; the group's own name where it is left out. */
  readonly title?: string | undefined;
  readonly anonymous: boolean;
  /** Where the results are of a part of the history only. */
  readonly period?: Period | undefined;
  /** Links to the pages of the groups that a server has. */
  readonly chooser?: Chooser | undefined;
  readonly state?: LakeState | undefined;
  readonly isLive?: boolean;
  /** When the page is made, in Unix seconds. */
  readonly now: number;
}

const style = readFileSync(new URL('./report.css', import.meta.url), 'utf8').trim();

/** Reloads the live page when the server reports a change, but not while somebody reads a table. */
const liveScript =
  "new EventSource('changes').onmessage = () => document.querySelector('details[open]') || location.reload();";

const digestOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * What the page allows a browser to do: apply its own style sheet, known by its digest, and nothing else. No script, no
 * image, no font, no request.
 */
export const contentSecurityPolicy = `default-src 'none'; style-src ${digestOf(style)}; base-uri 'none'; form-action 'none'`;

/** The same for the live page, which may run its one line of script besides, and ask its server for changes. */
export const livePagePolicy = `${contentSecurityPolicy}; script-src ${digestOf(liveScript)}; connect-src 'self'`;

/**
 * The report of a lake as one HTML page that needs nothing else.
 *
 * @param results - of the saved queries, with names as they are to be shown
 * @param charts - in the order of the story
 */
export async function reportPage(
  results: Results,
  charts: readonly Chart[],
  options: PageOptions,
): Promise<string> {
  const { language, now, timeZone, anonymous, isLive = false, period } = options;
  const { page, tag, sections, formats } = language;
  const title = sanitizeText(options.title ?? '', 100) || (headingOf(results, language) ?? page.title);
  const isEmpty = (results.get('group-at-a-glance')?.rows.length ?? 0) === 0;
  const figures = new Map<SectionName, readonly Figure[]>();
  const folded: Figure[] = [];
  for (const section of isEmpty ? [] : sectionNames) {
    const ofSection = await sectionFigures(section, results, charts, options);
    const shown = ofSection.filter(({ finding }) => finding.hasEnoughData);
    if (shown.length > 0) figures.set(section, shown);
    // A group without a bot misses nothing.
    if (section === 'bot' && shown.length === 0) continue;
    folded.push(...ofSection.filter(({ finding }) => !finding.hasEnoughData));
  }
  const text = html`<!doctype html>
<html lang="${tag}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${isLive ? livePagePolicy : contentSecurityPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${trustedHtml(style)}</style>
${isLive ? html`<script>${trustedHtml(liveScript)}</script>` : undefined}
</head>
<body>
<header>
${options.chooser && chooserOf(options.chooser, language)}<h1>${title}</h1>
${isEmpty ? html`<p class="lead">${period ? page.emptyPeriod : page.empty}</p>` : overview(results, [...figures.values()].flat(), language, period)}
${anonymous ? html`<p class="note">${page.anonymous}</p>` : undefined}
</header>
${figures.size > 0 ? contents([...figures.keys()], language) : undefined}
<main>
${[...figures].map(
  ([section, ofSection]) => html`<section id="${section}" aria-labelledby="${section}-title">
<h2 id="${section}-title">${sections[section]}</h2>
${ofSection.map((figure) => figure.html)}
</section>
`,
)}${folded.length > 0 ? notEnoughData(folded, language) : undefined}</main>
<footer><p>${page.madeAt(formats.moment(now, timeZone))}</p></footer>
</body>
</html>
`;
  return text.text;
}

/** The parts of the story that this lake has too little data for, in one line. */
function notEnoughData(figures: readonly Figure[], { page }: Language): Html {
  const parts = figures.map(({ title, finding }) => `${title} (${finding.needed ?? page.none})`);
  return html`<p class="note" id="not-enough-data">${page.notEnoughData} ${parts.join(' · ')}</p>
`;
}

function contents(shown: readonly SectionName[], { page, sections }: Language): Html {
  return html`<nav aria-label="${page.contents}"><ul>${shown.map((name) => html`<li><a href="#${name}">${sections[name]}</a></li>`)}</ul></nav>`;
}

async function sectionFigures(
  section: SectionName,
  results: Results,
  charts: readonly Chart[],
  { language, timeZone, state, anonymous }: PageOptions,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  const groups = section === 'groups' ? groupsFigure(results, language) : undefined;
  if (groups) figures.push(groups);
  if (section === 'questions') figures.push(frequentQuestionsFigure(results, language, anonymous));
  for (const chart of charts.filter((candidate) => candidate.section === section)) {
    const result = results.get(chart.query);
    if (result) figures.push(await chartFigure(chart, result, language));
  }
  if (section === 'questions') figures.push(openQuestionsFigure(results, language, anonymous));
  if (section === 'quality') figures.push(quality(results, state, timeZone, language));
  return figures;
}
