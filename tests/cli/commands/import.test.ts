import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { MessageRow } from '../../../src/lake/columns.ts';
import { createLake, openLake } from '../../../src/lake/lake.ts';
import { enrichedKey, importKey, migrationKey, rawKey } from '../../../src/lake/object-keys.ts';
import {
  accountExport,
  asOf2019,
  chatExport,
  exported,
  exportedKinds,
  group,
  noon,
} from '../../../tools/fixtures/desktop-export.ts';
import { parquetRows } from '../../support/parquet-rows.ts';
import { runCli, telegramLake } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { until } from '../../support/until.ts';

const day = '2026-11-22';
const chatId = -1001234567890;

describe('telegram-lake import', () => {
  const folder = temporaryFolder();
  const lake = () => join(folder(), 'lake');
  const file = () => join(folder(), 'result.json');
  const importFile = (text: string, ...args: string[]) => {
    writeFileSync(file(), text);
    return runCli(['import', file(), '--lake', lake(), ...args]);
  };
  const rows = async (): Promise<MessageRow[]> =>
    parquetRows(await openLake(lake()).enriched.getObject(enrichedKey(day)));
  const allKinds = exportedKinds.map(({ message }, index) => message(index + 1));

  it('brings a message of every kind into the rows of its day, in a lake that it makes', async () => {
    const { code, stdout, stderr } = await importFile(chatExport(allKinds));
    expect([code, stderr]).to.deep.equal([0, '']);
    const [name, messages, days, rebuilt] = stdout.split('\n');
    expect(name).to.equal(`Dados 📊 (supergroup ${chatId}), from result.json`);
    expect(messages).to.equal(`  ${allKinds.length} messages, ${day} to ${day}`);
    expect(days).to.match(/^ {2}days: 1 new; 0\.0 MB packed$/);
    expect(rebuilt).to.equal(`ETL: 1 of 1 day rebuilt; ${allKinds.length} rows`);
    const found = (await rows()).map(({ content_type, text, caption, source, update_id }) => ({
      content_type,
      text,
      caption,
      source,
      update_id,
    }));
    expect(found).to.deep.equal(
      exportedKinds.map(({ contentType, text = null, caption = null }) => ({
        content_type: contentType,
        text,
        caption,
        source: 'import',
        update_id: null,
      })),
    );
  });

  it('gives the same rows from an export of 2019, and says whose clock dated them', async () => {
    await importFile(chatExport(allKinds));
    const now = await rows();
    const old = allKinds.map((message) => asOf2019(message as Record<string, unknown>));
    const { code, stdout, stderr } = await importFile(chatExport(old, { ...group, id: 2 ** 33 + group.id }));
    expect(code).to.equal(0);
    expect(stdout).to.contain('days: 1 changed');
    expect(stderr).to.match(
      /^telegram-lake: of \d+ messages the export has only the local time.*--export-time-zone\n$/,
    );
    expect(await rows()).to.deep.equal(now);
  });

  it('yields each message once where the webhook captured it too, and tells nothing twice when run again', async () => {
    const { raw, timeZone } = createLake(lake(), undefined);
    for (const messageId of [2, 3]) {
      const chat = { id: chatId, type: 'supergroup', title: 'Dados' };
      const from = { id: 555123456, is_bot: false, first_name: 'Ana', username: 'ana' };
      const message = {
        message_id: messageId,
        date: noon + messageId,
        chat,
        from,
        text: `text ${messageId}`,
      };
      const body = Buffer.from(JSON.stringify({ update_id: 100 + messageId, message }));
      await raw.putObject(rawKey(noon + messageId, 100 + messageId, timeZone), body);
    }
    const missedEdit = exported(3, {
      text: 'edited while the bot was away',
      edited_unixtime: String(noon + 999),
    });
    const history = chatExport([exported(1), exported(2), missedEdit, exported(4)]);
    await importFile(history);
    const found = (await rows()).map(({ message_id, text, source, user_username }) => [
      message_id,
      text,
      source,
      user_username,
    ]);
    expect(found).to.deep.equal([
      [1, 'text 1', 'import', null],
      [2, 'text 2', 'webhook', 'ana'],
      [3, 'edited while the bot was away', 'import', null],
      [4, 'text 4', 'import', null],
    ]);
    const again = await importFile(history);
    expect(again.stdout).to.match(
      /days: 1 unchanged; 0\.0 MB packed\nETL: 0 of 1 day rebuilt; 4 rows\nTo ask: npx telegram-lake query --lake /,
    );
  });

  it('reads one chat of an account, by name or id, and lists them when it cannot tell', async () => {
    const bia = { name: 'Bia\u001b[31m', type: 'personal_chat', id: 77 };
    const account = accountExport(
      [
        [bia, [exported(1)]],
        [group, [exported(1), exported(2)]],
      ],
      [[bia, []]],
    );
    const none = await importFile(account);
    expect([none.code, none.stdout, existsSync(lake())]).to.deep.equal([2, '', false]);
    expect(none.stderr.split('\n')).to.deep.equal([
      '              77             1 messages  personal_chat       Bia␛[31m',
      '  -1001234567890             2 messages  private_supergroup  Dados 📊',
      '              77             0 messages  personal_chat       Bia␛[31m',
      'telegram-lake: the export is of a whole account; choose a chat with --chat, by id or name',
      '',
    ]);
    expect((await importFile(account, '--chat', '77')).stderr).to.contain(
      '2 chats of the export fit --chat 77',
    );
    expect((await importFile(account, '--chat', 'Ninguém')).stderr).to.contain('no chat of the export fit');
    for (const chat of ['dados 📊', String(chatId), String(group.id)]) {
      const { code, stdout } = await importFile(account, '--chat', chat);
      expect([code, stdout.split('\n')[1]]).to.deep.equal([0, `  2 messages, ${day} to ${day}`]);
    }
  });

  it('puts messages from before a migration into the group that the lake knows of', async () => {
    const messages = chatExport([exported(1, { id: 5 - 1_000_000_000 }), exported(9)]);
    const unknown = await importFile(messages);
    expect(unknown.stderr).to.match(
      /^telegram-lake: kept under the negative ids of the export: 1 message from before .*--migrated-from\n$/,
    );
    const { raw } = openLake(lake());
    await raw.putObject(migrationKey(chatId), Buffer.from(`{"from":-4012345678,"to":${chatId}}`));
    const known = await importFile(messages);
    expect([known.code, known.stderr]).to.deep.equal([0, '']);
    expect((await rows()).map(({ chat_id, message_id }) => [chat_id, message_id])).to.deep.equal([
      [-4012345678, 5],
      [chatId, 9],
    ]);
    expect((await importFile(messages, '--migrated-from', '-4099')).code).to.equal(0);
  });

  it('changes nothing in a dry run, nor when the file is damaged', async () => {
    const dry = await importFile(chatExport(allKinds), '--dry-run');
    expect([dry.code, dry.stderr]).to.deep.equal([0, '']);
    expect(dry.stdout)
      .to.contain('days: 1 new')
      .and.match(/Nothing was changed \(--dry-run\)\.\n$/);
    expect(existsSync(lake())).to.equal(false);
    const text = chatExport(allKinds);
    const damaged = await importFile(text.slice(0, -100));
    expect([damaged.code, damaged.stdout]).to.deep.equal([1, '']);
    expect(damaged.stderr).to.match(
      /^telegram-lake: result\.json cannot be read: the file ends .*, at byte [\d,]+\. Nothing was imported\n$/,
    );
    expect(existsSync(lake())).to.equal(false);
  });

  it('leaves nothing behind when Ctrl-C ends it', async () => {
    // A pipe that ends when this test says so.
    execFileSync('mkfifo', [file()]);
    const scratch = join(folder(), 'scratch');
    mkdirSync(scratch);
    const child = spawn(process.execPath, [telegramLake, 'import', file(), '--lake', lake()], {
      env: { ...process.env, TMPDIR: scratch },
    });
    const pipe = await open(file(), 'w');
    await pipe.write(chatExport(allKinds).slice(0, -2));
    await until(() => readdirSync(scratch).length > 0);
    child.kill('SIGINT');
    await until(() => readdirSync(scratch).length === 0);
    // Node ends when its reading of the pipe does.
    await pipe.close();
    await until(() => child.exitCode !== null);
    expect([child.exitCode, readdirSync(scratch), existsSync(lake())]).to.deep.equal([130, [], false]);
  });

  it('shows no name or type of a chat in a way that could steer the terminal', async () => {
    const { code, stderr } = await importFile(chatExport([exported(1)], { ...group, type: 'a\u001b[2Jb' }));
    expect([code, stderr]).to.deep.equal([
      1,
      'telegram-lake: the chat has the unknown type "a␛[2Jb", so its id cannot be told\n',
    ]);
  });

  it('leaves the days to the etl command where that is wished', async () => {
    const { stdout } = await importFile(chatExport([exported(1)]), '--no-etl');
    expect(stdout).to.match(
      new RegExp(`To rebuild the days: npx telegram-lake etl --lake .* --from ${day} --to ${day}\n$`),
    );
    const { raw, enriched } = openLake(lake());
    expect(await raw.headObject(importKey(day, chatId))).to.not.equal(undefined);
    expect(await enriched.headObject(enrichedKey(day))).to.equal(undefined);
  });

  it('takes the folder of the export, and the days of a new lake in another time zone', async () => {
    writeFileSync(file(), chatExport([exported(1)]));
    const { code, stdout } = await runCli([
      'import',
      folder(),
      '--lake',
      lake(),
      '--time-zone',
      'Asia/Tokyo',
    ]);
    expect([code, stdout.split('\n')[1]]).to.deep.equal([0, '  1 message, 2026-11-23 to 2026-11-23']);
  });

  const wrong: [args: string[], message: RegExp][] = [
    [[], /missing required argument 'file'/],
    [['nowhere.json', '--lake', 'x'], /there is no file nowhere\.json/],
    [['package.json'], /either --lake <folder> or --stack <name>/],
    [['package.json', '--lake', 'x', '--stack', 'y'], /either --lake <folder> or --stack <name>/],
    [
      ['package.json', '--lake', '/nowhere/x', '--export-time-zone', '+03:00'],
      /--export-time-zone must be an IANA/,
    ],
    [
      ['package.json', '--lake', '/nowhere/x', '--migrated-from', '12'],
      /--migrated-from must be the id of one basic group/,
    ],
  ];
  for (const [args, message] of wrong) {
    it(`ends with 2 and one line: ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await runCli(['import', ...args]);
      expect([code, stdout]).to.deep.equal([2, '']);
      expect(stderr)
        .to.match(/^telegram-lake: [^\n]+\n$/)
        .and.match(message);
    });
  }
});
