import { expect } from 'chai';
import { daysBetween } from '../../../src/base/local-day.ts';
import { type DayWork, estimate, estimateLines } from '../../../src/cli/stack/etl-estimate.ts';

const stale = (day: string, rawObjects: number): DayWork => ({ day, rawObjects, state: 'stale' });
const fresh = (day: string, rawObjects: number): DayWork => ({ day, rawObjects, state: 'fresh' });

describe('estimate of a run of the ETL', () => {
  it('counts a day without a file as one to build, and one without anything as none', () => {
    const of = (day: DayWork, force = false) => estimate([day], { force, parallel: 1 }).usd;
    const objects = { day: '2026-11-01', rawObjects: 10_000 };
    expect(of({ ...objects, state: 'not built' })).to.equal(of(stale('2026-11-01', 10_000)));
    expect(of({ ...objects, state: 'fresh' })).to.be.lessThan(of(stale('2026-11-01', 10_000)) / 10);
    expect(of({ ...objects, state: 'fresh' }, true)).to.equal(of(stale('2026-11-01', 10_000)));
    const gap = { day: '2026-11-01', rawObjects: 0, state: 'gap' } as const;
    expect(of(gap, true)).to.equal(of(gap));
  });

  it('is worked out from the objects to read and the pages to list', () => {
    // 10,000 GETs and 2 HEADs, 20 + 1 LISTs and 1 PUT; 3.4 s and 0.26 s of the function.
    const { seconds, usd } = estimate([stale('2026-11-01', 10_000), fresh('2026-11-02', 500)], {
      force: false,
      parallel: 1,
    });
    expect(seconds).to.be.closeTo(3.66, 1e-9);
    expect(usd).to.be.closeTo(10_002 * 0.4e-6 + 22 * 5e-6 + 3.66 * (1769 / 1024) * 16.6667e-6, 1e-9);
  });

  it('shares the time among the invocations, but a day is never shared', () => {
    const work = daysBetween('2026-11-01', '2026-11-30').map((day) => stale(day, 5_000));
    const alone = estimate(work, { force: false, parallel: 1 });
    const shared = estimate(work, { force: false, parallel: 10 });
    expect(shared.seconds).to.be.closeTo(alone.seconds / 10, 1e-9);
    expect(shared.usd).to.equal(alone.usd);
    const [first] = work;
    const one = estimate(first ? [first] : [], { force: false, parallel: 10 });
    expect(one.seconds).to.be.closeTo(alone.seconds / 30, 1e-9);
  });

  it('is two lines for a stack', () => {
    const work = daysBetween('2024-01-01', '2026-10-31').map((day, index) =>
      index % 2 ? stale(day, 10_000) : fresh(day, 10_000),
    );
    expect(estimateLines(work, { force: false, parallel: 4, onStack: true })).to.deep.equal([
      '1,035 days from 2024-01-01 to 2026-10-31: 517 to build, of 5,170,000 raw objects; 518 up to date.',
      'About 9 minutes with --parallel 4, and $2.21.',
    ]);
    const [, forced = ''] = estimateLines(work, { force: true, parallel: 1, onStack: true });
    expect(forced).to.match(/^About \d+ minutes with --parallel 1, and \$4\.\d\d\.$/);
  });
});
