import type { LoggerInterface } from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import type { ResultTable, Value } from '../../query/query-runner.ts';
import { valueLabel } from '../language/labels.ts';
import type { Language } from '../language/language.ts';
import { labelled, spanInDays } from './chart-labels.ts';
import type { Chart } from './chart-specs.ts';
import { chartTheme } from './chart-theme.ts';
import { slimSvg } from './slim-svg.ts';
import { textWidth } from './text-width.ts';

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
let drawing: ReturnType<typeof loadDrawing> | undefined;

/**
 * A chart as SVG for the page: colors are variables of the page's style, numbers and dates in the language's form.
 *
 * The rows reach Vega as values alone; expressions stand in the spec, which this project wrote. Nothing is loaded.
 *
 * @returns undefined when the spec finds nothing in the rows to draw
 * @throws Error that names the chart when Vega-Lite refuses the spec; for one that draws images or links its cause is
 * an
 *   `UnsafeSvgError`. No value of a row is in it
 */
export async function chartSvg(
  chart: Chart,
  result: ResultTable,
  options: ChartOptions,
): Promise<string | undefined> {
  try {
    return await drawn(chart, result, options);
  } catch (error) {
    // Vega-Lite appends the spec to what is wrong with it.
    const [reason = ''] = String(error instanceof Error ? error.message : error).split(/[{\n]/, 1);
    throw new Error(`${chart.id} cannot be drawn: ${reason.trim()}`, { cause: error });
  }
}

async function drawn(chart: Chart, result: ResultTable, options: ChartOptions): Promise<string | undefined> {
  drawing ??= loadDrawing();
  const [vega, vegaLite] = await drawing;
  const { language, width, className, describedBy, withTitles } = options;
  const failures: unknown[] = [];
  const logger = collecting(vega.logger(vega.Error), failures);
  const { spec } = vegaLite.compile(completed(chart, result, language, width), {
    config: {
      ...chartTheme,
      // On a phone, names must leave room for the chart.
      axis: { ...chartTheme.axis, labelLimit: 0.4 * width },
      legend: { ...chartTheme.legend, gradientLength: Math.min(180, width / 2) },
      locale: { number: language.numberLocale, time: language.timeLocale },
    } as unknown as typeof chartTheme,
    logger,
  });
  const rows = spec.data?.find(({ name }) => name === rowsName);
  if (rows) Object.assign(rows, { values: valuesOf(result, language) });
  const view = new vega.View(vega.parse(spec), {
    renderer: 'none',
    loader: closedLoader(),
    logger,
  });
  try {
    const svg = await view.toSVG();
    // Vega logs what fails while it draws, and goes on without it.
    if (failures.length > 0) throw failures[0];
    const { title } = chart.texts[language.key];
    const slim = slimSvg(svg, {
      prefix: `${chart.id}-${className}`,
      rootAttributes: {
        class: className,
        role: 'img',
        'aria-label': title,
        'aria-describedby': describedBy,
      },
      withTitles,
    });
    return hasMarks(svg) ? slim : undefined;
  } finally {
    view.finalize();
  }
}

/** Whether there is anything between the axes. A line without points is an element without a path. */
const hasMarks = (svg: string): boolean => /\brole-mark\b[^>]*><\w[^>]* (d|transform)="[^"]/.test(svg);

async function loadDrawing() {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  // Without a canvas Vega takes each character for wide: labels would be cut too early, and push the chart aside.
  Object.assign((vega as unknown as { textMetrics: object }).textMetrics, { width: measured });
  return [vega, vegaLite] as const;
}

/** In CSS pixels, for Vega. */
function measured(
  { fontSize = 11, limit = 0 }: { fontSize?: number; limit?: number },
  text: unknown,
): number {
  const width = fontSize * textWidth(String(text ?? ''));
  return limit > 0 ? Math.min(limit, width) : width;
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
  // Vega would not survive a refusal here. A link without an address is drawn, and found by `slimSvg`.
  const withoutAddress = () => Promise.resolve({ href: '' });
  return { load: refuse, sanitize: withoutAddress, http: refuse, file: refuse };
}

/** Under which the rows are put into what Vega-Lite made of a spec. */
const rowsName = 'rows';

function completed(chart: Chart, result: ResultTable, language: Language, width: number): TopLevelSpec {
  const dates = datesIn(result);
  const { params = [], ...spec } = labelled(chart.spec, { language, dates });
  return {
    width,
    autosize: { type: 'fit-x', contains: 'padding' },
    padding: { left: 3, top: 4, right: 2, bottom: 2 },
    ...spec,
    params: [
      { name: 'labels', value: language.columns },
      { name: 'days', value: spanInDays(dates) },
      ...(params as []),
    ],
    data: { name: rowsName },
  } as unknown as TopLevelSpec;
}

/** The distinct days in a result's first column of dates, as moments, in order. */
function datesIn({ columns, rows }: ResultTable): number[] {
  const at = columns.findIndex(({ type }) => type === 'date');
  const days = new Set(rows.map((row) => row[at]).filter((day) => typeof day === 'string'));
  return [...days].sort().map(localMidnight);
}

/** The rows by the names of their columns, dates as moments: midnight by this machine's clock, as Vega counts days. */
function valuesOf({ columns, rows }: ResultTable, language: Language): Record<string, Value>[] {
  const convert = columns.map(({ name, type }) => {
    if (type === 'date') return (value: Value) => (value === null ? null : localMidnight(String(value)));
    return (value: Value) => (typeof value === 'string' ? ownName(valueLabel(name, value, language)) : value);
  });
  return rows.map((row) =>
    Object.fromEntries(
      columns.map(({ name }, index) => [name, convert[index]?.(row[index] ?? null) ?? null]),
    ),
  );
}

/** Vega looks names up in plain objects, where those that every object has, such as `constructor`, are taken. */
const ownName = (name: string): string => (name in Object.prototype ? `${name}\u2060` : name);

function localMidnight(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date).getTime();
}
