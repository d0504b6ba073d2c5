/** One column of a chart. */
export interface ChartColumn {
  readonly value: number;
  /** Shown below the column, where there is room. */
  readonly label?: string;
}

const eighths = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/**
 * A column chart for a terminal, as lines: the highest value to the left of the topmost line, labels below.
 *
 * Heights are in eighths of a line. A value above zero shows at least one eighth, so that little is never nothing.
 *
 * @param height - in lines, without the labels
 * @param format - how the highest value is written
 */
export function columnChart(
  columns: readonly ChartColumn[],
  height: number,
  format = (value: number): string => value.toLocaleString('en'),
): string[] {
  const highest = Math.max(1, ...columns.map(({ value }) => value));
  const heights = columns.map(({ value }) =>
    value > 0 ? Math.max(1, Math.round((value / highest) * height * 8)) : 0,
  );
  const margin = format(highest).length;
  const lines = Array.from({ length: height }, (_, index) => {
    const below = (height - 1 - index) * 8;
    const blocks = heights.map((eighth) => eighths[Math.min(8, Math.max(0, eighth - below))]);
    const scale = index === 0 ? format(highest) : index === height - 1 ? '0' : '';
    return `${scale.padStart(margin)} ${blocks.join(' ')}`.trimEnd();
  });
  const labels = labelLine(columns.map(({ label = '' }) => label));
  return labels ? [...lines, `${' '.repeat(margin + 1)}${labels}`] : lines;
}

/** A chart of one line, such as `▁▂█▄`: one block for each value. */
export function sparkline(values: readonly number[]): string {
  const highest = Math.max(1, ...values);
  return values
    .map((value) => eighths[value > 0 ? Math.max(1, Math.round((value / highest) * 8)) : 0])
    .join('');
}

/** The labels at the places of their columns, which are two apart; one that would touch the last is left out. */
function labelLine(labels: readonly string[]): string {
  let line = '';
  for (const [index, label] of labels.entries()) {
    const place = index * 2;
    if (label && (line === '' || line.length < place)) line = line.padEnd(place) + label;
  }
  return line;
}
