import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { UsageError } from '../../../src/base/usage-error.ts';
import { isEnded, sqlShell } from '../../../src/cli/shell/sql-shell.ts';
import { QueryError } from '../../../src/query/query-runner.ts';
import type { QuerySource } from '../../../src/query/query-source.ts';
import { until } from '../../support/until.ts';

describe('sqlShell', () => {
  let statements: string[];
  const source: QuerySource = {
    list: async () => [{ name: 'busiest-hour', description: '' }],
    answer: async (name) => {
      if (name !== 'busiest-hour') throw new UsageError(`there is no saved query ${name}`);
      return { columns: [{ name: 'hour', type: 'bigint' }], rows: [[9]] };
    },
    run: async (sql) => {
      statements.push(sql);
      if (sql.includes('wrong')) throw new QueryError('Parser Error\nLINE 1: wrong\u001b[31m\n        ^');
      return { columns: [{ name: 'a', type: 'bigint' }], rows: [[1]] };
    },
  };
  beforeEach(() => {
    statements = [];
  });

  async function typed(text: string) {
    const input = new PassThrough();
    const output = new PassThrough();
    let printed = '';
    output.setEncoding('utf8').on('data', (chunk) => {
      printed += chunk;
    });
    input.end(text);
    const ended = await sqlShell(source, { input, output });
    return { ...ended, printed };
  }

  it('runs each statement when its semicolon comes, over several lines, and the last without one', async () => {
    const { printed, failed } = await typed("SELECT 1;\n\nSELECT ';'\n  AS a;\nSELECT 3");
    expect(statements).to.deep.equal(['SELECT 1', "SELECT ';'\n  AS a", 'SELECT 3']);
    expect(printed).to.equal('a\n─\n1\n(1 row)\n'.repeat(3));
    expect(failed).to.equal(false);
  });

  it('goes on after an error, marks its place, and shows no control character', async () => {
    const { printed, failed } = await typed('wrong;\nSELECT 2;\n');
    expect(printed).to.match(/^Parser Error\nLINE 1: wrong␛\[31m\n {8}\^\na\n/);
    expect(failed).to.equal(true);
  });

  it('obeys commands with a dot', async () => {
    const { printed } = await typed(
      '.mode json\nSELECT 1;\n.run busiest-hour\n.mode xml\n.queries\n.quit\nSELECT 2;\n',
    );
    expect(printed).to.equal(
      '[\n  {"a": 1}\n]\n[\n  {"hour": 9}\n]\n.mode takes table, csv, json\nbusiest-hour\n',
    );
    expect(statements).to.deep.equal(['SELECT 1']);
  });

  it('lists tables, views and columns, and helps', async () => {
    const { printed } = await typed('.tables\n.columns\n.help\n');
    for (const text of ['telegram_raw', 'similar_questions', 'user_first_name', '.mode table|csv|json']) {
      expect(printed).to.contain(text);
    }
  });

  it('says what it does not know', async () => {
    const { printed, failed } = await typed('.foo\n.run none\n');
    expect(printed).to.equal('there is no command .foo; .help lists them\nthere is no saved query none\n');
    expect(failed).to.equal(true);
  });

  it('prompts on a terminal, and keeps what was typed, the newest first', async () => {
    const input = Object.assign(new PassThrough(), { isTTY: true });
    const output = new PassThrough();
    let printed = '';
    output.setEncoding('utf8').on('data', (chunk) => {
      printed += chunk;
    });
    const shell = sqlShell(source, { input, output });
    for (const [line, prompt] of [
      ['SELECT\n', '  ... '],
      ['2;\n', '(1 row)\n'],
    ] as const) {
      input.write(line);
      await until(() => printed.includes(prompt));
    }
    input.end();
    expect((await shell).history).to.deep.equal(['2;', 'SELECT']);
    expect(statements).to.deep.equal(['SELECT\n2']);
    expect(printed).to.contain('lake> ');
  });
});

describe('isEnded', () => {
  const texts: [text: string, ended: boolean][] = [
    ['SELECT 1;', true],
    ['SELECT 1; \n', true],
    ['SELECT 1', false],
    ["SELECT ';", false],
    ["SELECT 'it''s;'", false],
    ["SELECT 'it''s;';", true],
    ['SELECT 1 -- ;', false],
    ['SELECT 1; -- done', true],
    ['SELECT /* ;', false],
    ['SELECT ";', false],
  ];
  for (const [text, ended] of texts) {
    it(`is ${ended} for ${JSON.stringify(text)}`, () => {
      expect(isEnded(text)).to.equal(ended);
    });
  }
});
