import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { runDay } from '../../../src/etl/run-day.ts';
import { createLake, type LocalLake } from '../../../src/lake/lake.ts';
import { enrichedKey, eventsKey, importKey, quarantineKey, rawKey } from '../../../src/lake/object-keys.ts';
import { eventTable } from '../../../src/lake/tables.ts';
import { chatExport, exported, exportedService } from '../../../tools/fixtures/desktop-export.ts';
import { messageUpdate, noon, storeUpdate } from '../../../tools/fixtures/updates.ts';
import { parquetRows } from '../../support/parquet-rows.ts';
import { runCli, runProgram } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const day = '2026-11-22';
const chat = { id: -1001234567890, type: 'supergroup', title: 'Dados' };
const ana = { id: 555123456, is_bot: false, first_name: 'Ana', last_name: 'Souza' };
const emoji = [{ type: 'emoji', emoji: '👍' }];
const bia = { id: 77, is_bot: false, first_name: 'Bia' };

describe('telegram-lake forget', () => {
  const folder = temporaryFolder();
  let lake: LocalLake;
  const forget = (...args: string[]) =>
    runCli(['forget', '--lake', join(folder(), 'lake'), '--user', '555123456', ...args]);
  const importHistory = () =>
    runCli(['import', join(folder(), 'result.json'), '--lake', join(folder(), 'lake')]);

  const send = (id: number, fields: Record<string, unknown>) =>
    storeUpdate(lake.raw, messageUpdate(id, { chat, text: undefined, ...fields }));

  /** All that the lake holds, but the Parquet files, as one text. */
  async function everything(): Promise<string> {
    const texts: string[] = [];
    for await (const { key } of lake.raw.listObjects('')) {
      const bytes = Buffer.from(await lake.raw.getObject(key));
      texts.push(key, (key.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1'));
    }
    return texts.join('\n');
  }
  const rows = async () => parquetRows(await lake.enriched.getObject(enrichedKey(day)));

  beforeEach(async () => {
    lake = createLake(join(folder(), 'lake'), undefined);
    await send(1, { from: ana, text: 'their words' });
    await send(2, {
      from: bia,
      text: 'hers',
      reply_to_message: { message_id: 1, date: 1, chat, from: ana, text: 'their words' },
    });
    await send(3, { from: bia, text: 'nothing of that' });
    await lake.raw.putObject(
      quarantineKey(noon, 'a', lake.timeZone),
      Buffer.from('{"from":{"id":555123456},'),
    );
    await lake.raw.putObject(
      quarantineKey(noon, 'b', lake.timeZone),
      Buffer.from('{"from":{"id":5551234567},'),
    );
    const history = [exported(10), exported(11, { from: 'Bia', from_id: 'user77', reply_to_message_id: 10 })];
    writeFileSync(join(folder(), 'result.json'), chatExport(history));
    await importHistory();
  });

  it('erases a person from raw objects and rows, and leaves what others did', async () => {
    const { code, stdout, stderr } = await forget('--yes');
    expect([code, stderr]).to.deep.equal([0, '']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.slice(0, 4)).to.deep.equal([
      'To delete: 2 updates and imported messages of the person',
      'To redact: 2 of others that show or quote the person',
      'To delete from quarantine: 1 object with this id or a given name',
      `In 4 raw objects of 1 day, ${day} to ${day}`,
    ]);
    expect(lines[4]).to.match(/^Names seen: Ana Souza\. .*--name/);
    expect(lines[5]).to.match(/^ETL: 1 of 1 day rebuilt; 3 rows/);
    expect(lines[6]).to.equal('Erased: 2; redacted: 2. Imports will leave this person out.');
    expect(await everything()).to.not.match(/555123456(?!7)|Souza|their words/);
    expect(
      (await rows()).map(({ message_id, text, reply_to_user_id }) => [message_id, text, reply_to_user_id]),
    ).to.deep.equal([
      [2, 'hers', null],
      [3, 'nothing of that', null],
      [11, 'text 11', null],
    ]);
  });

  it('erases a person from the events, whether the webhook or an export told of them', async () => {
    const events = async () =>
      (await parquetRows(await lake.enriched.getObject(eventsKey(day)), eventTable)).map(
        ({ event, user_id, message_id }) => `${event} ${user_id} ${message_id}`,
      );
    const recent = (from_id: string) => [{ from: 'x', from_id, date: '2026-11-22T13:00:00' }];
    writeFileSync(
      join(folder(), 'result.json'),
      chatExport([
        exported(11, {
          from: 'Bia',
          from_id: 'user77',
          reactions: [
            { type: 'emoji', emoji: '👍', count: 1, recent: recent('user555123456') },
            { type: 'emoji', emoji: '🎉', count: 1, recent: recent('user77') },
          ],
        }),
      ]),
    );
    await importHistory();
    for (const [id, user] of [ana, bia].entries()) {
      await send(20 + id, { from: user, new_chat_members: [user] });
      await storeUpdate(lake.raw, {
        update_id: 30 + id,
        message_reaction: { chat, message_id: 3, user, date: noon, old_reaction: [], new_reaction: emoji },
      });
    }
    await runDay(day, lake);
    expect((await events()).filter((event) => event.includes('555123456'))).to.have.length(3);
    await forget('--yes');
    expect((await events()).filter((event) => !event.startsWith('reactions_counted'))).to.have.members([
      'reaction_added 77 3',
      'reaction_added 77 11',
      'joined 77 21',
    ]);
  });

  it('keeps an import from bringing the person back', async () => {
    await forget('--yes');
    const before = await everything();
    const { stdout } = await importHistory();
    expect(stdout).to.contain('not imported: 1 forgotten').and.contain('1 day unchanged');
    expect(await everything()).to.equal(before);
  });

  it('erases nothing in a dry run, and finds nothing the second time', async () => {
    const before = await everything();
    const dry = await forget('--dry-run');
    expect(dry.stdout)
      .to.contain('To delete: 2')
      .and.match(/Nothing was erased \(--dry-run\)\.\n$/);
    expect(await everything()).to.equal(before);
    await forget('--yes');
    const after = await everything();
    const again = await forget('--yes');
    expect(again.stdout.split('\n').slice(0, 3)).to.deep.equal([
      'To delete: 0 updates and imported messages of the person',
      'To redact: 0 of others that show or quote the person',
      'In 0 raw objects of 0 days',
    ]);
    expect(await everything()).to.equal(after);
  });

  it('rebuilds a day whose file was left behind by a run that was cut short', async () => {
    await runDay(day, lake);
    await lake.raw.deleteObject(rawKey(noon + 1, 1, lake.timeZone));
    await lake.raw.deleteObject(importKey(day, chat.id));
    const { stdout } = await forget('--yes');
    expect(stdout).to.match(/^ETL: 1 of 1 day rebuilt; 2 rows$/m);
    expect((await rows()).map(({ message_id }) => message_id)).to.deep.equal([2, 3]);
  });

  it('leaves nothing of the person where an import runs at the same time, nor loses what others wrote', async () => {
    const count = 2_000;
    const others = (index: number) => index % 2 === 1;
    const history = Array.from({ length: count }, (_, index) =>
      exported(index + 100, {
        date_unixtime: String(noon - (index % 20) * 86_400 + index),
        ...(others(index) && { from: 'Bia', from_id: 'user77' }),
      }),
    );
    writeFileSync(join(folder(), 'result.json'), chatExport(history));
    const path = join(folder(), 'lake');
    for (const wait of [0, 350, 650]) {
      const importing = runProgram(['import', join(folder(), 'result.json'), '--lake', path]);
      await new Promise((resolve) => setTimeout(resolve, wait));
      const forgetting = runProgram(['forget', '--lake', path, '--user', '555123456', '--yes']);
      for (const { code, stderr } of await Promise.all([importing, forgetting])) {
        // A rebuild may have listed what the other program has replaced or deleted meanwhile; the other's rebuild follows.
        const rest = stderr.replaceAll(/^telegram-lake: skipped the unreadable raw object .*\n/gm, '');
        expect([code, rest]).to.deep.equal([0, '']);
      }
      const all = await everything();
      expect(all).to.not.match(/user555123456|"id":555123456[,}]/);
      const left = history.filter(
        (message, index) => others(index) && all.includes(`"text":"${message.text}"`),
      );
      expect(left).to.have.lengthOf(count / 2);
      rmSync(path, { recursive: true });
      lake = createLake(path, undefined);
    }
  }).timeout(120_000);

  it('erases a name without an id only where it is given', async () => {
    const hidden = { type: 'hidden_user', sender_user_name: 'Ana Souza', date: 1 };
    await send(5, { from: bia, text: 'their words again', forward_origin: hidden });
    await forget('--yes');
    expect(await everything()).to.contain('their words again');
    const { stdout } = await forget('--yes', '--name', 'Ana Souza');
    expect(stdout).to.contain('To redact: 1 of others');
    expect(await everything()).to.not.match(/Souza|their words/);
  });

  it('keeps an import of an old export from bringing a given name back', async () => {
    const members = { actor: 'Bia', actor_id: 'user77', members: ['Ana Souza', 'Bia'] };
    const old = [
      exportedService(20, 'invite_members', members),
      exported(21, { from: 'Bia', from_id: 'user77', forwarded_from: 'Ana Souza', text: 'their words' }),
      exported(22, { from: 'Ana Souza', from_id: undefined, text: 'their words' }),
    ];
    writeFileSync(join(folder(), 'result.json'), chatExport(old));
    await importHistory();
    await forget('--yes', '--name', 'Ana Souza');
    expect(await everything()).to.not.match(/Souza|their words/);
    const { stdout } = await importHistory();
    expect(stdout).to.contain('not imported: 1 forgotten');
    expect(await everything()).to.not.match(/Souza|their words/);
  });

  it('offers names and usernames of the person alone, also where another person acted', async () => {
    const ban = {
      chat,
      from: { id: 5, is_bot: false, first_name: 'Admin' },
      date: noon,
      old_chat_member: { status: 'member', user: { ...ana, username: 'ana_s' } },
      new_chat_member: { status: 'kicked', user: ana },
    };
    const update = { update_id: 30, chat_member: ban };
    await lake.raw.putObject(rawKey(noon, 30, lake.timeZone), Buffer.from(JSON.stringify(update)));
    const { stdout } = await forget('--dry-run');
    expect(stdout).to.match(/^Names seen: Ana Souza, @ana_s\. /m);
    expect(stdout).to.not.match(/Admin|Bia/);
  });

  it('deletes bodies in quarantine that have the name', async () => {
    const body = '{"from":{"first_name":"Ana Souz\\u0061"';
    await lake.raw.putObject(quarantineKey(noon, 'c', lake.timeZone), Buffer.from(body));
    expect((await forget('--yes', '--name', 'Ana Souza')).stdout).to.contain('quarantine: 2 objects');
  });

  it('erases the rest of a lake with values nested 5,000 deep, and names those that have the person', async () => {
    const nested = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
    const deep = (updateId: number, name: string) => {
      const key = rawKey(noon + updateId, updateId, lake.timeZone);
      const body = `{"update_id":${updateId},"message":{"from":{"first_name":"${name}"},"z":${nested}}}`;
      return lake.raw.putObject(key, Buffer.from(body)).then(() => key);
    };
    await deep(40, 'Bia');
    const theirs = await deep(41, 'Ana Souza');
    const { code, stdout, stderr } = await forget('--yes', '--name', 'Ana Souza');
    expect([code, stdout.includes('Erased: 2')]).to.deep.equal([0, true]);
    expect(stderr.match(/^telegram-lake: .* cannot be read in full/gm)).to.deep.equal([
      `telegram-lake: ${theirs} cannot be read in full`,
    ]);
  });

  it('names raw objects that it cannot read, and leaves them', async () => {
    const key = rawKey(noon + 9, 9, lake.timeZone);
    await lake.raw.putObject(key, Buffer.from('{"from":{"id":555123456'));
    const { stderr } = await forget('--yes');
    expect(stderr).to.match(new RegExp(`^telegram-lake: ${key} cannot be read in full`));
    expect(await lake.raw.headObject(key)).to.not.equal(undefined);
  });

  const wrong: [args: string[], message: RegExp][] = [
    [['--user', '555123456', '--lake', 'x'], /no terminal to ask at: add --yes, or --dry-run/],
    [['--user', '-5', '--lake', 'x', '--yes'], /--user must be the id of a user/],
    [['--user', '@ana', '--lake', 'x', '--yes'], /--user must be the id of a user/],
    [['--user', '1087968824', '--lake', 'x', '--yes'], /all anonymous administrators/],
    [['--user', '5', '--yes'], /either --lake <folder> or --stack <name>/],
    [['--user', '5', '--yes', '--lake', '/nonexistent/lake'], /there is no lake in/],
    [['--lake', 'x'], /required option '--user <id>'/],
  ];
  for (const [args, message] of wrong) {
    it(`ends with 2 and one line: ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await runCli(['forget', ...args]);
      expect([code, stdout]).to.deep.equal([2, '']);
      expect(stderr)
        .to.match(/^telegram-lake: [^\n]+\n$/)
        .and.match(message);
    });
  }
});
