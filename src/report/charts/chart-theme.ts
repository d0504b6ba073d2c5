import type { Config } from 'vega-lite';

/** How amounts are written on marks and axes: d3's format, in the language's form. */
export const amountFormat = ',.1~f';

/** How a single day is written on marks. */
export const dayFormat = '%-d %b %Y';

const text = 'var(--text-2)';
const shades = [1, 2, 3, 4, 5].map((step) => `var(--heat-${step})`);
const hues = [1, 2, 3, 4, 5].map((hue) => `var(--hue-${hue})`);

/**
 * What every chart looks like. Colors are variables of the page's style sheet, so that one picture serves the light and
 * the dark page; so steps of color and not shades, which Vega would have to compute.
 */
export const chartTheme: Config = {
  background: 'transparent',
  numberFormat: amountFormat,
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
  },
  axisX: { grid: false, labelFlush: true, labelBound: true },
  axisQuantitative: { tickCount: 5, tickMinStep: 1 },
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
  bar: { color: 'var(--hue-1)', discreteBandSize: { band: 0.72 } },
  // A line has many values, a text shows its own: neither has one to show on hover.
  line: { color: 'var(--hue-2)', strokeWidth: 2, aria: false },
  text: { color: 'var(--text)', fontSize: 12, aria: false },
  area: { color: 'var(--hue-1)' },
  point: { color: 'var(--hue-1)', filled: true, size: 45, opacity: 1 },
  circle: { color: 'var(--hue-1)', opacity: 1 },
  rule: { color: 'var(--text-2)' },
  tick: { color: 'var(--hue-2)', thickness: 2, opacity: 1 },
  rect: { color: 'var(--hue-1)' },
  range: { category: hues, ramp: shades, heatmap: shades, ordinal: shades },
} as Config;
