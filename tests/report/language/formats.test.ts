import { expect } from 'chai';
import { english } from '../../../src/report/language/english.ts';
import type { Formats } from '../../../src/report/language/formats.ts';
import { portuguese } from '../../../src/report/language/portuguese.ts';

const at = Date.parse('2026-11-23T02:15:00Z') / 1000;

const cases: [call: string, write: (formats: Formats) => string, english: string, portuguese: string][] = [
  ['count 0', ({ count }) => count(0), '0', '0'],
  ['count 999', ({ count }) => count(999), '999', '999'],
  ['count 4562', ({ count }) => count(4562), '4,562', '4.562'],
  ['count 1234567', ({ count }) => count(1_234_567), '1,234,567', '1.234.567'],
  ['number 0.04', ({ number }) => number(0.04), '0', '0'],
  ['number 24.55', ({ number }) => number(24.55), '24.6', '24,6'],
  ['number 24', ({ number }) => number(24), '24', '24'],
  ['number 99.94', ({ number }) => number(99.94), '99.9', '99,9'],
  ['number 100.4', ({ number }) => number(100.4), '100', '100'],
  ['number 1234.5', ({ number }) => number(1234.5), '1,235', '1.235'],
  ['percent 0', ({ percent }) => percent(0), '0%', '0%'],
  ['percent 11.84', ({ percent }) => percent(11.84), '11.8%', '11,8%'],
  ['percent 100', ({ percent }) => percent(100), '100%', '100%'],
  ['day', ({ day }) => day('2026-11-02'), '2 November 2026', '2 de novembro de 2026'],
  [
    'fullDay',
    ({ fullDay }) => fullDay('2026-11-22'),
    'Sunday, 22 November 2026',
    'domingo, 22 de novembro de 2026',
  ],
  ['shortDay of a leap year', ({ shortDay }) => shortDay('2024-02-29'), '29 Feb 2024', '29 de fev. de 2024'],
  ['weekday 1', ({ weekday }) => weekday(1), 'Monday', 'segunda-feira'],
  ['weekday 7', ({ weekday }) => weekday(7), 'Sunday', 'domingo'],
  ['hour 0', ({ hour }) => hour(0), '00:00', '0h'],
  ['hour 9', ({ hour }) => hour(9), '09:00', '9h'],
  ['hour 24, which ends a day', ({ hour }) => hour(24), '00:00', '0h'],
  ['clock', ({ clock }) => clock('2026-11-22 20:15'), '22 Nov 2026, 20:15', '22 de nov. de 2026, 20:15'],
  ['clock of a day alone', ({ clock }) => clock('2026-11-22'), '22 Nov 2026', '22 de nov. de 2026'],
  ['duration 0', ({ duration }) => duration(0), '0 seconds', '0 segundo'],
  ['duration 1', ({ duration }) => duration(1), '1 second', '1 segundo'],
  ['duration 89', ({ duration }) => duration(89), '89 seconds', '89 segundos'],
  ['duration 90', ({ duration }) => duration(90), '2 minutes', '2 minutos'],
  ['duration 720', ({ duration }) => duration(720), '12 minutes', '12 minutos'],
  ['duration 5399', ({ duration }) => duration(5399), '90 minutes', '90 minutos'],
  ['duration 5400', ({ duration }) => duration(5400), '1.5 hours', '1,5 hora'],
  ['duration 36 h less a second', ({ duration }) => duration(36 * 3600 - 360), '35.9 hours', '35,9 horas'],
  ['duration 36 h', ({ duration }) => duration(36 * 3600), '1.5 days', '1,5 dia'],
  ['duration of a year', ({ duration }) => duration(365 * 86_400), '365 days', '365 dias'],
  ['hours 0', ({ hours }) => hours(0), '0 hours', '0 hora'],
  ['hours 1', ({ hours }) => hours(1), '1 hour', '1 hora'],
  ['hours 35', ({ hours }) => hours(35), '35 hours', '35 horas'],
  ['hours 60', ({ hours }) => hours(60), '2.5 days', '2,5 dias'],
  [
    'moment in São Paulo',
    ({ moment }) => moment(at, 'America/Sao_Paulo'),
    '22 November 2026 at 23:15',
    '22 de novembro de 2026 às 23:15',
  ],
  [
    'moment in Kathmandu',
    ({ moment }) => moment(at, 'Asia/Kathmandu'),
    '23 November 2026 at 08:00',
    '23 de novembro de 2026 às 08:00',
  ],
];

describe('numbers, days and times of the report', () => {
  for (const [call, write, inEnglish, inPortuguese] of cases) {
    it(`are written ${inEnglish} and ${inPortuguese}: ${call}`, () => {
      // ICU joins some of their words by spaces that do not break.
      expect(write(english.formats).replaceAll(/\s/g, ' ')).to.equal(inEnglish);
      expect(write(portuguese.formats).replaceAll(/\s/g, ' ')).to.equal(inPortuguese);
    });
  }
});
