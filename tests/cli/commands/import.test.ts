import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { MessageRow } from '../../../src/lake/columns.ts';
import { createLake, openLake } from '../../../src/lake/lake.ts';
import { enrichedKey, importKey, migrationKey } from '../../../src/lake/object-keys.ts';
import {
  accountExport,
  asOf2019,
  chatExport,
  exported,
  exportedKinds,
  group,
} from '../../../tools/fixtures/desktop-export.ts';
import { messageUpdate, noon, storeUpdate } from '../../../tools/fixtures/updates.ts';
import { parquetRows } from '../../support/parquet-rows.ts';
import { runCli, runProgram, telegramLake } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { until } from '../../support/until.ts';

const day = '2026-11-22';
const chatId = -1001234567890;

const countOfMessages = 'SELECT count(*) AS messages, count(DISTINCT message_id) AS ids FROM telegram';

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
    expect(days).to.equal('  1 day added (0.0 MB)');
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

  it('marks the messages of those who are bots by --bot, by id and by name', async () => {
    const bots = async (...args: string[]) => {
      await importFile(chatExport([exported(1), exported(2)]), ...args);
      return (await rows()).map(({ user_is_bot }) => user_is_bot);
    };
    expect(await bots()).to.deep.equal([null, null]);
    expect(await bots('--bot', 'nobody', '--bot', '555123456')).to.deep.equal([true, true]);
    expect(await bots('--bot', '@Ana Souza')).to.deep.equal([true, true]);
  });

  it('gives the same rows from an export of 2019, and says whose clock dated them', async () => {
    await importFile(chatExport(allKinds));
    const now = await rows();
    const old = allKinds.map((message) => asOf2019(message as Record<string, unknown>));
    const { code, stdout, stderr } = await importFile(chatExport(old, { ...group, id: 2 ** 33 + group.id }));
    expect(code).to.equal(0);
    expect(stdout).to.contain('  1 day changed');
    expect(stderr).to.match(
      /^telegram-lake: the export has only the local time .* for \d+ messages;.*--export-time-zone\n$/,
    );
    expect(await rows()).to.deep.equal(now);
  });

  it('yields each message once where the webhook captured it too, and tells nothing twice when run again', async () => {
    const { raw } = createLake(lake(), undefined);
    const from = { id: 555123456, is_bot: false, first_name: 'Ana', username: 'ana' };
    for (const messageId of [2, 3]) await storeUpdate(raw, messageUpdate(messageId, { from }));
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
      / 1 day unchanged \(0\.0 MB\)\nETL: 0 of 1 day rebuilt; 4 rows\nTo query it: npx telegram-lake query --lake /,
    );
  });

  it('reads one chat of an account, by name or id, and lists them when it cannot tell', async () => {
    const bia = { name: 'Bia\u001b[31m', type: 'personal_chat', id: 77 };
    const account = accountExport(
      [
        [bia, [exported(1)]],
        [group, [exported(1), exported(2)]],
      ],
      [[{ ...bia, id: 78 }, []]],
    );
    const none = await importFile(account);
    expect([none.code, none.stdout, existsSync(lake())]).to.deep.equal([2, '', false]);
    expect(none.stderr.split('\n')).to.deep.equal([
      '              77            1 message  personal_chat       Bia␛[31m',
      '  -1001234567890           2 messages  private_supergroup  Dados 📊',
      '              78           0 messages  personal_chat       Bia␛[31m',
      'telegram-lake: the export is of a whole account; choose one of these chats with --chat, by its id or name',
      '',
    ]);
    expect((await importFile(account, '--chat', bia.name)).stderr).to.contain(
      '2 chats of the export have the name "Bia␛[31m"; choose one of these by its id',
    );
    expect((await importFile(account, '--chat', 'Ninguém')).stderr).to.contain(
      'no chat of the export has the id or name "Ninguém"; choose one of these by its id',
    );
    for (const chat of ['dados 📊', String(chatId), String(group.id)]) {
      const { code, stdout } = await importFile(account, '--chat', chat);
      expect([code, stdout.split('\n')[1]]).to.deep.equal([0, `  2 messages, ${day} to ${day}`]);
    }
  });

  it('puts messages from before a migration into the group that the lake knows of', async () => {
    const messages = chatExport([exported(1, { id: 5 - 1_000_000_000 }), exported(9)]);
    const unknown = await importFile(messages);
    expect(unknown.stderr).to.match(
      /^telegram-lake: 1 message from before the group .* negative ids of the export.*--migrated-from\n$/,
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
      .to.contain('  1 day added')
      .and.match(/Nothing was changed \(--dry-run\)\.\n$/);
    expect(existsSync(lake())).to.equal(false);
    const text = chatExport(allKinds);
    const damaged = await importFile(text.slice(0, -100));
    expect([damaged.code, damaged.stdout]).to.deep.equal([1, '']);
    expect(damaged.stderr).to.match(
      /^telegram-lake: result\.json cannot be read: the file ends .*, in message \d+, which begins in line [\d,]+\. Nothing was imported\. Fix it in a text editor, or import the rest with --skip-damaged\n$/,
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

  it('has the messages of two exports that two processes import into a new lake at once', async () => {
    const days = 40;
    const all = Array.from({ length: 6 * days }, (_, index) =>
      exported(index + 1, {
        date: undefined,
        date_unixtime: String(noon - Math.floor(index / 6) * 86_400 + index),
      }),
    );
    const runs = [0, 1].map((half) => {
      const path = join(folder(), `half-${half}.json`);
      writeFileSync(path, chatExport(all.filter((_, index) => index % 2 === half)));
      return runProgram(['import', path, '--lake', lake()]);
    });
    for (const { code, stderr } of await Promise.all(runs)) expect([code, stderr]).to.deep.equal([0, '']);
    const { stdout } = await runCli(['query', '--sql', countOfMessages, '--lake', lake(), '--format', 'csv']);
    expect(stdout).to.equal(`messages,ids\r\n${all.length},${all.length}\r\n`);
  }).timeout(60_000);

  it('shows no name or type of a chat in a way that could steer the terminal', async () => {
    const { code, stderr } = await importFile(chatExport([exported(1)], { ...group, type: 'a\u001b[2Jb' }));
    expect([code, stderr]).to.deep.equal([
      1,
      'telegram-lake: the chat has the unknown type "a␛[2Jb", so its id in the lake is unknown, too\n',
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

  it('names the message and the line of damage, and imports the rest when that is asked for', async () => {
    const text = chatExport([exported(1), exported(2), exported(3)]).replace('"text 2"', '"text 2');
    const refused = await importFile(text);
    expect([refused.code, refused.stdout, existsSync(lake())]).to.deep.equal([1, '', false]);
    expect(refused.stderr).to.match(/in message 2, which begins in line 21\. Nothing was imported/);
    const { code, stdout, stderr } = await importFile(text, '--skip-damaged');
    expect(code).to.equal(0);
    expect(stdout).to.contain('  2 messages, ').and.contain('  not imported: 1 damaged\n');
    expect(stderr).to.match(/^telegram-lake: left out message 2, which begins in line 21: [^\n]+\n$/);
    expect((await rows()).map(({ message_id }) => message_id)).to.deep.equal([1, 3]);
  });

  it('names a message nested too deeply to be read again, and imports the rest when that is asked for', async () => {
    const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
    const text = chatExport([exported(1), exported(2, { z: 'deep' }), exported(3)]);
    for (const written of [
      text.replace('"deep"', deep),
      JSON.stringify(JSON.parse(text)).replace('"deep"', deep),
    ]) {
      const refused = await importFile(written);
      expect([refused.code, refused.stdout, existsSync(lake())]).to.deep.equal([1, '', false]);
      expect(refused.stderr).to.match(/a value of more than 500 levels of objects and lists, in message 2/);
      const { code, stdout } = await importFile(written, '--skip-damaged');
      expect([code, stdout.includes('  not imported: 1 damaged\n')]).to.deep.equal([0, true]);
      expect((await rows()).map(({ message_id }) => message_id)).to.deep.equal([1, 3]);
      rmSync(lake(), { recursive: true });
    }
  });

  it('ends with 1, makes no lake and shows the first date, when no message could be imported', async () => {
    const noDate = exported(7, { date: 'at ten', date_unixtime: undefined });
    const { code, stdout, stderr } = await importFile(chatExport([noDate, noDate]));
    expect([code, existsSync(lake())]).to.deep.equal([1, false]);
    expect(stdout).to.contain('  not imported: 2 no date (message 7: the date is "at ten")\n');
    expect(stderr).to.equal(
      'telegram-lake: nothing was imported: result.json has no message of this chat that could be\n',
    );
    expect((await importFile(chatExport([]))).code).to.equal(1);
  });

  it('leaves out messages from before Telegram, and from after tomorrow', async () => {
    const tomorrow = Math.floor(Date.now() / 1000) + 86_400;
    const at = (id: number, seconds: number) =>
      exported(id, { date: undefined, date_unixtime: String(seconds) });
    const { stdout } = await importFile(
      chatExport([at(1, 1), at(2, tomorrow), at(3, tomorrow + 2 * 86_400), at(4, 4_070_908_800)]),
    );
    expect(stdout).to.contain('  1 message, ').and.contain('  not imported: 3 impossible date (message 1: ');
  });

  it('says nothing of a time zone that was given', async () => {
    const old = asOf2019(exported(1));
    const args = ['--export-time-zone', 'Asia/Tehran'];
    expect((await importFile(chatExport([old]), ...args)).stderr).to.equal('');
  });

  it('tells an edit from a reaction, which an export dates alike, and has none of a channel', async () => {
    const edited = { edited_unixtime: String(noon + 99) };
    const reactions = [{ type: 'emoji', count: 1, emoji: '👍' }];
    await importFile(
      chatExport([
        exported(1, edited),
        exported(2, { ...edited, reactions }),
        exported(3, { reactions: [] }),
      ]),
    );
    expect((await rows()).map(({ edit_date }) => edit_date)).to.deep.equal([noon + 99, null, null]);
    await importFile(chatExport([exported(9, edited)], { ...group, type: 'public_channel', id: 99 }));
    expect((await rows()).filter(({ kind }) => kind === 'channel_post')[0]?.edit_date).to.equal(null);
  });

  it('takes the newer of two versions, whichever is imported first', async () => {
    await importFile(
      chatExport([exported(1, { text: 'corrected wording', edited_unixtime: String(noon + 86_400) })]),
    );
    const { stdout } = await importFile(chatExport([exported(1, { text: 'first wording' })]));
    expect(stdout).to.contain('  kept: 1 message that an earlier import has in a newer version\n');
    expect((await rows()).map(({ text, edit_date }) => [text, edit_date])).to.deep.equal([
      ['corrected wording', noon + 86_400],
    ]);
  });

  it('reads a chat once that is among the chats and among those that were left', async () => {
    const account = accountExport(
      [[group, [exported(1)]]],
      [[group, [exported(1, { text: 'old' }), exported(2)]]],
    );
    const { code, stdout } = await importFile(account, '--chat', String(chatId));
    expect(code).to.equal(0);
    expect(stdout).to.contain('  2 messages, ').and.contain('  not imported: 1 repeated\n');
    expect((await rows()).map(({ text }) => text)).to.deep.equal(['text 1', 'text 2']);
  });

  it('lists the ids that the lake would have, also for an export of before 2021', async () => {
    const old = { name: 'Old', type: 'private_group', id: 2 ** 33 + 1_000_000 };
    const account = accountExport([[old, [asOf2019(exported(1))]]]);
    expect((await importFile(account)).stderr).to.match(/^ +-1000000 +1 message {2}private_group/);
    const { stdout } = await importFile(account, '--chat', '-1000000');
    expect(stdout).to.contain('Old (group -1000000)');
  });

  it('says that an export is in HTML, or that a folder holds none', async () => {
    const importFolder = () => runCli(['import', folder(), '--lake', lake()]);
    expect((await importFolder()).stderr).to.match(/^telegram-lake: there is no result\.json in .*\n$/);
    writeFileSync(join(folder(), 'messages.html'), '<html>');
    const { code, stderr } = await importFolder();
    expect(code).to.equal(2);
    expect(stderr).to.match(/is an export in HTML.*Machine-readable JSON"\n$/);
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
