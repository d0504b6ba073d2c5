import { join } from 'node:path';
import { expect } from 'chai';
import { messageUpdate } from '../../../tools/fixtures/updates.ts';
import { FakeBotApi } from '../../support/fake-bot-api.ts';
import { runCli } from '../../support/run-cli.ts';
import { suiteFolder } from '../../support/temporary-folder.ts';
import { postedLake } from './posted-lake.ts';

const chat = { id: -1001234567890, type: 'supergroup', title: 'Turma 44' };
const other = { id: -1009876543210, type: 'supergroup', title: 'Turma 45' };
const updates = ['Ana', 'Bruno'].map((first_name, at) =>
  messageUpdate(at + 1, {
    chat,
    from: { id: 11 + at, is_bot: false, first_name },
    text: 'Onde fica o edital?',
  }),
);

const documentOf = (call: FakeBotApi['calls'][number] | undefined) =>
  call?.payload.document as { name: string; content: Buffer };

describe('telegram-lake report --send', () => {
  const folder = suiteFolder();
  let telegram: FakeBotApi;
  before(() => postedLake(folder(), updates));
  beforeEach(async () => {
    telegram = await FakeBotApi.start();
    for (const known of [chat, other])
      telegram.chats.set(known.id, { chat: known, administrators: [], bot: {} });
  });
  afterEach(() => telegram.close());
  // Without a browser, which not every machine has.
  const send = (...args: string[]) =>
    runCli(['report', '--lake', folder(), '--lang', 'pt', ...args], {
      TELEGRAM_API_ROOT: telegram.root,
      TELEGRAM_BOT_TOKEN: telegram.token,
      CHROMIUM: '/nonexistent',
    });
  const posted = () => telegram.calls.filter(({ method }) => method.startsWith('send'));

  it('shows what it posts and where, then posts summary and page with pseudonyms', async () => {
    const { code, stdout, stderr } = await send('--send', String(chat.id), '--yes');
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.match(
      /^To "Turma 44" \(-1001234567890\), with pseudonyms:\n\n {2}Turma 44\n\n {2}22 de novembro de 2026\n/,
    );
    expect(stdout).to.match(
      /and report\.html \d+ kB\n.*no picture.*\nPosted to "Turma 44" \(-1001234567890\)\.\n$/,
    );
    const [message, document, ...more] = posted();
    expect(more).to.deep.equal([]);
    expect(message).to.deep.include({ method: 'sendMessage' });
    expect(message?.payload).to.include({ chat_id: chat.id }).and.not.have.property('parse_mode');
    expect(message?.payload.text).to.match(/^Turma 44\n\n22 de novembro de 2026\n\n2 mensagens, 2 pessoas\./);
    const { name, content } = documentOf(document);
    expect(name).to.equal('report.html');
    expect(content.toString()).to.contain('<h1>Turma 44</h1>');
    for (const person of ['Ana', 'Bruno']) expect(content.toString()).to.not.contain(`>${person}<`);
  });

  it('posts names on request', async () => {
    const { code, stdout } = await send('--send', '1234567890', '--names', '--yes');
    expect([code, stdout.split('\n')[0]]).to.deep.equal([
      0,
      'To "Turma 44" (-1001234567890), with the names of people:',
    ]);
    const { content } = documentOf(posted()[1]);
    expect(content.toString()).to.contain('Ana').and.contain('Bruno');
  });

  it('notes that the numbers are of another group than the one it posts to', async () => {
    const { code, stderr } = await send('--send', String(other.id), '--yes');
    expect(code).to.equal(0);
    expect(stderr).to.equal(
      'telegram-lake: the numbers are not those of "Turma 45" (-1009876543210) alone; --chat -1009876543210 makes them so\n',
    );
    expect(posted()[0]?.payload.text).to.not.contain('Turma');
  });

  const refused: [what: string, args: string[], code: number, message: RegExp][] = [
    [
      'there is nobody to ask',
      ['--send', String(chat.id)],
      2,
      /--send asks before it posts, and there is no terminal/,
    ],
    [
      'the bot is in no such chat',
      ['--send', '-5', '--yes'],
      2,
      /the bot is in no chat with the id -5\. Add it/,
    ],
    ['the form is not written', ['--send', String(chat.id), '--yes', '--out', 'x.doc'], 2, /not as \.doc/],
  ];
  for (const [what, args, expected, message] of refused) {
    it(`posts nothing where ${what}`, async () => {
      const { code, stderr } = await send(...args);
      expect(code).to.equal(expected);
      expect(stderr).to.match(message);
      expect(posted()).to.deep.equal([]);
    });
  }

  it('says that Telegram refused, without the token', async () => {
    telegram.failNext('sendMessage', { code: 403, description: 'Forbidden: bot was kicked' });
    const { code, output } = await send('--send', String(chat.id), '--yes');
    expect(code).to.equal(1);
    expect(output).to.contain('sendMessage: 403 Forbidden: bot was kicked').and.not.contain(telegram.token);
  });

  it('writes the file besides where --out names one', async () => {
    const out = join(folder(), 'week.html');
    expect((await send('--send', String(chat.id), '--yes', '--out', out)).code).to.equal(0);
    expect((await runCli(['report', '--lake', folder(), '--out', out])).code).to.equal(0);
  });
});
