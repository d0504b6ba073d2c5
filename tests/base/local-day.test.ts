import { expect } from 'chai';
import fc from 'fast-check';
import {
  addDays,
  countDays,
  daysBetween,
  isDay,
  isTimeZone,
  localDay,
  localTime,
  secondsOfLocalTime,
} from '../../src/base/local-day.ts';

const seconds = (iso: string) => Date.parse(iso) / 1000;

describe('local time', () => {
  const cases: [zone: string, utc: string, local: string][] = [
    ['America/Sao_Paulo', '2026-11-23T02:59:59Z', '2026-11-22T23:59:59'],
    ['America/Sao_Paulo', '2026-11-23T03:00:00Z', '2026-11-23T00:00:00'],
    ['America/Sao_Paulo', '2018-11-04T02:59:59Z', '2018-11-03T23:59:59'], // clocks go forward at midnight
    ['America/Sao_Paulo', '2018-11-04T03:00:00Z', '2018-11-04T01:00:00'],
    ['Asia/Kathmandu', '2026-11-22T18:14:59Z', '2026-11-22T23:59:59'],
    ['Pacific/Kiritimati', '2026-12-31T10:00:00Z', '2027-01-01T00:00:00'],
    ['Pacific/Chatham', '2026-01-01T10:14:59Z', '2026-01-01T23:59:59'],
    ['UTC', '1970-01-01T00:00:00Z', '1970-01-01T00:00:00'],
    ['Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25T02:30:00'], // clocks go back: this half hour …
    ['Europe/Berlin', '2026-10-25T01:30:00Z', '2026-10-25T02:30:00'], // … comes twice
  ];
  for (const [zone, utc, local] of cases) {
    it(`is ${local} in ${zone} at ${utc}`, () => {
      expect(localTime(seconds(utc), zone)).to.equal(local);
      expect(localDay(seconds(utc), zone)).to.equal(local.slice(0, 10));
    });
  }

  it('agrees with the calendar of the language runtime at any second', () => {
    const zones = [
      'America/Sao_Paulo',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'America/St_Johns',
    ];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800 }), fc.constantFrom(...zones), (at, timeZone) => {
        const formatted = new Intl.DateTimeFormat('sv-SE', {
          timeZone,
          dateStyle: 'short',
          timeStyle: 'medium',
        });
        expect(localTime(at, timeZone)).to.equal(formatted.format(at * 1000).replace(' ', 'T'));
      }),
    );
  });

  it('changes at the very second where clocks change within a quarter of an hour', () => {
    const changed = Date.parse('2020-10-03T16:01:00Z') / 1000;
    for (const shift of [0, 1]) {
      expect(localTime(changed - 1 - shift, 'Antarctica/Casey')).to.match(/^2020-10-04T00:00:5[89]$/);
      expect(localTime(changed + shift, 'Antarctica/Casey')).to.match(/^2020-10-04T03:01:0[01]$/);
    }
  });

  it('refuses a time zone that nobody knows', () => {
    expect(() => localDay(0, 'America/Atlantis')).to.throw(RangeError);
    expect(isTimeZone('America/Atlantis')).to.equal(false);
    expect(isTimeZone('America/Sao_Paulo')).to.equal(true);
  });

  it('refuses a year of five digits, which would sort wrongly', () => {
    expect(() => localTime(253_402_400_000, 'UTC')).to.throw(RangeError);
  });
});

describe('day', () => {
  it('is a date of the calendar', () => {
    for (const day of ['2026-11-22', '2024-02-29', '0001-01-01', '9999-12-31'])
      expect(isDay(day), day).to.equal(true);
    for (const day of [
      '2026-02-29',
      '2026-13-01',
      '2026-1-1',
      '20261122',
      '',
      '2026-11-22T00:00',
      '2026-00-10',
    ]) {
      expect(isDay(day), day).to.equal(false);
    }
  });

  it('is counted over months, years and leap days', () => {
    expect(addDays('2026-03-01', -1)).to.equal('2026-02-28');
    expect(addDays('2024-02-28', 1)).to.equal('2024-02-29');
    expect(addDays('2026-12-31', 1)).to.equal('2027-01-01');
    expect(addDays('2026-11-22', 0)).to.equal('2026-11-22');
  });

  it('lies between two others, both included', () => {
    expect(daysBetween('2026-02-27', '2026-03-02')).to.deep.equal([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
      '2026-03-02',
    ]);
    expect(daysBetween('2026-03-02', '2026-03-01')).to.deep.equal([]);
    expect(daysBetween('9999-12-30', '9999-12-31')).to.deep.equal(['9999-12-30', '9999-12-31']);
    expect(countDays('2024-01-01', '2024-12-31')).to.equal(366);
    expect(countDays('2024-01-02', '2024-01-01')).to.equal(0);
  });
});

describe('seconds of a local time', () => {
  const zones = ['America/Sao_Paulo', 'UTC', 'Pacific/Kiritimati', 'Asia/Kathmandu', 'America/New_York'];

  it('turn back what local time says, but for an hour that clocks showed twice', () => {
    const atSeconds = fc.integer({ min: 0, max: 4_000_000_000 });
    fc.assert(
      fc.property(atSeconds, fc.constantFrom(...zones), (at, zone) => {
        const local = localTime(at, zone);
        const seconds = secondsOfLocalTime(local, zone);
        for (const one of seconds) expect(localTime(one, zone)).to.equal(local);
        expect(seconds).to.include(at);
        expect(seconds).to.deep.equal([...seconds].sort((a, b) => a - b));
      }),
    );
  });

  it('are two where clocks went back, and go on through an hour that clocks skipped', () => {
    // In 2018 the clocks of São Paulo went back at 00:00 on February 18th, and ahead at 00:00 on November 4th.
    const zone = 'America/Sao_Paulo';
    expect(secondsOfLocalTime('2018-02-17T23:30:00', zone)).to.deep.equal([
      Date.parse('2018-02-18T01:30:00Z') / 1000,
      Date.parse('2018-02-18T02:30:00Z') / 1000,
    ]);
    expect(secondsOfLocalTime('2018-11-04T00:30:00', zone)).to.deep.equal([
      Date.parse('2018-11-04T03:30:00Z') / 1000,
    ]);
  });

  for (const text of [
    '',
    '2026-11-22',
    '2026-13-01T00:00:00',
    '2026-11-22 10:00:00',
    '0000-01-01T00:00:00',
    '2026-11-22T10:00:00Z',
  ]) {
    it(`are none of "${text}"`, () => {
      expect(secondsOfLocalTime(text, 'UTC')).to.deep.equal([]);
    });
  }
});
