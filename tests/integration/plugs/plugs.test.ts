import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { sentSecret } from '../../../src/ingest/sent.ts';
import { readSentReport } from '../../../src/telegram/sent-message.ts';
import { installed, python, runInstaller } from '../../../tools/engines/installed.ts';
import { root } from '../../../tools/template.ts';
import { type ScriptedBot, startScriptedBot } from '../../support/scripted-bot.ts';

const telegraf = 'telegraf@4.16.3';
const libraries = ['aiogram==3.31.0', 'python-telegram-bot==22.8'];
const token = '123456789:AAF-0123456789_0123456789abcdefghijkl';
const from = { id: 99, is_bot: true, first_name: 'Helper', username: 'helper_bot' };
const chat = { id: -1001234567890, type: 'supergroup', title: 'Course' };
const message = {
  message_id: 7,
  date: 1795402799,
  chat,
  from,
  text: 'Oi!',
  entities: [{ type: 'bold', offset: 0, length: 2 }],
};

/** What each bot does, by its library: asks who it is, sends a message, and deletes it. */
const programs = {
  telegraf: `
    import { createRequire } from 'node:module';
    import { lakeReporter } from './plugs/telegram-lake.mjs';
    const { Telegraf } = createRequire(process.env.LIBRARIES + '/')('telegraf');
    const bot = new Telegraf(process.env.TOKEN, { telegram: { apiRoot: process.env.API_ROOT } });
    const lake = lakeReporter(process.env.LAKE_URL, process.env.LAKE_SECRET);
    lake.telegraf(bot);
    bot.on('message', async (context) => {
      await context.reply('Oi!');
      await context.deleteMessage(7);
    });
    await bot.handleUpdate({ update_id: 1, message: ${JSON.stringify({ ...message, from: { id: 1, is_bot: false, first_name: 'Ana' } })} });
  `,
  aiogram: `
import asyncio, os, sys
sys.path.insert(0, 'plugs')
from telegram_lake import LakeReporter
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

async def main():
    lake = LakeReporter(os.environ['LAKE_URL'], os.environ['LAKE_SECRET'])
    bot = Bot(os.environ['TOKEN'], session=AiohttpSession(api=TelegramAPIServer.from_base(os.environ['API_ROOT'])))
    bot.session.middleware(lake.aiogram)
    await bot.get_me()
    await bot.send_message(${chat.id}, 'Oi!')
    await bot.delete_message(${chat.id}, 7)
    await bot.session.close()
    lake._waiting.join()
    assert lake.dropped == 0

asyncio.run(main())
`,
  'python-telegram-bot': `
import asyncio, os, sys
sys.path.insert(0, 'plugs')
from telegram_lake import LakeReporter
from telegram.ext import Application

async def main():
    lake = LakeReporter(os.environ['LAKE_URL'], os.environ['LAKE_SECRET'])
    application = (Application.builder().token(os.environ['TOKEN']).base_url(os.environ['API_ROOT'] + '/bot')
                   .request(lake.telegram_request()).build())
    await application.bot.initialize()
    await application.bot.send_message(${chat.id}, 'Oi!')
    await application.bot.delete_message(${chat.id}, 7)
    await application.bot.shutdown()
    lake._waiting.join()
    assert lake.dropped == 0

asyncio.run(main())
`,
};

describe('plugs of the libraries that bots are made with', function () {
  this.timeout(300_000);
  let libraryFolder: string;
  let command: string;
  before(async () => {
    const { command: found, version } = await python();
    command = found;
    const name = `plugs-${[telegraf, ...libraries].join('-').replaceAll(/[@=]+/g, '-')}-python${version}`;
    libraryFolder = await installed(name, async (folder) => {
      await runInstaller(command, ['-m', 'pip', 'install', '--quiet', '--target', folder, ...libraries]);
      await runInstaller('npm', ['install', '--silent', '--no-save', '--prefix', folder, telegraf]);
    });
  });

  let api: ScriptedBot;
  let lake: ScriptedBot;
  beforeEach(async () => {
    lake = await startScriptedBot();
    api = await startScriptedBot(({ url }) => {
      const method = url?.split('/').at(-1)?.toLowerCase();
      const result = method === 'getme' ? from : method === 'deletemessage' ? true : message;
      const headers = { 'Content-Type': 'application/json' };
      return { headers, body: JSON.stringify({ ok: true, result }) };
    });
  });
  afterEach(() => Promise.all([api.close(), lake.close()]));

  for (const [library, program] of Object.entries(programs)) {
    it(`${library}: a message and its deletion are reported as the Bot API answered them`, async () => {
      const isPython = library !== 'telegraf';
      const args = isPython ? ['-c', program] : ['--input-type=module', '--eval', program];
      const env = {
        ...process.env,
        PYTHONPATH: libraryFolder,
        LIBRARIES: libraryFolder,
        TOKEN: token,
        API_ROOT: api.url.replace('/webhook', ''),
        LAKE_URL: lake.url,
        LAKE_SECRET: sentSecret('local'),
      };
      // It ends by itself once all reports are out.
      await promisify(execFile)(isPython ? command : process.execPath, args, { cwd: root, env });
      const reports = lake.seen;
      for (const { headers } of reports) {
        expect(headers.authorization).to.equal(`Bearer ${sentSecret('local')}`);
      }
      const [sent, deleted] = reports.map(({ body }) => readSentReport(body.toString()));
      if (!sent || 'problem' in sent || !deleted || 'problem' in deleted) throw new Error('no reports');
      expect(sent.sent.map(({ text }) => JSON.parse(text))).to.deep.equal([message]);
      expect(deleted.deleted).to.deep.equal({ chatId: chat.id, messageIds: [7] });
      expect(reports).to.have.length(2);
    });
  }
});
