import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { daysBetween, localDay } from '../../src/base/local-day.ts';
import { DayRequestError, dayRequest } from '../../src/etl/day-request.ts';
import { template } from '../../tools/template.ts';

const now = () => Date.parse('2026-11-23T02:30:00Z') / 1000; // 23:30 on the 22nd in São Paulo
const options = { timeZone: 'America/Sao_Paulo', lookbackDays: 2, includeToday: false, now };
const event = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../events/${name}.json`, import.meta.url), 'utf8'));

describe('day request', () => {
  it('is yesterday and the look-back for the schedule, newest first, by the event and not the clock', () => {
    const scheduled = { ...event('etl-schedule'), time: '2026-11-22T03:05:00Z' };
    expect(dayRequest(scheduled, options)).to.deep.equal({
      days: ['2026-11-21', '2026-11-20', '2026-11-19'],
      force: false,
      catchesUp: true,
    });
    expect(dayRequest(scheduled, { ...options, lookbackDays: 0 }).days).to.deep.equal(['2026-11-21']);
  });

  it('is today alone where the schedule runs each hour, but in the first hour also what a night would do', () => {
    const at = (time: string) =>
      dayRequest({ ...event('etl-schedule'), time }, { ...options, lookbackDays: 1, includeToday: true })
        .days;
    expect(at('2026-11-22T20:00:00Z')).to.deep.equal(['2026-11-22']);
    expect(at('2026-11-23T02:59:59Z')).to.deep.equal(['2026-11-22']);
    expect(at('2026-11-23T03:00:00Z')).to.deep.equal(['2026-11-23', '2026-11-22', '2026-11-21']);
    expect(at('2026-11-23T04:00:00Z')).to.deep.equal(['2026-11-23']);
  });

  it('has one first hour in each day, also where clocks change at midnight', () => {
    const days = [
      ['America/Sao_Paulo', '2018-11-03T03:00:00Z'], // forward at 00:00 of the 4th
      ['America/Sao_Paulo', '2018-02-17T02:00:00Z'], // back at 00:00 of the 18th
      ['America/Havana', '2026-11-01T04:00:00Z'], // back at 01:00: an hour that begins with 00 twice
      ['Asia/Kolkata', '2026-11-22T18:00:00Z'], // half an hour off
    ] as const;
    for (const [timeZone, from] of days) {
      const hourly = { ...options, timeZone, includeToday: true };
      const lookedBackOn = Array.from({ length: 72 }, (_, hour) => {
        const time = new Date(Date.parse(from) + hour * 3_600_000).toISOString();
        return dayRequest({ ...event('etl-schedule'), time }, hourly).days;
      })
        .filter((asked) => asked.length > 1)
        .map(([today]) => today ?? '');
      const [first = '', last = ''] = [lookedBackOn[0], lookedBackOn.at(-1)];
      expect(lookedBackOn, timeZone).to.have.length.above(2);
      expect(lookedBackOn, timeZone).to.deep.equal(daysBetween(first, last));
    }
  });

  it('is nothing in every other hour: one second before midnight the day is not over', () => {
    const at = (time: string) =>
      dayRequest({ ...event('etl-schedule'), time }, { ...options, lookbackDays: 0 }).days;
    expect(at('2026-11-22T02:59:59Z')).to.deep.equal([]);
    expect(at('2026-11-22T03:00:00Z')).to.deep.equal(['2026-11-21']);
    expect(at('2026-11-22T03:59:59Z')).to.deep.equal(['2026-11-21']);
    expect(at('2026-11-22T04:00:00Z')).to.deep.equal([]);
  });

  const years: [timeZone: string, year: number, what: string][] = [
    ['America/Sao_Paulo', 2026, 'three hours behind UTC'],
    ['America/Sao_Paulo', 2018, 'clocks change at midnight'],
    ['America/Manaus', 2026, 'four hours behind UTC'],
    ['America/New_York', 2026, 'summer time'],
    ['Europe/Lisbon', 2026, "UTC's own midnight in winter"],
    ['Asia/Kolkata', 2026, 'half an hour off'],
    ['Pacific/Auckland', 2026, 'summer time at the turn of the year'],
    ['Pacific/Apia', 2026, 'thirteen hours ahead of UTC'],
    ['Pacific/Apia', 2011, 'a day that never was'],
  ];
  for (const [timeZone, year, what] of years) {
    it(`builds each day of ${year} once, in the hour after it ended, in ${timeZone} (${what})`, () => {
      const isDue = minuteOfTheRule();
      const [begin, end] = [Date.UTC(year, 0, 1, 12) / 1000, Date.UTC(year, 11, 31, 12) / 1000];
      // The clock by which the days are cut, in steps of half an hour: no zone's midnight lies between.
      const endedAt = new Map<string, number>();
      let last = localDay(begin, timeZone);
      for (let seconds = begin; seconds < end; seconds += 1_800) {
        const day = localDay(seconds, timeZone);
        if (day !== last) endedAt.set(last, seconds);
        last = day;
      }
      expect(endedAt.size).to.be.within(362, 365);

      const builtAt = new Map<string, number>();
      for (let seconds = begin; seconds < end + 3_600; seconds += 60) {
        if (!isDue(seconds)) continue;
        const time = new Date(seconds * 1000).toISOString();
        const [day] = dayRequest({ ...event('etl-schedule'), time }, { ...options, timeZone }).days;
        if (day === undefined) continue;
        expect(builtAt.has(day), day).to.equal(false);
        builtAt.set(day, seconds);
      }
      for (const [day, ended] of endedAt) {
        expect((builtAt.get(day) ?? Number.NaN) - ended, day).to.be.within(0, 3_599);
      }
    });
  }

  it('is what a person asks for', () => {
    expect(dayRequest({ days: ['2026-11-22', '2026-11-01', '2026-11-22'] }, options)).to.deep.equal({
      days: ['2026-11-22', '2026-11-01'],
      force: false,
      catchesUp: false,
    });
    expect(dayRequest({ from: '2026-11-20', to: '2026-11-22', force: true }, options)).to.deep.equal({
      days: ['2026-11-20', '2026-11-21', '2026-11-22'],
      force: true,
      catchesUp: false,
    });
    expect(dayRequest({ daysAgo: 0 }, options).days).to.deep.equal(['2026-11-22']);
    expect(dayRequest({ daysAgo: 22 }, options).days).to.deep.equal(['2026-10-31']);
  });

  it('understands every sample event of the ETL function', () => {
    for (const name of ['etl-schedule', 'etl-day-range', 'etl-days', 'etl-today', 'etl-force']) {
      expect(dayRequest(event(name), options).days, name).to.not.have.length(0);
    }
  });

  const refused: [reason: RegExp, event: unknown][] = [
    [/must be/, null],
    [/must be/, {}],
    [/must be/, []],
    [/must be/, 'yesterday'],
    [/must be/, { force: true }],
    [/must be/, { day: '2026-11-22' }],
    [/must be/, { days: ['2026-11-22'], daysAgo: 0 }],
    [/must be/, { from: '2026-11-22' }],
    [/list of days/, { days: [] }],
    [/list of days/, { days: '2026-11-22' }],
    [/date of the calendar/, { days: ['2026-02-30'] }],
    [/date of the calendar/, { days: [20261122] }],
    [/date of the calendar/, { from: '2026-11-22', to: 'today' }],
    [/is after/, { from: '2026-11-22', to: '2026-11-21' }],
    [/more than 3660/, { from: '1026-11-22', to: '2026-11-21' }],
    [/more than 3660/, { from: '0001-01-01', to: '9999-12-31' }],
    [/more than 3660/, { days: Array(3_661).fill('2026-11-22') }],
    [/whole number/, { daysAgo: -1 }],
    [/whole number/, { daysAgo: 1.5 }],
    [/whole number/, { daysAgo: '0' }],
    [/true or false/, { daysAgo: 0, force: 'yes' }],
    [/has no time/, { 'detail-type': 'Scheduled Event', time: 'noon' }],
  ];
  for (const [reason, asked] of refused) {
    it(`is refused: ${JSON.stringify(asked).slice(0, 60)}`, () => {
      expect(() => dayRequest(asked, options)).to.throw(DayRequestError, reason);
    });
  }
});

/** Whether the rule of the template fires at this second: at a minute of every hour. */
function minuteOfTheRule(): (seconds: number) => boolean {
  const { Schedule } = template.Resources.EtlFunction?.Properties.Events.Hourly.Properties ?? {};
  const minute = Number(/^cron\((\d+) \* \* \* \? \*\)$/.exec(Schedule)?.[1]);
  return (seconds) => seconds % 3_600 === minute * 60;
}
