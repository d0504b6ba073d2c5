import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { daysBetween } from '../../src/base/local-day.ts';
import { DayRequestError, dayRequest } from '../../src/etl/day-request.ts';

const now = () => Date.parse('2026-11-23T02:30:00Z') / 1000; // 23:30 on the 22nd in São Paulo
const options = { timeZone: 'America/Sao_Paulo', lookbackDays: 2, includeToday: false, now };
const event = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../events/${name}.json`, import.meta.url), 'utf8'));

describe('day request', () => {
  it('is yesterday and the look-back for the schedule, newest first, by the event and not the clock', () => {
    const scheduled = { ...event('etl-schedule'), time: '2026-11-22T03:00:00Z' };
    expect(dayRequest(scheduled, options)).to.deep.equal({
      days: ['2026-11-21', '2026-11-20', '2026-11-19'],
      force: false,
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

  it('is of the local day: one second before midnight is still the day before', () => {
    const at = (time: string) =>
      dayRequest({ ...event('etl-schedule'), time }, { ...options, lookbackDays: 0 }).days;
    expect(at('2026-11-22T02:59:59Z')).to.deep.equal(['2026-11-20']);
    expect(at('2026-11-22T03:00:00Z')).to.deep.equal(['2026-11-21']);
  });

  it('is what a person asks for', () => {
    expect(dayRequest({ days: ['2026-11-22', '2026-11-01', '2026-11-22'] }, options)).to.deep.equal({
      days: ['2026-11-22', '2026-11-01'],
      force: false,
    });
    expect(dayRequest({ from: '2026-11-20', to: '2026-11-22', force: true }, options)).to.deep.equal({
      days: ['2026-11-20', '2026-11-21', '2026-11-22'],
      force: true,
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
