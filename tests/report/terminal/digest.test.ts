import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import stringWidth from 'string-width';
import type { ResultTable, Value } from '../../../src/query/query-runner.ts';
import { digest, showsColor } from '../../../src/report/terminal/digest.ts';

const table = (columns: string, ...rows: Value[][]): ResultTable => ({
  columns: columns.split(' ').map((name) => ({ name, type: 'varchar' })),
  rows,
});

const results: ReadonlyMap<string, ResultTable> = new Map([
  [
    'messages-per-day',
    table('context_date message_amount', ['2026-11-22', 1200], ['2026-11-20', 600], ['2026-11-16', 1]),
  ],
  [
    'messages-per-user-per-day',
    table(
      'user_id user_first_name context_date message_amount',
      [11, 'Ana Paula', '2026-11-22', 1000],
      [12, 'Bia', '2026-11-22', 200],
      [11, 'Ana', '2026-11-20', 601],
    ),
  ],
  [
    'busiest-hour',
    table(
      'hour_of_day message_amount message_share_percent user_amount',
      [23, 1200, 66.6, 2],
      [9, 601, 33.4, 1],
    ),
  ],
  [
    'most-frequent-questions',
    table(
      'question question_amount user_amount first_date last_date example',
      ['como', 12, 2, '2026-11-20', '2026-11-22', 'Como faço\nisso?'],
      ['onde', 1, 1, '2026-11-20', '2026-11-20', 'Onde fica?'],
    ),
  ],
  [
    'questions-answered-per-day',
    table(
      'context_date question_amount answered_amount answered_percent median_seconds_to_reply',
      ['2026-11-22', 2, 0, 0, null],
      ['2026-11-21', 4, 4, 100, 600],
      ['2026-11-20', 5, 3, 60, 45],
      ['2026-11-16', 2, 2, 100, 9000],
    ),
  ],
  [
    'open-questions',
    table(
      'asked_at age_hours user_id user_first_name question message_link chat_id message_id',
      ...['one', 'two', 'three', 'four'].map((text, index) => [
        `2026-11-22 2${index}:00`,
        1,
        11,
        'Ana',
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
const options = { queries, queryCommand: 'npx telegram-lake query', color: false };

describe('digest', () => {
  it('tells size, days, busiest hour, questions asked most, answered and open', () => {
    expect(digest(results, options)).to.equal(`1,801 messages · 2 authors · 3 days
  16 November 2026 to 22 November 2026
  Most active: Ana Paula 1,601, Bia 200

Messages a day (dates are Mondays)
  1,200             █
                    █
                ▄   █
                █   █
      0 ▁       █   █
        16 Nov

Busiest from 23:00 to 00:00
  1,200 messages, 66.6 % of all, by 2 authors
  0h          ▄             █ 23h

Asked most
    12 ×  2 authors  Como faço↵isso?
     1 ×   1 author  Onde fica?

69 % of questions answered
  9 of 13 questions got a reply from somebody else.
  On a typical day, half of the replies come within 10 min.

4 open questions, the newest
  2026-11-22 20:00  Ana           one?
  2026-11-22 21:00  Ana           two?
  2026-11-22 22:00  Ana           three?

Ask for more: npx telegram-lake query NAME
  busiest-hour       open-questions
  messages-per-day
`);
  });

  it('says so when the lake is empty, and still names the queries', () => {
    const empty = new Map([...results].map(([file, { columns }]) => [file, { columns, rows: [] }]));
    expect(digest(empty, options)).to.match(/^The lake has no messages yet\.\n\nAsk for more: /);
  });

  it('leaves out the sections whose query is missing', () => {
    const some = new Map([...results].filter(([file]) => file === 'messages-per-day'));
    const text = digest(some, { ...options, queries: [] });
    expect(text).to.match(/^1,801 messages · 0 authors/);
    expect(text).not.to.match(/Busiest|Asked|answered|open|Ask for more/);
  });

  it('draws the last five weeks of a long time', () => {
    const days = Array.from({ length: 60 }, (_, index): Value[] => [
      new Date(Date.UTC(2026, 8, 1 + index)).toISOString().slice(0, 10),
      index,
    ]);
    const long = new Map([['messages-per-day', table('context_date message_amount', ...days.reverse())]]);
    const text = digest(long, options);
    expect(text).to.include('60 days').and.to.include('Messages a day, the last 35 days');
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
