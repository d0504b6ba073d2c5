import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import stringWidth from 'string-width';
import type { ResultTable, Value } from '../../../src/query/query-runner.ts';
import { english } from '../../../src/report/language/english.ts';
import { portuguese } from '../../../src/report/language/portuguese.ts';
import { digest, queriesOfDigest, showsColor } from '../../../src/report/terminal/digest.ts';
import { resultTable } from '../../support/result-table.ts';

const results: ReadonlyMap<string, ResultTable> = new Map([
  [
    'group-at-a-glance',
    resultTable(
      'period varchar, message_amount bigint, user_amount bigint, day_amount bigint, first_date date, last_date date',
      ['whole', 1801, 2, 7, '2026-11-16', '2026-11-22'],
    ),
  ],
  [
    'messages-per-calendar-day',
    resultTable(
      'context_date date, message_amount bigint, user_amount bigint, week_average double',
      ['2026-11-22', 1200, 2, null],
      ['2026-11-20', 600, 1, null],
      ['2026-11-16', 1, 1, null],
    ),
  ],
  [
    'most-active-users',
    resultTable(
      'user_id bigint, user_first_name varchar, message_amount bigint',
      [11, 'Ana Paula', 1601],
      [12, '', 200],
    ),
  ],
  [
    'busiest-hour',
    resultTable(
      'hour_of_day bigint, message_amount bigint, message_share_percent double, user_amount bigint',
      [23, 1200, 66.6, 2],
      [9, 601, 33.4, 1],
    ),
  ],
  [
    'most-frequent-questions',
    resultTable(
      'question varchar, question_amount bigint, user_amount bigint, first_date date, last_date date, example varchar',
      ['como', 12, 2, '2026-11-20', '2026-11-22', 'Como faço\nisso?'],
      ['onde', 3, 2, '2026-11-20', '2026-11-20', 'Onde fica?'],
    ),
  ],
  [
    'questions-answered-per-day',
    resultTable(
      'context_date date, question_amount bigint, answered_amount bigint, confirmed_amount bigint, answered_percent double, median_seconds_to_reply bigint',
      ['2026-11-22', 1, 0, 0, 0, null],
      ['2026-11-21', 494, 494, 0, 100, 600],
      ['2026-11-20', 503, 503, 0, 60, 45],
      ['2026-11-18', 1, 1, 0, 100, 700],
      ['2026-11-16', 1, 1, 0, 100, 9000],
    ),
  ],
  [
    'open-questions',
    resultTable(
      'asked_at varchar, age_hours bigint, user_id bigint, user_first_name varchar, question varchar, message_link varchar, chat_id bigint, message_id bigint',
      ...['one', 'two', 'three', 'four'].map((text, index): Value[] => [
        `2026-11-22 2${index}:00`,
        1,
        11,
        'Ana Paula',
        `${text}?`,
        null,
        -1,
        index,
      ]),
    ),
  ],
]);

const queries = ['busiest-hour', 'messages-per-day', 'open-questions'].map((file) => ({
  file,
  name: file,
  description: file,
  sql: 'SELECT 1',
}));
const options = { queries, queryCommand: 'npx telegram-lake query', language: english, color: false };

