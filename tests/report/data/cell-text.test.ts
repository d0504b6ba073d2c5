import { expect } from 'chai';
import type { Value } from '../../../src/query/query-runner.ts';
import { cellText, isAmount, isText, withoutIds } from '../../../src/report/data/cell-text.ts';
import { english } from '../../../src/report/language/english.ts';
import { portuguese } from '../../../src/report/language/portuguese.ts';
import { queries } from '../../support/asked-lake.ts';

const cells: [name: string, type: string, value: Value, english: string, portuguese: string][] = [
  ['context_date', 'date', '2026-11-02', '2 Nov 2026', '2 de nov. de 2026'],
  ['asked_at', 'varchar', '2026-11-02 20:15', '2 Nov 2026, 20:15', '2 de nov. de 2026, 20:15'],
  ['asked_at', 'varchar', '2026-11-02', '2 Nov 2026', '2 de nov. de 2026'],
  ['message_amount', 'bigint', 4562, '4,562', '4.562'],
  ['messages_per_day', 'double', 1.25, '1.3', '1,3'],
  ['message_share_percent', 'double', 11.8, '11.8%', '11,8%'],
  ['median_seconds_to_reply', 'bigint', 45, '45 seconds', '45 segundos'],
  ['median_seconds_to_reply', 'bigint', 720, '12 minutes', '12 minutos'],
  ['age_hours', 'bigint', 0, '0 hours', '0 hora'],
  ['age_hours', 'bigint', 1, '1 hour', '1 hora'],
  ['age_hours', 'bigint', 36, '1.5 days', '1,5 dia'],
  ['hour_of_day', 'bigint', 0, '00:00', '0h'],
  ['parsed_date_hour', 'bigint', 23, '23:00', '23h'],
  ['parsed_date_weekday', 'bigint', 1, 'Monday', 'segunda-feira'],
  ['parsed_date_weekday', 'bigint', 7, 'Sunday', 'domingo'],
  ['parsed_date_weeknum', 'bigint', 53, '53', '53'],
  ['messages_per_hour', 'double', 40.5, '40.5', '40,5'],
  ['content_type', 'varchar', 'video_note', 'video messages', 'mensagens de vídeo'],
  ['content_type', 'varchar', 'constructor', 'constructor', 'constructor'],
  ['question', 'varchar', 'text', 'text', 'text'],
  ['hour_note', 'varchar', 'nine', 'nine', 'nine'],
  ['is_forward', 'boolean', true, 'yes', 'sim'],
  ['is_forward', 'boolean', false, 'no', 'não'],
  ['message_amount', 'bigint', null, '', ''],
  ['asked_at', 'varchar', null, '', ''],
];

describe('a cell of a result', () => {
  for (const [name, type, value, inEnglish, inPortuguese] of cells) {
    it(`reads ${inEnglish || 'as nothing'}: ${name} ${value}`, () => {
      const [one, other] = [english, portuguese].map((language) =>
        cellText({ name, type }, value, language).replaceAll('\u00a0', ' '),
      );
      expect(one).to.equal(inEnglish);
      expect(other).to.equal(inPortuguese);
    });
  }

  it('is an amount by its type, but for ids', () => {
    const amounts = ['bigint', 'integer', 'double', 'real', 'decimal(18,3)', 'hugeint'];
    for (const type of amounts) expect(isAmount({ name: 'message_amount', type }), type).to.equal(true);
    for (const type of ['varchar', 'date', 'boolean', 'timestamp'])
      expect(isAmount({ name: 'message_amount', type }), type).to.equal(false);
    expect(isAmount({ name: 'user_id', type: 'bigint' })).to.equal(false);
  });

  it('may be what a stranger wrote by its type', () => {
    for (const type of ['varchar', 'varchar(80)', 'char(2)', 'json'])
      expect(isText({ type }), type).to.equal(true);
    for (const type of ['bigint', 'date', 'boolean']) expect(isText({ type }), type).to.equal(false);
  });

  it('keeps its place where ids are left out', () => {
    const columns = ['chat_id', 'term', 'message_id', 'question_amount'].map((name) => ({
      name,
      type: 'varchar',
    }));
    expect(withoutIds(columns).map(({ column, at }) => [column.name, at])).to.deep.equal([
      ['term', 1],
      ['question_amount', 3],
    ]);
  });
});

describe('the columns that the report knows', () => {
  it('are all in a saved query or made by a chart', () => {
    const sql = queries.map((query) => query.sql).join('\n');
    const madeByCharts = ['open_amount', 'minutes'];
    for (const column of Object.keys(english.columns)) {
      if (!madeByCharts.includes(column)) expect(sql).to.match(new RegExp(`\\b${column}\\b`));
    }
  });
});
