/** Where a time axis is labelled, as moments, and how: a d3 format, or an expression of Vega. */
export interface TimeTicks {
  readonly values: readonly number[];
  readonly labels: { readonly format: string } | { readonly labelExpr: string };
}

const mostTicks = 8;

/** Steps in months that divide a year, so that a January is always among the ticks; beyond them, years. */
const monthSteps = [1, 2, 3, 6, 12, 24, 60, 120];

/**
 * The ticks of a chart of days or weeks: each day where there are few, Mondays where they span some months, else the
 * first days of months, with the year at the first tick and at each January.
 *
 * @param dates - local midnights, in order
 */
export function timeTicks(dates: readonly number[]): TimeTicks {
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined || dates.length <= 12) {
    return { values: dates, labels: { format: '%-d %b' } };
  }
  const days = Math.round((last - first) / 86_400_000) + 1;
  if (days <= 120) return { values: spread(mondays(first, last)), labels: { format: '%-d %b' } };
  const values = monthStarts(first, last);
  const labelExpr = `month(datum.value) == 0 ? timeFormat(datum.value, '%Y') : timeFormat(datum.value, datum.value == ${values[0]} ? '%b %Y' : '%b')`;
  return { values, labels: { labelExpr } };
}

function mondays(first: number, last: number): number[] {
  const day = new Date(first);
  day.setDate(day.getDate() + ((8 - day.getDay()) % 7));
  const found: number[] = [];
  for (; day.getTime() <= last; day.setDate(day.getDate() + 7)) found.push(day.getTime());
  return found;
}

function monthStarts(first: number, last: number): number[] {
  const [from, to] = [first, last].map((moment) => {
    const date = new Date(moment);
    return 12 * date.getFullYear() + date.getMonth();
  }) as [number, number];
  const step = monthSteps.find((months) => (to - from) / months <= mostTicks) ?? 240;
  const found: number[] = [];
  for (let month = Math.ceil(from / step) * step; month <= to; month += step) {
    const start = new Date(Math.floor(month / 12), month % 12, 1).getTime();
    if (start >= first) found.push(start);
  }
  return found;
}

/** Every n-th of them, so that there are few enough. */
function spread(values: readonly number[]): number[] {
  const step = Math.ceil(values.length / mostTicks);
  return values.filter((_, index) => index % step === 0);
}
