import { expect } from 'chai';
import fc from 'fast-check';
import { localDay } from '../../src/base/local-day.ts';
import { filedAtSeconds, isAfterDay, isPlausibleDay, plausibleDate } from '../../src/lake/calendar.ts';

const secondsOf = (text: string) => Date.parse(text) / 1000;
const zone = 'America/Sao_Paulo';
const arrival = secondsOf('2026-11-22T23:30:00-03:00');

describe('calendar', () => {
  for (const [fact, date, filedBy] of [
    ['of long ago', secondsOf('2019-01-01T00:00:00Z'), 'date'],
    ["of Telegram's first second", secondsOf('2013-08-14T00:00:00Z'), 'date'],
    ['of the second before it', secondsOf('2013-08-13T23:59:59Z'), 'arrival'],
    ['of 1970', 1, 'arrival'],
    ['of the last second of tomorrow', secondsOf('2026-11-23T23:59:59-03:00'), 'date'],
    ['of the first second of the day after tomorrow', secondsOf('2026-11-24T00:00:00-03:00'), 'arrival'],
    ['of 2099', secondsOf('2099-01-01T00:00:00Z'), 'arrival'],
    ['of nothing', undefined, 'arrival'],
  ] as const) {
    it(`files an update ${fact} by its ${filedBy}`, () => {
      expect(filedAtSeconds(date, arrival, zone)).to.equal(filedBy === 'date' ? date : arrival);
    });
  }

  it('takes days from Telegram’s first one, in any zone, to a year from now', () => {
    for (const day of ['2013-08-13', '2026-11-22', '2027-11-22'])
      expect(isPlausibleDay(day, arrival), day).to.equal(true);
    for (const day of ['1969-12-31', '2013-08-12', '2027-11-25', '2099-12-31'])
      expect(isPlausibleDay(day, arrival), day).to.equal(false);
    expect(isPlausibleDay('2026-11-22', 0)).to.equal(true);
  });

  it('files by the date where the clock was never set', () => {
    expect(filedAtSeconds(arrival, 0, zone)).to.equal(arrival);
    expect(filedAtSeconds(1, 0, zone)).to.equal(0);
  });

  it('takes a date for one of its day whatever the zone that the day is meant in', () => {
    const zones = ['Pacific/Kiritimati', 'Etc/GMT+12', zone, 'Asia/Kolkata'];
    const dates = fc.integer({ min: secondsOf('2013-08-15T00:00:00Z'), max: 2 ** 31 - 1 });
    fc.assert(
      fc.property(dates, fc.constantFrom(...zones), (date, timeZone) => {
        const day = localDay(date, timeZone);
        expect(plausibleDate(date, day)).to.equal(date);
        expect(isAfterDay(date, day)).to.equal(false);
        expect(isAfterDay(date + 3 * 86_400, day)).to.equal(true);
      }),
    );
  });
});
