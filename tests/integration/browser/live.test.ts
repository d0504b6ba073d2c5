import { join } from 'node:path';
import { expect } from 'chai';
import { defaultLocalSecret } from '../../../src/cli/settings.ts';
import { demoChatId } from '../../../src/demo/demo-group.ts';
import { freePort, type ServerProcess, startServer } from '../../../tools/engines/server-process.ts';
import { telegramLake } from '../../support/run-cli.ts';
import { charts } from './made-pages.ts';
import { dark, desktop, phone } from './opened-page.ts';
import { shownFigures } from './shown-charts.ts';
import { opened, runFolder } from './started.ts';

describe('the page that npm start serves', () => {
  let server: ServerProcess;
  let address = '';
  before(async function () {
    this.timeout(60_000);
    const port = await freePort();
    address = `http://127.0.0.1:${port}/`;
    server = await startServer({
      name: 'start',
      command: process.execPath,
      args: [
        telegramLake,
        'start',
        '--demo-until',
        '2026-11-22',
        '--lake',
        join(runFolder(), 'live'),
        '--port',
        String(port),
      ],
      env: { TELEGRAM_SECRET_TOKEN: '' },
      ready: async () => (await messagesAt(address)) > 4_000,
      seconds: 50,
    });
  });
  after(() => server?.stop());

  for (const [lang, device] of [
    ['en', desktop],
    ['pt', dark(phone)],
  ] as const) {
    it(`is the report, under the policy of header and page: ${lang}`, async () => {
      const { page, faults } = await opened(`${address}?lang=${lang}`, device);
      const drawn = (await shownFigures(page)).filter(({ drawing }) => drawing).map(({ title }) => title);
      expect(drawn).to.have.members(charts.map(({ texts }) => texts[lang].title));
      expect(faults).to.deep.equal([]);
    });
  }

  it('reloads when a day is rebuilt, and has its message', async () => {
    const before = await messagesAt(address);
    const { page, faults } = await opened(address, desktop);
    const update = {
      update_id: 900_000_001,
      message: {
        message_id: 900_001,
        // The last second: what follows a question may be its answer.
        date: Date.parse('2026-11-22T23:59:59-03:00') / 1000,
        chat: { id: demoChatId, type: 'supergroup', title: 'Group' },
        from: { id: 42, is_bot: false, first_name: '<b>Ana</b>' },
        text: 'Does <i>my own</i> question arrive?',
      },
    };
    const { status } = await fetch(`${address}webhook`, {
      method: 'POST',
      headers: { 'X-Telegram-Bot-Api-Secret-Token': defaultLocalSecret },
      body: JSON.stringify(update),
    });
    expect(status).to.equal(200);
    // On a slow machine what concerns questions follows the rest.
    const newest = page.locator('#open-questions .ranked li').first();
    await newest.filter({ hasText: 'Does <i>my own</i> question arrive?' }).waitFor({ timeout: 40_000 });
    expect(await newest.textContent()).to.contain('<b>Ana</b>');
    expect(await messagesAt(address)).to.equal(before + 1);
    expect(faults).to.deep.equal([]);
  });
});

/** The first number of the page: how many messages there are. */
async function messagesAt(address: string): Promise<number> {
  const page = await (await fetch(address, { signal: AbortSignal.timeout(10_000) })).text();
  return Number(/<dd>([\d,]+)<\/dd>/.exec(page)?.[1]?.replaceAll(',', ''));
}
