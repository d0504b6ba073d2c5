import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { rebuildAllDays } from '../src/cli/lake/rebuild-days.ts';
import { createSentIntake } from '../src/ingest/sent.ts';
import { createWebhook } from '../src/ingest/webhook.ts';
import { createLake } from '../src/lake/lake.ts';
import { runCli } from './support/run-cli.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const chat = { id: -1001234567890, type: 'supergroup', title: 'Course' };
const person = { id: 7, is_bot: false, first_name: 'Ana' };
const bot = { id: 99, is_bot: true, first_name: 'Helper' };
const at = 1795402800;
/** Two questions, of which the bot answers the first and edits its answer. */
const talk = [
  { message_id: 1, date: at, chat, from: person, text: 'Como faço o deploy com SAM?' },
  {
    message_id: 2,
    date: at + 5,
    edit_date: at + 9,
    chat,
    from: bot,
    text: 'Com sam deploy',
    reply_to_message: { message_id: 1, date: at, chat, from: person },
  },
  { message_id: 3, date: at + 60, chat, from: person, text: 'E onde fica o bucket?' },
];

describe('a talk with a bot', function () {
  this.timeout(30_000);
  const folder = temporaryFolder();
  const intake = (path: string) => {
    const lake = createLake(path, 'America/Sao_Paulo');
    const chats = new Set([chat.id]);
    return { lake, store: lake.raw, secretToken: 's', chats, timeZone: lake.timeZone, now: () => at + 600 };
  };
  const isOfBot = ({ from }: (typeof talk)[number]) => from === bot;
  const byWebhook = async (path: string, messages: typeof talk) => {
    const webhook = createWebhook(intake(path));
    for (const message of messages) {
      const kind = 'edit_date' in message ? 'edited_message' : 'message';
      await webhook.receiveTrusted(
        Buffer.from(JSON.stringify({ update_id: message.message_id, [kind]: message })),
      );
    }
  };
  const byReports = async (path: string) => {
    const sent = createSentIntake(intake(path));
    for (const message of talk.filter(isOfBot)) {
      await sent.receiveTrusted(
        JSON.stringify({ ok: true, result: { ...message, text: 'Com…', edit_date: undefined } }),
      );
      await sent.receiveTrusted(JSON.stringify({ ok: true, result: message }));
    }
  };
  const byExport = async (path: string) => {
    const messages = talk.map(({ message_id, date, from, text, ...rest }) => ({
      id: message_id,
      type: 'message',
      date: '2026-11-23T00:00:00',
      date_unixtime: String(date),
      ...('edit_date' in rest && { edited_unixtime: String(rest.edit_date) }),
      from: from.first_name,
      from_id: `user${from.id}`,
      ...('reply_to_message' in rest && { reply_to_message_id: 1 }),
      text,
      text_entities: [{ type: 'plain', text }],
    }));
    const file = join(folder(), 'result.json');
    writeFileSync(
      file,
      JSON.stringify({ name: 'Course', type: 'private_supergroup', id: 1234567890, messages }),
    );
    expect((await runCli(['import', file, '--lake', path, '--bot', 'Helper'])).code).to.equal(0);
  };

  const ways: Record<string, (path: string) => Promise<void>> = {
    'by a second bot that hears other bots': (path) => byWebhook(path, talk),
    'by its own updates and its reports': async (path) => {
      await byWebhook(
        path,
        talk.filter((message) => !isOfBot(message)),
      );
      await byReports(path);
    },
    'by an export': byExport,
    'by all ways at once, the export first': async (path) => {
      await byExport(path);
      await byReports(path);
      await byWebhook(path, talk);
    },
  };
  for (const [way, fill] of Object.entries(ways)) {
    it(`gives the same rows and the same answers ${way}`, async () => {
      const path = join(folder(), 'lake');
      await fill(path);
      await rebuildAllDays(intake(path).lake, () => {});
      const ask = async (sql: string) => {
        const { stdout } = await runCli(['query', '--lake', path, '--format', 'json', '--sql', sql]);
        return JSON.parse(stdout);
      };
      const columns =
        'message_id, user_id, text, "date", edit_date, reply_to_message_id, reply_to_user_id, is_bot';
      const row = (index: number) => {
        const { message_id, from, text, date, ...rest } = talk[index] as (typeof talk)[number];
        const isReply = 'reply_to_message' in rest;
        return {
          message_id,
          user_id: from.id,
          text,
          date,
          edit_date: isReply ? at + 9 : null,
          reply_to_message_id: isReply ? 1 : null,
          reply_to_user_id: isReply ? person.id : null,
          is_bot: from === bot,
        };
      };
      expect(await ask(`SELECT ${columns} FROM messages ORDER BY message_id`)).to.deep.equal(
        [0, 1, 2].map(row),
      );
      expect(await ask('SELECT message_id, answer_message_id, answered_by FROM answers')).to.deep.equal([
        { message_id: 1, answer_message_id: 2, answered_by: 'bot' },
      ]);
      const { stdout } = await runCli([
        'query',
        'questions-answered-per-day',
        '--lake',
        path,
        '--format',
        'json',
      ]);
      answers.push(stdout);
      expect(answers.at(-1)).to.equal(answers[0]).and.include('2026-11-23');
    });
  }
  const answers: string[] = [];
});
