import type { LoggerInterface } from 'vega';
import type { Config, TopLevelSpec } from 'vega-lite';
import type { ResultTable, Value } from '../query-runner.ts';
import type { Chart } from './chart-specs.ts';
import type { Language } from './language.ts';
import { attribute, slimSvg } from './slim-svg.ts';

/** What a chart is drawn from besides its spec. */
export interface ChartOptions {
  /** In CSS pixels, with axes and legend. */
  readonly width: number;
  /** The class of the `svg` element, by which the page shows or hides it. */
  readonly className: string;
  /** The id of the element that describes the chart. */
  readonly describedBy: string;
  /** Whether marks get titles, which browsers show on hover. */
  readonly withTitles: boolean;
  readonly language: Language;
}

/** Loaded at the first chart: both together take longer than all the rest of the command line. */
let drawing: Promise<[typeof import('vega'), typeof import('vega-lite')]> | undefined;

/**
 * A chart as SVG for the page: colors are variables of the page's style, numbers and dates in the language's form.
 *
 * The rows reach Vega as values alone; expressions stand in the spec, which whoever runs this wrote. Nothing is loaded.
 *
 * @throws Error when Vega-Lite refuses the spec
 * @throws {UnsafeSvgError} when the spec draws images or links
 */
export async function chartSvg(chart: Chart, result: ResultTable, options: ChartOptions): Promise<string> {
  drawing ??= Promise.all([import('vega'), import('vega-lite')]);
  const [vega, vegaLite] = await drawing;
  const { language, width, className, describedBy, withTitles } = options;
  const failures: unknown[] = [];
  const logger = collecting(vega.logger(vega.Error), failures);
  const { spec } = vegaLite.compile(completed(chart, result, language, width), {
    config: {
      ...config,
      legend: { ...config.legend, gradientLength: Math.min(160, width / 4) },
      locale: { number: language.numberLocale, time: language.timeLocale },
    } as unknown as Config,
    logger,
  });
  const view = new vega.View(vega.parse(spec), {
    renderer: 'none',
    loader: closedLoader(),
    logger,
  });
  try {
    const svg = await view.toSVG();
    // Vega logs what fails while it draws, and goes on without it.
    if (failures.length > 0) throw new Error(`${chart.id} cannot be drawn: ${failures[0]}`);
    const { title } = chart.texts[language.key];
    const root = [
      attribute('class', className),
      'role="img"',
      attribute('aria-label', title),
      attribute('aria-describedby', describedBy),
    ];
    return slimSvg(svg, `${chart.id}-${className}`, root.join(' '), withTitles);
  } finally {
    view.finalize();
  }
}

function collecting(logger: LoggerInterface, failures: unknown[]): LoggerInterface {
  logger.error = (...messages) => {
    failures.push(...messages);
    return logger;
  };
  return logger;
}

/** Specs are pictures of their rows: nothing else is to be read, from files or from the network. */
function closedLoader() {
  const refuse = () => Promise.reject(new Error('a chart loads nothing'));
  return { load: refuse, sanitize: refuse, http: refuse, file: refuse };
}

type Json = Readonly<Record<string, unknown>>;

function completed(chart: Chart, result: ResultTable, language: Language, width: number): TopLevelSpec {
  const { params = [], ...spec } = labelled(chart.spec, language) as Json;
  return {
    width,
    autosize: { type: 'fit-x', contains: 'padding' },
    padding: { left: 3, top: 4, right: 2, bottom: 2 },
    ...spec,
    params: [{ name: 'labels', value: language.columns }, ...(params as [])],
    data: { values: valuesOf(result, language) },
  } as unknown as TopLevelSpec;
}

/** The rows by the names of their columns, dates as moments: midnight by this machine's clock, as Vega counts days. */
function valuesOf({ columns, rows }: ResultTable, language: Language): Record<string, Value>[] {
  const convert = columns.map(({ name, type }) => {
    const words = language.values[name];
    if (type === 'date') return (value: Value) => (value === null ? null : localMidnight(String(value)));
    return (value: Value) => words?.[String(value)] ?? value;
  });
  return rows.map((row) =>
    Object.fromEntries(
      columns.map(({ name }, index) => [name, convert[index]?.(row[index] ?? null) ?? null]),
    ),
  );
}

function localMidnight(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date).getTime();
}

