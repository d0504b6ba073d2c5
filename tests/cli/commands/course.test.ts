import { expect } from 'chai';
import { rebuildDays } from '../../../src/cli/lake/rebuild-days.ts';
import { createLake } from '../../../src/lake/lake.ts';
import { messageUpdate, noon, storeUpdate } from '../../../tools/fixtures/updates.ts';
import { courseQueries } from '../../support/course-queries.ts';
import { runCli } from '../../support/run-cli.ts';
import { suiteFolder } from '../../support/temporary-folder.ts';

describe("the course's notebook over a lake", () => {
  const folder = suiteFolder();
  before(async () => {
    const lake = createLake(folder(), 'America/Sao_Paulo');
    // Sunday at noon, twice, and at 22:30, when it is Monday in UTC.
    for (const [id, date, text] of [
      [1, noon, 'abc'],
      [2, noon, 'abcdef'],
      [3, noon + 37_800, 'abc'],
    ] as const) {
      await storeUpdate(lake.raw, messageUpdate(id, { date, text }), lake.timeZone);
    }
    for await (const _ of rebuildDays(lake, ['2026-11-22'], { force: false }));
  });
  const sql = (statement: string) =>
    runCli(['query', '--lake', folder(), '--format', 'json', '--sql', statement]);

  const day = { context_date: '2026-11-22' };
  const ana = { user_id: 11, user_first_name: 'Ana' };
  const answers: Record<string, object[]> = {
    'messages a day': [{ ...day, message_amount: 3 }],
    'messages a user and day': [{ ...ana, ...day, message_amount: 3 }],
    'average length a user and day': [{ ...ana, ...day, average_message_length: 4 }],
    'messages an hour, weekday and week': [
      { parsed_date_hour: 15, parsed_date_weekday: 7, parsed_date_weeknum: 47, message_amount: 2 },
      { parsed_date_hour: 1, parsed_date_weekday: 1, parsed_date_weeknum: 48, message_amount: 1 },
    ],
  };
  for (const [name, statement] of Object.entries(courseQueries)) {
    it(`runs as it is written, with hours in UTC as in Athena: ${name}`, async () => {
      const { stdout, stderr } = await sql(statement);
      expect(stderr).to.equal('');
      expect(JSON.parse(stdout)).to.deep.equal(answers[name]);
    });
  }

  const unnecessary: [statement: string, answer: RegExp][] = [
    ['MSCK REPAIR TABLE `telegram`', /this is not needed: the table sees each day/],
    [
      "ALTER TABLE telegram ADD PARTITION (context_date = '2026-11-22')",
      /this is not needed: the table sees each day/,
    ],
    [
      'CREATE EXTERNAL TABLE `chatbot`(`message_id` bigint) STORED AS PARQUET',
      /the table is there.* called telegram/,
    ],
  ];
  for (const [statement, answer] of unnecessary) {
    it(`says in one line that it is not needed: ${statement}`, async () => {
      const { code, stderr } = await sql(statement);
      expect(code).to.equal(1);
      expect(stderr)
        .to.match(answer)
        .and.match(/^telegram-lake: [^\n]+\n$/);
    });
  }
});
