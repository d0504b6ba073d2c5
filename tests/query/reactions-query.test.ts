import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { dayPrefix } from '../../src/lake/object-keys.ts';
import { duckDbRunner } from '../../src/query/duckdb/duckdb-runner.ts';
import type { QueryRunner, Value } from '../../src/query/query-runner.ts';
import { saoPaulo } from '../../tools/fixtures/message-rows.ts';
import { queries } from '../support/asked-lake.ts';
import { suiteFolder } from '../support/temporary-folder.ts';

const emoji = (...texts: string[]) => texts.map((text) => ({ type: 'emoji', emoji: text }));

describe('reactions', () => {
  const lake = suiteFolder();
  const sql = queries.find(({ file }) => file === 'reactions')?.sql ?? '';
  let runner: QueryRunner;
  let updateId = 0;
  before(async () => {
    runner = await duckDbRunner(join(lake(), 'enriched'), join(lake(), 'raw'));
  });
  beforeEach(() => rmSync(join(lake(), 'raw'), { recursive: true, force: true }));
  after(() => runner.close());

  function store(day: string, line: string | Buffer, name = `${updateId}.json`): void {
    const folder = join(lake(), 'raw', dayPrefix(day));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), line);
  }

  function react(
    messageId: number,
    reactions: unknown,
    { user = 11, day = '2026-11-22', time = '12:00' } = {},
  ) {
    updateId += 1;
    const reaction = {
      chat: { id: -1001234567890 },
      message_id: messageId,
      user: { id: user, first_name: 'Ana' },
      date: saoPaulo(`${day} ${time}`),
      old_reaction: [],
      new_reaction: reactions,
    };
    store(day, JSON.stringify({ update_id: updateId, message_reaction: reaction }));
  }

  const answer = async (): Promise<readonly (readonly Value[])[]> => (await runner.run(sql)).rows;

  it('counts each that stands: those changed or taken back count no more', async () => {
    react(1, emoji('👍'));
    react(1, emoji('❤'), { time: '12:01' });
    react(2, emoji('👍'));
    react(2, [], { time: '12:01' });
    react(2, emoji('👍'), { user: 12 });
    react(3, emoji('👍'), { user: 12 });
    expect(await answer()).to.deep.equal([
      ['👍', 2, 2, 1],
      ['❤', 1, 1, 1],
    ]);
  });

  it('takes the later change by its time, and of one second by its update', async () => {
    react(1, emoji('🎉'), { time: '12:01' });
    react(1, emoji('👍'), { time: '12:00' });
    react(2, emoji('👍'));
    react(2, emoji('🎉'));
    expect(await answer()).to.deep.equal([['🎉', 2, 2, 1]]);
  });

  it('counts all three of one person, custom and paid ones by their kind', async () => {
    react(1, [...emoji('👍'), { type: 'custom_emoji', custom_emoji_id: '1' }, { type: 'paid' }]);
    expect((await answer()).map(([reaction]) => reaction)).to.have.members(['👍', 'custom_emoji', 'paid']);
  });

  it('looks back four weeks from the newest day', async () => {
    react(1, emoji('👍'), { day: '2026-10-25' });
    react(2, emoji('🎉'), { day: '2026-10-26' });
    store('2026-11-22', '{"update_id":1,"poll":{}}', 'other.json');
    expect(await answer()).to.deep.equal([['🎉', 1, 1, 1]]);
  });

  it('passes over what is no reaction, no JSON, nobody’s, or imported', async () => {
    react(1, emoji('👍'));
    react(2, 'none of the kind');
    store('2026-11-22', '{"message_reaction" no JSON', 'broken.json');
    store('2026-11-22', Buffer.from([0xff, 0xfe, 0x22]), 'binary.json');
    store('2026-11-22', '', 'empty.json');
    const words = JSON.stringify({ update_id: 5, message: { message_id: 9, text: '"message_reaction":' } });
    store('2026-11-22', words, 'words.json');
    store('2026-11-22', '{"update_id":6,"message_reaction":{"chat":{"id":1},"message_id":1}}', 'nobody.json');
    const imported = gzipSync('{"source":"import","message":{"message_id":1}}\n');
    store('2026-11-22', imported, 'import_-1001234567890.jsonl.gz');
    expect(await answer()).to.deep.equal([['👍', 1, 1, 1]]);
  });
});
