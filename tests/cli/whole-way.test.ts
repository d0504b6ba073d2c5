import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { accountExport, exported, exportedService, group } from '../../tools/fixtures/desktop-export.ts';
import { noon } from '../../tools/fixtures/updates.ts';
import { FakeBotApi } from '../support/fake-bot-api.ts';
import { type CliRun, runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const chat = { id: -1001234567890, type: 'supergroup', title: 'Dados 📊' };
const ana = { id: 555123456, is_bot: false, first_name: 'Ana Souza' };
const bia = { id: 77, is_bot: false, first_name: 'Bia' };
const dayBefore = noon - 86_400;

/** What Telegram Desktop knows: the first six messages, the last of them before the bot was there. */
const history = accountExport([
  [{ name: 'Bia', type: 'personal_chat', id: 77 }, [exported(1)]],
  [
    group,
    [
      exportedService(1, 'create_channel', { date_unixtime: String(dayBefore) }),
      exported(2, { date_unixtime: String(dayBefore + 2), text: 'Como vejo a partição?' }),
      exported(3, { from: 'Bia', from_id: 'user77', text: 'Assim.', reply_to_message_id: 2 }),
      exported(4, { from: 'Bia', from_id: 'user77', text: 'a\u0001b' }),
      exported(5, { text: 'cinco' }),
      exported(6, { from: 'Bia', from_id: 'user77', photo: 'photos/1.jpg', text: '' }),
    ],
  ],
]);

/** What the bot is told of: messages 5 and 6 again, two more, edits of an old and a new one, another group's. */
const updates = [
  { message: { message_id: 5, date: noon + 5, chat, from: ana, text: 'cinco' } },
  { message: { message_id: 6, date: noon + 6, chat, from: bia, photo: [{ file_id: 'x' }] } },
  { message: { message_id: 7, date: noon + 7, chat, from: ana, text: 'sete' } },
  { message: { message_id: 8, date: noon + 8, chat, from: bia, text: 'oito' } },
  {
    edited_message: {
      message_id: 8,
      date: noon + 8,
      edit_date: noon + 90,
      chat,
      from: bia,
      text: 'São oito?',
    },
  },
  {
    edited_message: { message_id: 4, date: noon + 4, edit_date: noon + 99, chat, from: bia, text: 'quatro' },
  },
  { message: { message_id: 1, date: noon, chat: { id: -42, type: 'group', title: 'Another' }, text: 'no' } },
].map((update, index) => ({ update_id: 100 + index, ...update }));

describe('from a fresh bot to answers', () => {
  const folder = temporaryFolder();
  let telegram: FakeBotApi;
  beforeEach(async () => {
    telegram = await FakeBotApi.start();
    const member = (status: string, user: object) => ({ status, user, is_anonymous: false });
    telegram.chats.set(chat.id, {
      chat,
      administrators: [member('creator', ana), member('administrator', telegram.me)],
      bot: member('administrator', telegram.me),
    });
  });
  afterEach(() => telegram.close());

  async function run(...args: string[]): Promise<string> {
    const { code, stdout, stderr }: CliRun = await runCli(args, {
      TELEGRAM_API_ROOT: telegram.root,
      TELEGRAM_BOT_TOKEN: telegram.token,
    });
    const remarks = stderr.replace(/^telegram-lake: updates of other chats are not stored, [^\n]*\n/, '');
    expect([args[0], code, remarks]).to.deep.equal([args[0], 0, '']);
    return stdout;
  }

  it('finds the group, imports its past, adds what comes, answers over both, and forgets a person', async function () {
    this.timeout(120_000);
    const lake = join(folder(), 'lake');
    const file = join(folder(), 'result.json');
    writeFileSync(file, history);
    const ask = async (name: string) =>
      JSON.parse(await run('query', name, '--lake', lake, '--format', 'json'));
    const live = () => run('live', '--once', '--lake', lake, '--chat-id', String(chat.id));

    telegram.happen(...updates);
    expect(await run('bot', 'chats')).to.match(/^-1001234567890 +supergroup +6 +Dados 📊$/m);
    expect(await run('bot', 'check', '--chat-id', String(chat.id))).to.match(/✓ it is administrator there/);

    const imported = await run('import', file, '--lake', lake, '--chat', 'Dados 📊');
    expect(imported)
      .to.contain('  6 messages, 2026-11-21 to 2026-11-22\n')
      .and.contain('1 message was damaged in the export and has been repaired');
    expect(await ask('messages-per-day')).to.deep.equal([
      { context_date: '2026-11-22', message_amount: 4 },
      { context_date: '2026-11-21', message_amount: 2 },
    ]);

    expect(await live()).to.contain('6 updates stored, 1 from other chats ignored.');
    expect(telegram.pendingIds).to.deep.equal([]);
    const afterLive = [
      { context_date: '2026-11-22', message_amount: 6 },
      { context_date: '2026-11-21', message_amount: 2 },
    ];
    expect(await ask('messages-per-day')).to.deep.equal(afterLive);
    const people: Record<string, unknown>[] = await ask('most-active-users');
    expect(
      people.map(({ user_first_name, message_amount }) => [user_first_name, message_amount]),
    ).to.have.deep.members([
      ['Bia', 4],
      // Her joining is no message of hers.
      ['Ana Souza', 3],
    ]);
    expect((await ask('open-questions')).map((row: Record<string, unknown>) => row.question)).to.deep.equal([
      'São oito?',
    ]);

    expect(await run('import', file, '--lake', lake, '--chat', 'Dados 📊')).to.contain('2 days unchanged');
    expect(await live()).to.match(/^0 updates stored/);
    expect(await ask('messages-per-day')).to.deep.equal(afterLive);
    expect(await run('status', '--lake', lake)).to.contain('2 days: 2 fresh');

    const forgotten = await run('forget', '--user', String(ana.id), '--lake', lake, '--yes');
    expect(forgotten).to.contain('Imports will leave this person out.');
    expect(await run('import', file, '--lake', lake, '--chat', 'Dados 📊')).to.contain(
      'not imported: 3 forgotten',
    );
    expect(await ask('messages-per-day')).to.deep.equal([{ context_date: '2026-11-22', message_amount: 4 }]);
  });
});
