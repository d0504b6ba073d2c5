import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const chat = { id: -1001234567890, type: 'supergroup', title: 'Turma 7' };
const from = { id: 11, is_bot: false, first_name: 'Ana' };
const at = (time: string) => Date.parse(`${time}-03:00`) / 1000;

/** Updates as the course's function stores them: by the day and second of their arrival, in UTC, and written again. */
const stored: Readonly<Record<string, object | string>> = {
  'context_date=2026-11-20/20261120120000000001.json': {
    update_id: 1,
    message: { message_id: 1, from, chat, date: at('2026-11-20T09:00:00'), text: 'Onde fica a tabela?' },
  },
  // Telegram sent it again.
  'context_date=2026-11-20/20261120120009000002.json': {
    update_id: 1,
    message: { message_id: 1, from, chat, date: at('2026-11-20T09:00:00'), text: 'Onde fica a tabela?' },
  },
  'context_date=2026-11-20/20261120121000000003.json': {
    update_id: 2,
    message: { message_id: 2, from, chat, date: at('2026-11-20T09:10:00'), text: 'no bucket' },
  },
  'context_date=2026-11-20/20261120121100000004.json': {
    update_id: 3,
    edited_message: {
      message_id: 2,
      from,
      chat,
      date: at('2026-11-20T09:10:00'),
      edit_date: at('2026-11-20T09:11:00'),
      text: 'No bucket enriched',
    },
  },
  // 22:30 in São Paulo, which is the next day in UTC.
  'context_date=2026-11-21/20261121013000000005.json': {
    update_id: 4,
    message: { message_id: 3, from, chat, date: at('2026-11-20T22:30:00'), text: 'Boa noite' },
  },
  'context_date=2026-11-21/20261121120000000006.json': {
    update_id: 5,
    message_reaction: {
      chat,
      message_id: 1,
      user: from,
      date: at('2026-11-21T09:00:00'),
      old_reaction: [],
      new_reaction: [{ type: 'emoji', emoji: '👍' }],
    },
  },
  'context_date=2026-11-21/20261121120100000007.json': '{"Records": [',
};

describe('telegram-lake import of the raw files of a course', () => {
  const folder = temporaryFolder();
  const raw = () => join(folder(), 'bucket', 'telegram');
  const lake = () => join(folder(), 'lake');
  const run = (path: string, ...options: string[]) => runCli(['import', path, '--lake', lake(), ...options]);
  const rows = async (sql: string) =>
    JSON.parse((await runCli(['query', '--lake', lake(), '--sql', sql, '--format', 'json'])).stdout);

  beforeEach(() => {
    for (const [name, content] of Object.entries(stored)) {
      const path = join(raw(), name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 1));
    }
  });

  it('stores each message once, on the day of the group, and says what was wrong in the pipeline', async () => {
    const { code, stdout, stderr } = await run(raw());
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.include(
      [
        'The raw files of a course: 7 files',
        '  5 messages are 3: 1 was delivered again, 1 is an edit',
        "  1 of them lies under another day than the group's clock says: the pipeline cut days by another clock",
        '  1 update that is no message, such as reactions',
        '  not imported: 1 file without an update, such as 20261121120100000007.json',
        '  5 stored\n',
      ].join('\n'),
    );
    expect(await rows('SELECT context_date, content FROM messages ORDER BY sent_at')).to.deep.equal([
      { context_date: '2026-11-20', content: 'Onde fica a tabela?' },
      { context_date: '2026-11-20', content: 'No bucket enriched' },
      { context_date: '2026-11-20', content: 'Boa noite' },
    ]);
    expect(await rows('SELECT count(*) AS amount FROM telegram_events')).to.deep.equal([{ amount: 1 }]);
  });

  it('finds the days in the root of the bucket, too, and changes nothing the second time', async () => {
    await run(raw());
    const file = join(lake(), 'raw/telegram/context_date=2026-11-20/20261120090000-000000000001.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('Onde', 'ONDE'));
    const { code, stdout } = await run(join(folder(), 'bucket'));
    expect([code, stdout.includes('  0 stored, 5 already in the lake')]).to.deep.equal([0, true]);
    expect(readFileSync(file, 'utf8')).to.include('ONDE');
  });

  it('changes nothing in a dry run', async () => {
    const { code, stdout } = await run(raw(), '--dry-run');
    expect([code, stdout.endsWith('Nothing was changed (--dry-run).\n')]).to.deep.equal([0, true]);
    expect(existsSync(lake())).to.equal(false);
  });

  it('imports one chat alone when it is named, and nothing with exit code 1 where there is none', async () => {
    const { code, stdout, stderr } = await run(raw(), '--chat', '-1009999999999');
    expect([code, stderr]).to.deep.equal([
      1,
      'telegram-lake: nothing was imported: no file has an update of this chat\n',
    ]);
    expect(stdout).to.include('6 updates of no chat, or of another, not imported');
  });

  it('leaves out people who were erased', async () => {
    await run(raw());
    await runCli(['forget', '--user', '11', '--lake', lake(), '--yes']);
    await run(raw());
    expect(await rows('SELECT count(*) AS amount FROM messages')).to.deep.equal([{ amount: 0 }]);
  });
});