describe('digest', () => {
  it('shows size, days, busiest hour, frequent, answered and open questions in the sentences of the page', () => {
    expect(digest(results, options).replaceAll('\u00a0', ' ')).to.equal(`1,801 messages · 2 people · 7 days
  16 November 2026 to 22 November 2026
  Most active: Ana Paula 1,601, #12 200

Messages a day (dates are Mondays)
  1,200             █
                    █
                ▄   █
                █   █
      0 ▁       █   █
        16 Nov

The group is busiest from 23:00 to 00:00: 1,200 messages, 66.6% of all, by 2 people.
  00:00          ▄             █ 23:00

Asked most
  12 times, by 2 people  Como faço isso?
  3 times, by 2 people   Onde fica?

99% of questions got an answer from somebody else (999 of 1,000).
On a typical day half of the first replies come within 11 minutes; on the slowest, 16 November 2026,
  it took 2.5 hours.

4 questions are still open.
  22 Nov 2026, 20:00  Ana Paula     one?
  22 Nov 2026, 21:00  Ana Paula     two?
  22 Nov 2026, 22:00  Ana Paula     three?

Ask for more: npx telegram-lake query NAME
  busiest-hour       open-questions
  messages-per-day
`);
  });

  it('is in Portuguese on request', () => {
    const text = digest(results, { ...options, language: portuguese });
    expect(text).to.match(
      /^1\.801 mensagens · 2 pessoas · 7 dias\n {2}16 de novembro de 2026 a 22 de novembro/,
    );
    expect(text).to.include('Para mais detalhes: npx telegram-lake query NOME');
  });

  it('says that a lake is empty, and still lists the saved queries', () => {
    const empty = new Map([...results].map(([file, { columns }]) => [file, { columns, rows: [] }]));
    expect(digest(empty, options)).to.match(/^The lake has no messages yet\..*\n\nAsk for more: /);
  });

  it('names the saved queries that it reads', () => {
    const whole = digest(results, options);
    for (const file of queriesOfDigest) {
      const others = new Map([...results].filter(([name]) => name !== file));
      expect(digest(others, options), file).to.not.equal(whole);
    }
    expect(
      digest(new Map([...results].filter(([file]) => queriesOfDigest.includes(file))), options),
    ).to.equal(whole);
  });

  it('leaves out the sections whose query is missing', () => {
    const some = new Map([...results].filter(([file]) => file === 'group-at-a-glance'));
    const text = digest(some, { ...options, queries: [] });
    expect(text).to.equal('1,801 messages · 2 people · 7 days\n  16 November 2026 to 22 November 2026\n');
  });

  it('draws the last five weeks of a long time', () => {
    const days = Array.from({ length: 60 }, (_, index): Value[] => [
      new Date(Date.UTC(2026, 8, 1 + index)).toISOString().slice(0, 10),
      index,
    ]);
    const long = new Map([
      ...results,
      [
        'messages-per-calendar-day',
        resultTable('context_date date, message_amount bigint', ...days.reverse()),
      ],
    ]);
    const text = digest(long, options);
    expect(text).to.include('Messages a day, the last 35 days');
    expect(text).to.include('28 Sep').and.not.to.include('21 Sep');
  });

  it('keeps hostile names and texts from the terminal, and within 100 columns', () => {
    const hostile = `\u001b[2J\u009b1m\n\u202e${'w😀'.repeat(200)}`;
    const attacked = new Map(
      [...results].map(([file, { columns, rows }]): [string, ResultTable] => [
        file,
        {
          columns,
          rows: rows.map((row) =>
            row.map((value, index) =>
              /first_name|example|^question$/.test(columns[index]?.name ?? '') ? hostile : value,
            ),
          ),
        },
      ]),
    );
    for (const line of digest(attacked, options).split('\n')) {
      expect(line).not.to.match(/[\p{Cc}\p{Bidi_Control}]/u);
      expect(stringWidth(line)).to.be.at.most(100);
    }
  });

  it('differs in color only', () => {
    const colored = digest(results, { ...options, color: true });
    expect(colored).to.include('\u001b[');
    expect(stripVTControlCharacters(colored)).to.equal(digest(results, options));
  });

  it('shows color on a terminal that has it', () => {
    const stream = (isTTY: boolean, colors: boolean) =>
      ({ isTTY, hasColors: () => colors }) as unknown as NodeJS.WriteStream;
    expect(showsColor(stream(true, true))).to.equal(true);
    expect(showsColor(stream(true, false))).to.equal(false);
    expect(showsColor({} as NodeJS.WriteStream)).to.equal(false);
  });
});
