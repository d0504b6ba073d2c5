import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { rebuildDays } from '../../../src/cli/lake/rebuild-days.ts';
import { createLake } from '../../../src/lake/lake.ts';
import { messageUpdate, storeUpdate } from '../../../tools/fixtures/updates.ts';
import { runCli } from '../../support/run-cli.ts';
import { suiteFolder } from '../../support/temporary-folder.ts';

const supergroup = -1001234567890;
const otherGroup = -1009876543210;
const at = (day: string) => Date.parse(`${day}T15:00:00Z`) / 1000;
const person = (id: number, first_name: string, username?: string) => ({
  id,
  is_bot: false,
  first_name,
  ...(username && { username }),
});
const [ana, bia, otherAna] = [person(1, 'Ana', 'ana_s'), person(2, 'Bia'), person(3, 'Ana')];

/** That the numbers add groups up, or nothing. */
const severalGroups = /^(telegram-lake: 2 groups are added up here: .*\n)?$/;

describe('telegram-lake query and report, narrowed', () => {
  const folder = suiteFolder();
  before(async () => {
    const lake = createLake(folder(), 'America/Sao_Paulo');
    const sent = [
      ['2026-11-01', ana, supergroup],
      ['2026-11-10', bia, supergroup],
      ['2026-11-20', bia, otherGroup],
      ['2026-11-22', otherAna, supergroup],
    ] as const;
    for (const [index, [day, from, id]] of sent.entries()) {
      const chat = { id, type: 'supergroup', title: 'Group' };
      await storeUpdate(lake.raw, messageUpdate(index + 1, { date: at(day), from, chat }), lake.timeZone);
    }
    for await (const _ of rebuildDays(
      lake,
      sent.map(([day]) => day),
      { force: false },
    ));
  });
  const query = (...args: string[]) => runCli(['query', ...args, '--lake', folder()]);
  const days = async (...args: string[]) => {
    const { stdout, stderr } = await query('messages-per-day', '--format', 'json', ...args);
    expect(stderr).to.match(severalGroups);
    return JSON.parse(stdout).map(({ context_date }: { context_date: string }) => context_date.slice(8));
  };

  const narrowings: [args: string, days: string[]][] = [
    ['--from 2026-11-10', ['22', '20', '10']],
    ['--to 2026-11-10', ['10', '01']],
    ['--from 2026-11-02 --to 2026-11-21', ['20', '10']],
    ['--last 3d', ['22', '20']],
    ['--last 2w', ['22', '20', '10']],
    [`--chat ${otherGroup}`, ['20']],
    ['--chat 9876543210', ['20']],
    ['--user 1', ['01']],
    ['--user @ANA_s', ['01']],
    ['--user bia --last 30d', ['20', '10']],
  ];
  for (const [args, expected] of narrowings) {
    it(`sees only the messages of ${args}`, async () => {
      expect(await days(...args.split(' '))).to.deep.equal(expected);
    });
  }

  it('narrows the views and the raw table for SQL of your own, too', async () => {
    const sql = 'SELECT (SELECT count(*) FROM messages) AS rows, (SELECT count(*) FROM telegram_raw) AS raw';
    const counts = async (...args: string[]) =>
      JSON.parse((await query('--sql', sql, '--format', 'json', ...args)).stdout)[0];
    expect(await counts()).to.deep.equal({ rows: 4, raw: 4 });
    expect(await counts('--last', '3d')).to.deep.equal({ rows: 2, raw: 2 });
    expect(await counts('--chat', String(otherGroup))).to.deep.equal({ rows: 1, raw: 1 });
    expect(await counts('--user', 'Bia')).to.deep.equal({ rows: 2, raw: 2 });
  });

  const summed: [args: string[], isNoted: boolean][] = [
    [['messages-per-day'], true],
    [['messages-per-day', '--chat', String(otherGroup)], false],
    [['messages-per-day', '--to', '2026-11-10'], false],
    [['groups'], false],
    [['--sql', 'SELECT count(*) FROM messages'], true],
    [['--sql', 'SELECT chat_id, count(*) FROM messages GROUP BY 1'], false],
    [['--sql', `SELECT count(*) FROM messages WHERE chat_id = ${otherGroup}`], false],
  ];
  for (const [args, isNoted] of summed) {
    it(`${isNoted ? 'says' : 'does not say'} that groups are added up by ${args.join(' ')}`, async () => {
      const { code, stderr } = await query(...args, '--format', 'csv');
      expect(code).to.equal(0);
      expect(stderr).to.equal(
        isNoted
          ? 'telegram-lake: 2 groups are added up here: -1001234567890 (Group), -1009876543210 (Group). ' +
              'For one of them: --chat ID; side by side: telegram-lake query groups\n'
          : '',
      );
    });
  }

  it("runs the lake's own queries by name, and a bad file spoils only itself", async () => {
    mkdirSync(join(folder(), 'sql'), { recursive: true });
    writeFileSync(
      join(folder(), 'sql', 'mine.sql'),
      '-- How many\nSELECT count(*) AS amount FROM messages;\n',
    );
    writeFileSync(join(folder(), 'sql', 'broken.sql'), '');
    const { code, stdout, stderr } = await query('mine', '--last', '3d', '--format', 'csv');
    expect([code, stdout]).to.deep.equal([0, 'amount\r\n2\r\n']);
    expect(stderr).to.contain(`telegram-lake: ${folder()}/sql/broken.sql: has no SQL\n`);
    const list = await query('--lang', 'en');
    expect(list.stdout)
      .to.match(/^mine\n {4}How many$/m)
      .and.match(/^busiest-hour$/m);
    expect((await query('busiest-hour')).code).to.equal(0);
  });

  it('writes the page of a period and of a chat', async () => {
    const out = join(folder(), 'page.html');
    const dayOf: [args: string[], day: string][] = [
      [['--from', '2026-11-09', '--to', '2026-11-10'], '10 November'],
      [['--chat', String(otherGroup)], '20 November'],
    ];
    for (const [args, day] of dayOf) {
      const { code, stderr } = await runCli([
        'report',
        '--lang',
        'en',
        '--lake',
        folder(),
        '--out',
        out,
        ...args,
      ]);
      expect([code, stderr]).to.deep.equal([0, '']);
      const page = readFileSync(out, 'utf8');
      expect(page).to.contain(day);
      expect(page).to.not.match(/\b(1|22) November/);
    }
  });

  const refused: [args: string, message: RegExp][] = [
    [
      'messages-per-day --chat 5',
      /the lake has no chat 5\. It has: -1001234567890 \(3 messages\), -1009876543210 \(1 message\)/,
    ],
    ['messages-per-day --user ana', /2 people have the name "ana"; choose one by its id: 1, 3/],
    ['messages-per-day --user nobody', /nobody in the lake has the id, @username or first name "nobody"/],
    ['messages-per-day --last 3', /"3" is no period/],
    ['messages-per-day --last 0d', /"0d" is no period/],
    ['messages-per-day --from 2026-02-30', /"2026-02-30" is no day/],
    ['messages-per-day --from 2026-11-02 --to 2026-11-01', /--from 2026-11-02 is after --to 2026-11-01/],
    ['messages-per-day --from 2026-11-02 --last 3d', /either with --last, or with --from and --to/],
    ['open-questions --user bia', /reads the answers of others, which --user leaves out/],
    ['most-frequent-questions --user bia', /reads the answers of others, which --user leaves out/],
    ['data-quality --last 3d', /compares with the whole history/],
  ];
  for (const [args, message] of refused) {
    it(`ends with 2 and one line: ${args}`, async () => {
      const { code, stdout, stderr } = await query(...args.split(' '));
      expect([code, stdout]).to.deep.equal([2, '']);
      expect(stderr).to.match(message);
    });
  }
});
