import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ParquetSchema, ParquetWriter } from '@dsnp/parquetjs';
import { expect } from 'chai';
import { fillWithDemoGroup } from '../../../src/demo/fill-demo.ts';
import { columns } from '../../../src/lake/columns.ts';
import { daysOf } from '../../../src/lake/lake.ts';
import { enrichedKey } from '../../../src/lake/object-keys.ts';
import { inTimeZone, onDay, savedQueries } from '../../../src/query/query-catalog.ts';
import { createLakeInStack, type LakeInStack } from './lake-in-stack.ts';

const timeZone = 'America/Sao_Paulo';
const sentAt = Date.parse('2026-10-20T23:00:00Z') / 1000;
const text = { type: 'UTF8', compression: 'GZIP', optional: true } as const;
const number = { type: 'INT64', compression: 'GZIP', optional: true } as const;

/** The course's table, in another order and with a column that this version does not know. */
const otherVersion = new ParquetSchema({
  mood: text,
  date: number,
  text,
  chat_type: text,
  chat_id: number,
  user_first_name: text,
  user_is_bot: { type: 'BOOLEAN', optional: true },
  user_id: number,
  message_id: number,
});

describe('files of another version of the columns', () => {
  let lake: LakeInStack;
  before(async () => {
    const parameters = { FirstDay: '2026-10-18' };
    lake = await createLakeInStack(
      'growth',
      { timeZone, parameters },
      fillWithDemoGroup,
      async ({ folder }) => {
        const path = join(folder, 'enriched', enrichedKey('2026-10-20'));
        mkdirSync(dirname(path), { recursive: true });
        const writer = await ParquetWriter.openFile(otherVersion, path, { useDataPageV2: false });
        await writer.appendRow({
          mood: 'curious',
          date: sentAt,
          text: 'Was there life before edits?',
          chat_type: 'supergroup',
          chat_id: -1001234567890,
          user_first_name: 'Ana',
          user_is_bot: false,
          user_id: 11,
          message_id: 7,
        });
        await writer.close();
      },
    );
  });
  after(() => lake?.remove());

  it('answer null where they lack a column, on both engines', async () => {
    const names = columns.map(({ name }) => `"${name}"`).join(', ');
    const sql = `SELECT ${names} FROM telegram WHERE context_date = date '2026-10-20'`;
    const row = [
      7,
      11,
      false,
      'Ana',
      -1001234567890,
      'supergroup',
      'Was there life before edits?',
      1792537200,
    ];
    const expected = [[...row, ...columns.slice(row.length).map(() => null)]];
    expect((await lake.trino.run(sql)).rows).to.deep.equal(expected);
    expect((await lake.duckDb.run(sql)).rows).to.deep.equal(expected);
  });

  for (const { file, name, sql } of savedQueries('sql')) {
    it(`do not keep ${file} from giving the same rows on both`, async () => {
      const today = (await daysOf(lake.local)).at(-1) ?? '';
      const deployed = await lake.trino.run(onDay(lake.savedQueries.get(name) ?? '', today));
      expect(deployed).to.deep.equal(await lake.duckDb.run(inTimeZone(sql, timeZone)));
    });
  }
});
