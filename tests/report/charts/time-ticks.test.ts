import { expect } from 'chai';
import { timeTicks } from '../../../src/report/charts/time-ticks.ts';

const midnight = (day: string): number => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date).getTime();
};

/** Each day, or each seventh, from one to another. */
function daysFrom(first: string, last: string, step = 1): number[] {
  const day = new Date(midnight(first));
  const days: number[] = [];
  for (; day.getTime() <= midnight(last); day.setDate(day.getDate() + step)) days.push(day.getTime());
  return days;
}

const dayOf = (moment: number) => new Date(moment).toLocaleDateString('sv-SE');
const ticksOf = (dates: readonly number[]) => timeTicks(dates).values.map(dayOf);

describe('ticks of a time axis', () => {
  it('are all days where there are few', () => {
    const days = daysFrom('2026-11-20', '2026-11-24');
    expect(ticksOf(days)).to.deep.equal(days.map(dayOf));
    expect(ticksOf([])).to.deep.equal([]);
  });

  it('are Mondays of a chart of weeks, as its bars are', () => {
    const weeks = daysFrom('2026-08-31', '2026-11-23', 7);
    const ticks = timeTicks(weeks).values;
    expect(ticks).to.have.length.within(4, 8);
    for (const tick of ticks) expect(weeks).to.include(tick);
  });

  it('are Mondays of a chart of days over some months', () => {
    const ticks = timeTicks(daysFrom('2026-09-02', '2026-11-22')).values;
    for (const tick of ticks) expect(new Date(tick).getDay(), dayOf(tick)).to.equal(1);
    expect(ticks).to.have.length.within(4, 8);
  });

  for (const [first, last] of [
    ['2024-06-13', '2026-10-24'],
    ['2025-05-01', '2026-02-01'],
    ['2013-08-14', '2026-11-22'],
    ['2026-01-15', '2026-06-20'],
  ] as const) {
    it(`name the year at each January of more than four months: ${first} to ${last}`, () => {
      const { values, labels } = timeTicks(daysFrom(first, last));
      expect(values).to.have.length.within(2, 9);
      for (const tick of values) expect(new Date(tick).getDate()).to.equal(1);
      // Every year within is named, or the step is a year or more.
      const years = new Set(values.map((tick) => new Date(tick).getFullYear()));
      const januaries = values.filter((tick) => new Date(tick).getMonth() === 0);
      if (Number(last.slice(0, 4)) > Number(first.slice(0, 4))) expect(januaries).to.not.be.empty;
      expect(januaries.length).to.be.at.least(years.size - 1);
      expect(labels).to.have.property('labelExpr').that.includes("'%Y'").and.includes(String(values[0]));
    });
  }
});
