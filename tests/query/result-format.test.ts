import { expect } from 'chai';
import fc from 'fast-check';
import type { ResultTable, Value } from '../../src/query/query-runner.ts';
import {
  clipped,
  csv,
  excelCsv,
  formatResult,
  json,
  printable,
  textTable,
} from '../../src/query/result-format.ts';

const texts = (...cells: Value[]): ResultTable => ({
  columns: [{ name: 'text', type: 'varchar' }],
  rows: cells.map((cell) => [cell]),
});

const anyValue = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean(), fc.constant(null));

describe('a result as text', () => {
  it('aligns numbers to the right and the rest to the left', () => {
    const result: ResultTable = {
      columns: [
        { name: 'user_first_name', type: 'varchar' },
        { name: 'message_amount', type: 'bigint' },
        { name: 'share', type: 'double' },
      ],
      rows: [
        ['Bruna', 7, 12.5],
        ['Tiago', 1200, null],
      ],
    };
    expect(textTable(result)).to.equal(
      [
        'user_first_name  message_amount  share',
        '───────────────  ──────────────  ─────',
        'Bruna                         7   12.5',
        'Tiago                      1200',
        '(2 rows)',
        '',
      ].join('\n'),
    );
  });

  it('prints the header alone when there is no row', () => {
    expect(textTable(texts())).to.equal('text\n────\n(0 rows)\n');
  });

  it('measures wide characters, emoji and combining accents by the columns they take', () => {
    const result: ResultTable = {
      columns: [
        { name: 'a', type: 'varchar' },
        { name: 'b', type: 'varchar' },
      ],
      rows: [
        ['日本', '|'],
        ['👩‍💻', '|'],
        ['a\u0301', '|'],
        ['🇧🇷', '|'],
      ],
    };
    const [, , ...lines] = textTable(result).split('\n');
    expect(lines.slice(0, 4)).to.deep.equal(['日本  |', '👩‍💻    |', 'a\u0301     |', '🇧🇷    |']);
  });

  it('keeps hostile text on its line and away from the terminal', () => {
    const hostile = 'red\u001b[31m\r\nnew\tline\u009b2J\u202egnp\u2028x\u0007';
    const lines = textTable(texts(hostile)).split('\n');
    expect(lines[2]).to.equal('red␛[31m␍↵new␉line\\u009b2J\\u202egnp\\u2028x␇');
    expect(lines).to.have.length(5);
  });

  it('lets no text whatever steer the terminal or add a line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const printed = textTable(texts(text));
        expect(printed.split('\n')).to.have.length(5);
        expect(printed.replaceAll('\n', '')).not.to.match(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/u);
      }),
    );
  });

  it('cuts long cells between characters as people see them', () => {
    expect(clipped('abcdef', 6)).to.equal('abcdef');
    expect(clipped('abcdefg', 6)).to.equal('abcde…');
    expect(clipped('👩‍💻👩‍💻👩‍💻👩‍💻', 6)).to.equal('👩‍💻👩‍💻…');
    expect(textTable(texts('x'.repeat(100)), 10)).to.include(`\n${'x'.repeat(9)}…\n`);
  });

  it('shows an emoji as it is, joiners and all', () => {
    expect(printable('👩‍💻 ❤️ 🇧🇷')).to.equal('👩‍💻 ❤️ 🇧🇷');
  });
});