const channels = new Set([
  'x',
  'y',
  'x2',
  'y2',
  'color',
  'fill',
  'stroke',
  'opacity',
  'size',
  'text',
  'detail',
  'row',
  'column',
]);

/**
 * The spec with what every chart of the page has: the language's names of columns where it gives none, its dates on
 * time axes, steps of color instead of shades, and the tooltip as a title.
 */
function labelled(part: unknown, language: Language, key = ''): unknown {
  if (Array.isArray(part)) return part.map((element) => labelled(element, language, key));
  if (!isObject(part)) return part;
  const copy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(part)) copy[name] = labelled(value, language, name);
  const { field, title, type, scale, axis } = copy;
  if (channels.has(key) && typeof field === 'string') {
    if (title === undefined && !key.endsWith('2')) copy.title = columnLabel(field, language);
    if (/^[xy]$/.test(key) && type === 'temporal' && axis === undefined) copy.axis = { format: dateFormats };
    // Shades between two colors cannot be variables of the style; steps can, and are easier to tell apart.
    if (/^(color|fill)$/.test(key) && type === 'quantitative' && scale === undefined)
      copy.scale = { type: 'quantize' };
  }
  return isObject(copy.encoding) && Array.isArray(copy.encoding.tooltip) ? titled(copy, language) : copy;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Vega writes no tooltips into SVG, but the description of a mark, which the page shows as its title. */
function titled(unit: Record<string, unknown>, language: Language): Record<string, unknown> {
  const { tooltip, ...encoding } = unit.encoding as Record<string, unknown>;
  const words = (tooltip as Json[]).map(({ field, type }) => {
    const value = `datum[${JSON.stringify(field)}]`;
    if (type === 'temporal') return `timeFormat(${value}, '${dayFormat}')`;
    if (type !== 'quantitative') return `${value}`;
    return `format(${value}, '${numberFormat}') + ${JSON.stringify(` ${columnLabel(String(field), language)}`)}`;
  });
  const title = { calculate: words.join(" + ' · ' + "), as: 'mark_title' };
  return {
    ...unit,
    transform: [...((unit.transform as []) ?? []), title],
    encoding: { ...encoding, description: { field: 'mark_title', type: 'nominal' } },
  };
}

const numberFormat = ',.1~f';
const dayFormat = '%-d %b %Y';
const dateFormats = { year: '%Y', quarter: '%b', month: '%b', week: '%-d %b', date: '%-d %b', day: '%-d %b' };

/** What a column is called in the page: the language's name of it, or its own with spaces. */
export const columnLabel = (column: string, { columns }: Language): string =>
  columns[column] ?? column.replaceAll('_', ' ');

const text = 'var(--text-2)';
const shades = [1, 2, 3, 4, 5, 6].map((step) => `var(--heat-${step})`);
const hues = [1, 2, 3, 4, 5].map((hue) => `var(--hue-${hue})`);

const config: Config = {
  background: 'transparent',
  numberFormat,
  timeFormat: dayFormat,
  view: { stroke: null },
  axis: {
    domain: false,
    ticks: false,
    gridColor: 'var(--line)',
    labelColor: text,
    titleColor: text,
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    labelPadding: 6,
    labelLimit: 150,
  },
  axisX: { grid: false, labelFlush: true, labelBound: true },
  axisDiscrete: { grid: false, labelAngle: 0 },
  legend: {
    orient: 'top',
    titleOrient: 'left',
    titleColor: text,
    labelColor: text,
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    symbolType: 'square',
    symbolSize: 110,
    symbolStrokeWidth: 0,
    gradientThickness: 10,
    gradientStrokeColor: 'transparent',
  },
  bar: { color: 'var(--hue-1)' },
  line: { color: 'var(--hue-2)', strokeWidth: 2 },
  area: { color: 'var(--hue-1)' },
  point: { color: 'var(--hue-1)', filled: true, size: 45, opacity: 1 },
  circle: { color: 'var(--hue-1)', opacity: 1 },
  rule: { color: 'var(--text-2)' },
  tick: { color: 'var(--hue-2)', thickness: 2, opacity: 1 },
  text: { color: 'var(--text)', fontSize: 12 },
  rect: { color: 'var(--hue-1)' },
  range: { category: hues, ramp: shades, heatmap: shades, ordinal: shades },
} as Config;
