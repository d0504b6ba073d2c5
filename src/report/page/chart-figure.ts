import { type Html, html, trustedHtml } from '../../base/html.ts';
import type { ResultTable } from '../../query/query-runner.ts';
import type { Chart } from '../charts/chart-specs.ts';
import { chartSvg } from '../charts/chart-svg.ts';
import { findingOf } from '../data/findings/findings.ts';
import type { Language } from '../language/language.ts';
import { type Figure, figure } from './figure.ts';
import { table } from './table.ts';

/** In CSS pixels: the text column of the page, and of a phone. */
const widths = { wide: 800, narrow: 340 };

/** A chart with its finding and its table; without a picture where there is not enough data for the finding. */
export async function chartFigure(chart: Chart, result: ResultTable, language: Language): Promise<Figure> {
  const { id, query } = chart;
  const { title, description } = chart.texts[language.key];
  const finding =
    result.rows.length === 0
      ? { sentence: language.page.nothing, hasEnoughData: false }
      : findingOf(chart.finding, result, language);
  if (!finding.hasEnoughData) {
    return figure({ id, title, finding, body: undefined, description, table: undefined });
  }
  return figure({
    id,
    title,
    finding,
    body: await bothSizes(chart, result, language),
    description,
    table: table(query, title, result, language),
  });
}

async function bothSizes(chart: Chart, result: ResultTable, language: Language): Promise<Html | undefined> {
  const describedBy = `${chart.id}-finding`;
  const draw = (className: keyof typeof widths, withTitles: boolean) =>
    chartSvg(chart, result, { width: widths[className], className, describedBy, withTitles, language });
  const wide = await draw('wide', true);
  // Touch screens have no hover, so the titles are left out.
  const narrow = await draw('narrow', false);
  if (!wide || !narrow) return undefined;
  return html`${trustedHtml(wide)}
${trustedHtml(narrow)}`;
}
