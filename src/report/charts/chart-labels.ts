import { isJsonObject, type JsonObject } from '../../base/json.ts';
import { columnLabel } from '../language/labels.ts';
import type { Language } from '../language/language.ts';
import { amountFormat, dayFormat } from './chart-theme.ts';
import { timeTicks } from './time-ticks.ts';

export interface ChartLabels {
  readonly language: Language;
  /** The days that the chart is of, as moments, in order. */
  readonly dates: readonly number[];
}

/** Those that show a column, whose name they are called by. */
const channels = 'x y color fill stroke opacity size shape text detail row column'.split(' ');

/**
 * A spec with what each chart of the page has: the language's names of columns where it gives no titles, its dates on
 * time axes, steps of color instead of shades, and what a mark says on hover.
 */
export function labelled(spec: JsonObject, labels: ChartLabels): JsonObject {
  return labelledPart(spec, labels, '', {}) as JsonObject;
}

/** @param shared - the encoding of the layers around this part, which holds for it, too */
function labelledPart(part: unknown, labels: ChartLabels, key: string, shared: JsonObject): unknown {
  if (Array.isArray(part)) return part.map((element) => labelledPart(element, labels, key, shared));
  if (!isJsonObject(part)) return part;
  const encoding = isJsonObject(part.encoding) ? { ...shared, ...part.encoding } : shared;
  const copy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(part)) copy[name] = labelledPart(value, labels, name, encoding);
  if (channels.includes(key) && typeof part.field === 'string') return labelledChannel(copy, key, labels);
  if (key === 'encoding') delete copy.tooltip;
  if (part.mark !== undefined) copy.mark = withHoverText(part.mark, encoding, labels);
  return copy;
}

function labelledChannel(channel: JsonObject, key: string, { language, dates }: ChartLabels): JsonObject {
  const { field, type } = channel;
  return {
    title: columnLabel(String(field), language),
    // Shades between two colors cannot be variables of the style; steps can, and are easier to distinguish.
    ...(/^(color|fill)$/.test(key) && type === 'quantitative' && { scale: steps, legend: stepsLegend }),
    ...channel,
    ...(/^[xy]$/.test(key) && type === 'temporal' && { axis: timeAxis(channel.axis, dates) }),
  };
}

/** From nothing on, and of whole messages also where there are few. */
const steps = { type: 'quantize', domain: { unionWith: [0, 10] }, nice: true };

/** Each step's first whole amount; the lowest begins with nothing. */
const stepsLegend = { labelExpr: "isFinite(datum.value) ? format(ceil(datum.value), ',d') : ''" };

function timeAxis(axis: unknown, dates: readonly number[]): unknown {
  if (axis === null) return null;
  const { values, labels } = timeTicks(dates);
  return { values: [...values], ...labels, ...(isJsonObject(axis) && axis) };
}

/** How many days there are from the first to the last of them, both included. */
export const spanInDays = (dates: readonly number[]): number =>
  dates.length === 0 ? 0 : Math.round(((dates.at(-1) ?? 0) - (dates[0] ?? 0)) / 86_400_000) + 1;

/**
 * Vega writes no tooltips into SVG, but the description of a mark, which the page shows as its title. Without a
 * tooltip in the spec it is made of the columns that the mark shows, amounts last.
 */
function withHoverText(mark: unknown, encoding: JsonObject, { language }: ChartLabels): unknown {
  const shown = Array.isArray(encoding.tooltip) ? (encoding.tooltip as JsonObject[]) : shownColumns(encoding);
  if (shown.length === 0) return mark;
  const words = shown.map(({ field, type }) => {
    const value = `datum[${JSON.stringify(field)}]`;
    if (type === 'temporal') return `timeFormat(${value}, '${dayFormat}')`;
    if (type !== 'quantitative') return value;
    return `format(${value}, '${amountFormat}') + ${JSON.stringify(` ${columnLabel(String(field), language)}`)}`;
  });
  return {
    ...(isJsonObject(mark) ? mark : { type: mark }),
    description: { expr: words.join(" + ' · ' + ") },
  };
}

function shownColumns(encoding: JsonObject): JsonObject[] {
  const shown = channels.map((channel) => encoding[channel]).filter(isJsonObject);
  // What Vega-Lite computes itself has a name of its own.
  if (shown.some(({ aggregate, bin, timeUnit }) => aggregate || bin || timeUnit)) return [];
  const columns = new Map(shown.filter(({ field }) => field).map((channel) => [channel.field, channel]));
  const isAmount = ({ type }: JsonObject) => Number(type === 'quantitative');
  return [...columns.values()].sort((one, other) => isAmount(one) - isAmount(other));
}
