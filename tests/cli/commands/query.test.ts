import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { rebuildDays } from '../../../src/cli/lake/rebuild-days.ts';
import { createLake } from '../../../src/lake/lake.ts';
import { messageUpdate, storeUpdate } from '../../../tools/fixtures/updates.ts';
import { queries } from '../../support/asked-lake.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

// 22:30 on the 22nd in São Paulo, 2:30 on the 23rd in Lisbon in winter.
const sentAt = Date.parse('2026-11-23T01:30:00Z') / 1000;

describe('telegram-lake query', () => {
  const folder = temporaryFolder();

  async function lakeIn(timeZone: string): Promise<void> {
    const lake = createLake(folder(), timeZone);
    await storeUpdate(lake.raw, messageUpdate(1, { date: sentAt }), timeZone);
    for await (const _ of rebuildDays(lake, ['2026-11-22', '2026-11-23'], { force: false }));
  }
  const query = (...args: string[]) => runCli(['query', ...args, '--lake', folder()]);

  it('prints the result of a saved query as a table, CSV and JSON', async () => {
    await lakeIn('America/Sao_Paulo');
    const table = await query('messages-per-day');
    expect([table.code, table.stderr]).to.deep.equal([0, '']);
    expect(table.stdout).to.match(/^context_date +message_amount\n.*\n2026-11-22 +1\n\(1 row\)\n$/);
    expect((await query('messages-per-day', '--format', 'csv')).stdout).to.equal(
      'context_date,message_amount\r\n2026-11-22,1\r\n',
    );
    expect(JSON.parse((await query('messages-per-day', '--format', 'json')).stdout)).to.deep.equal([
      { context_date: '2026-11-22', message_amount: 1 },
    ]);
  });

  it('writes a result into a file, in the form of its ending, and for Excel', async () => {
    await lakeIn('America/Sao_Paulo');
    const written = async (name: string, ...args: string[]) => {
      const out = join(folder(), name);
      expect(await query('messages-per-day', '--out', out, ...args)).to.include({
        code: 0,
        stdout: `${out}: 1 row\n`,
      });
      return readFileSync(out, 'utf8');
    };
    expect(await written('days.csv')).to.equal('context_date,message_amount\r\n2026-11-22,1\r\n');
    expect(await written('days.json')).to.equal(
      '[\n  {"context_date": "2026-11-22", "message_amount": 1}\n]\n',
    );
    expect(await written('days.txt')).to.match(/^context_date +message_amount\n/);
    expect(await written('days', '--format', 'json')).to.match(/^\[/);
    expect(await written('excel.csv', '--excel')).to.equal(
      '\ufeffcontext_date;message_amount\r\n2026-11-22;1\r\n',
    );
  });

  it('refuses to write a result over a file of the lake, before the query runs', async () => {
    await lakeIn('America/Sao_Paulo');
    const file = join(folder(), 'enriched/telegram/context_date=2026-11-22/messages.parquet');
    const { code, stderr } = await query('messages-per-day', '--out', file);
    expect([code, stderr]).to.deep.equal([
      2,
      `telegram-lake: ${file} is a file of a lake, and would be lost; choose another place for the result\n`,
    ]);
  });

  it("counts hours in the lake's own time zone", async () => {
    await lakeIn('Europe/Lisbon');
    const { stdout } = await query('messages-per-hour-weekday-week', '--format', 'json');
    expect(JSON.parse(stdout)[0]).to.include({ parsed_date_hour: 1, parsed_date_weekday: 1 });
  });

  it('lists the saved queries with their whole descriptions as JSON', async () => {
    const { code, stdout } = await runCli(['query', '--format', 'json', '--lang', 'pt']);
    expect(code).to.equal(0);
    const whole = queries.map(({ file, portuguese }) => ({ name: file, description: portuguese }));
    expect(JSON.parse(stdout)).to.deep.equal(whole);
  });

  for (const [lang, sentence, hint] of [
    ['en', 'What is asked most?', 'Ask for more: npx telegram-lake query NAME'],
    ['pt', 'O que mais se pergunta?', 'Para mais detalhes: npx telegram-lake query NOME'],
  ] as const) {
    it(`lists the saved queries with one sentence each, in 80 columns: --lang ${lang}`, async () => {
      const { stdout } = await runCli(['query', '--lang', lang]);
      const lines = stdout.trimEnd().split('\n');
      expect(lines.filter((line) => /^\S/.test(line))).to.deep.equal([
        ...queries.map(({ file }) => file),
        hint,
      ]);
      expect(lines[lines.indexOf('most-frequent-questions') + 1]).to.equal(`    ${sentence}`);
      expect(Math.max(...lines.map((line) => line.length))).to.be.at.most(80);
    });
  }

  const wrong: [args: string[], message: RegExp][] = [
    [['messages'], /there is no saved query messages/],
    [['messages-per-day', '--format', 'xml'], /Allowed choices are table, csv, json/],
    [['messages-per-day', '--lake', '/nonexistent/lake'], /there is no lake in/],
    [
      ['messages-per-day', '--out', 'a.xlsx'],
      /written as \.csv, \.json or \.txt, not as \.xlsx; for Excel: --excel/,
    ],
  ];
  for (const [args, message] of wrong) {
    it(`ends with 2 and one line: ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await runCli(['query', ...args]);
      expect([code, stdout]).to.deep.equal([2, '']);
      expect(stderr)
        .to.match(message)
        .and.match(/^telegram-lake: [^\n]+\n$/);
    });
  }
});
