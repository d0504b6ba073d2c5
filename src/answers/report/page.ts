import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ResultTable } from '../query-runner.ts';
import { type Chart, type SectionName, sectionNames } from './chart-specs.ts';
import { chartSvg } from './chart-svg.ts';
import { findingOf } from './findings.ts';
import { type Html, html, trustedHtml } from './html.ts';
import type { Language } from './language.ts';
import { frequentQuestions, glance, type LakeState, openQuestions, quality } from './lists.ts';
import type { Results } from './people.ts';
import { table } from './table.ts';

export interface PageOptions {
  readonly language: Language;
  readonly timeZone: string;
  readonly anonymous: boolean;
  readonly state?: LakeState | undefined;
  /** When the page is made, in Unix seconds. */
  readonly now: number;
}

const style = readFileSync(new URL('./report.css', import.meta.url), 'utf8').trim();

/**
 * What the page allows a browser to do: apply its own style sheet, known by its digest, and nothing else. No script, no
 * image, no font, no request.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

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
  const { language, now, timeZone, anonymous } = options;
  const { page, tag, sections, formats } = language;
  const isEmpty = (results.get('group-at-a-glance')?.rows.length ?? 0) === 0;
  const parts: Html[] = [];
  const shown: SectionName[] = [];
  for (const section of isEmpty ? [] : sectionNames) {
    const figures = await sectionFigures(section, results, charts, options);
    if (figures.length === 0) continue;
    shown.push(section);
    parts.push(html`<section id="${section}" aria-labelledby="${section}-title">
<h2 id="${section}-title">${sections[section]}</h2>
${figures}
</section>
`);
  }
  const text = html`<!doctype html>
<html lang="${tag}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${page.title}</title>
<style>${trustedHtml(style)}</style>
</head>
<body>
<header>
<h1>${page.title}</h1>
${isEmpty ? html`<p class="lead">${page.empty}</p>` : glance(results, language)}
${anonymous ? html`<p class="note">${page.anonymous}</p>` : undefined}
${
  shown.length > 0
    ? html`<nav aria-label="${page.contents}"><ul>${shown.map((name) => html`<li><a href="#${name}">${sections[name]}</a></li>`)}</ul></nav>`
    : undefined
}
</header>
<main>
${parts}</main>
<footer><p>${page.madeAt(formats.moment(now, timeZone))}</p></footer>
</body>
</html>
`;
  return text.text;
}

async function sectionFigures(
  section: SectionName,
  results: Results,
  charts: readonly Chart[],
  { language, state, anonymous }: PageOptions,
): Promise<Html[]> {
  const figures: Html[] = [];
  if (section === 'questions') figures.push(frequentQuestions(results, language));
  for (const chart of charts.filter((candidate) => candidate.section === section)) {
    const result = results.get(chart.query);
    if (result) figures.push(await figure(chart, result, language));
  }
  if (section === 'questions') figures.push(openQuestions(results, language, anonymous));
  if (section === 'quality') figures.push(quality(results, language, state));
  return figures;
}

async function figure(chart: Chart, result: ResultTable, language: Language): Promise<Html> {
  const { title, description } = chart.texts[language.key];
  const nothing = result.rows.length === 0;
  const drawn = nothing ? undefined : await bothSizes(chart, result, language);
  return html`<figure id="${chart.id}">
<h3>${title}</h3>
<p class="finding" id="${chart.id}-finding">${nothing ? language.page.nothing : findingOf(chart.finding, result, language)}</p>
${drawn}
<figcaption>${description}</figcaption>
${nothing ? undefined : table(chart.query, title, result, language)}
</figure>
`;
}

/** In CSS pixels: the text column of the page, and of a phone. */
const widths = { wide: 800, narrow: 340 };

async function bothSizes(chart: Chart, result: ResultTable, language: Language): Promise<Html> {
  const drawn = { describedBy: `${chart.id}-finding`, language };
  const wide = await chartSvg(chart, result, {
    ...drawn,
    width: widths.wide,
    className: 'wide',
    withTitles: true,
  });
  // A finger does not hover.
  const narrow = await chartSvg(chart, result, {
    ...drawn,
    width: widths.narrow,
    className: 'narrow',
    withTitles: false,
  });
  return html`${trustedHtml(wide)}
${trustedHtml(narrow)}`;
}