describe('a result as CSV', () => {
  it('is quoted by RFC 4180: an empty field is null, "" an empty text', () => {
    const result: ResultTable = {
      columns: [
        { name: 'a,b', type: 'varchar' },
        { name: 'c', type: 'bigint' },
      ],
      rows: [
        ['say "hi"', -1],
        ['two\nlines', null],
        ['', 0],
        [null, 1],
      ],
    };
    expect(csv(result)).to.equal('"a,b",c\r\n"say ""hi""",-1\r\n"two\nlines",\r\n"",0\r\n,1\r\n');
  });

  const signs = ['=', '+', '-', '@', '\uff1d', '\uff0b', '\uff0d', '\uff20'];
  const before = ['', ' ', '\u00a0', '\t', '\r', '\n', '\u200b', '\ufeff ', '\u3000'];
  for (const formula of [
    ...signs.flatMap((sign) => before.map((space) => `${space}${sign}1+1`)),
    '\tx',
    '\nx',
  ]) {
    it(`keeps a spreadsheet from running ${JSON.stringify(formula)}`, () => {
      for (const text of [csv(texts(formula)), excelCsv(texts(formula)).slice(1)]) {
        expect(text).to.match(/^text\r\n"?'/);
      }
    });
  }

  it('keeps a spreadsheet that divides cells elsewhere from running what comes after a separator', () => {
    expect(csv(texts('oi;=1+1'))).to.equal("text\r\noi;'=1+1\r\n");
    expect(csv(texts('oi\t+1; \uff1d2'))).to.equal("text\r\noi\t'+1; '\uff1d2\r\n");
    expect(excelCsv(texts('oi,@SUM(A1)'))).to.equal("\ufefftext\r\noi,'@SUM(A1)\r\n");
  });

  it('leaves texts alone that begin no cell with a sign', () => {
    for (const text of ['1-1', 'a=b', 'e-mail', 'a\n- item', 'x;y', "'", ' a', 'João: +1']) {
      expect(csv(texts(text)))
        .to.not.contain("'-")
        .and.not.contain("'+")
        .and.not.match(/\n"?'[^"\r]/);
    }
  });

  it('leaves numbers alone, also those too long for a number', () => {
    const result: ResultTable = {
      columns: [
        { name: 'chat_id', type: 'bigint' },
        { name: 'total', type: 'hugeint' },
      ],
      rows: [[-1001234567890, '-99999999999999999999']],
    };
    expect(csv(result)).to.equal('chat_id,total\r\n-1001234567890,-99999999999999999999\r\n');
  });

  it('replaces control characters, which no spreadsheet takes', () => {
    expect(csv(texts('a\u001b[2Jb\u009bc'))).to.equal('text\r\na\ufffd[2Jb\ufffdc\r\n');
  });
});

describe('a result as JSON', () => {
  it('is one object a line, in the order of the columns', () => {
    const result: ResultTable = {
      columns: [
        { name: 'b', type: 'bigint' },
        { name: '1', type: 'varchar' },
      ],
      rows: [
        [1, 'x'],
        [null, ''],
      ],
    };
    expect(json(result)).to.equal('[\n  {"b": 1, "1": "x"},\n  {"b": null, "1": ""}\n]\n');
    expect(json(texts())).to.equal('[]\n');
  });

  it('gives back any value exactly, and steers no terminal on the way', () => {
    fc.assert(
      fc.property(fc.array(anyValue), (cells) => {
        const text = json(texts(...cells));
        expect(JSON.parse(text)).to.deep.equal(cells.map((cell) => ({ text: cell })));
        expect(text.replaceAll('\n', '')).not.to.match(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
      }),
    );
  });
});

describe('excelCsv', () => {
  it('is what an Excel with decimal commas reads as it is meant: dates, numbers, texts', () => {
    const columns = [
      { name: 'sent_at', type: 'timestamp(3)' },
      { name: 'day', type: 'date' },
      { name: 'share', type: 'double' },
      { name: 'is_bot', type: 'boolean' },
      { name: 'text', type: 'varchar' },
    ];
    const rows = [
      ['2026-11-22 10:11:12.345678', '2026-11-22', 1.5, true, 'olá; João'],
      ['2026-11-22 10:11:12.000', null, -2, false, '=1+1'],
    ];
    expect(excelCsv({ columns, rows })).to.equal(
      '\ufeffsent_at;day;share;is_bot;text\r\n' +
        '2026-11-22 10:11:12.345;2026-11-22;1,5;TRUE;"olá; João"\r\n' +
        "2026-11-22 10:11:12;;-2;FALSE;'=1+1\r\n",
    );
  });
});

describe('formatResult', () => {
  it('gives the form that is asked for', () => {
    const result = texts('x');
    expect(formatResult(result, 'table')).to.equal(textTable(result));
    expect(formatResult(result, 'csv')).to.equal(csv(result));
    expect(formatResult(result, 'json')).to.equal(json(result));
  });
});
