import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { rebuildDays } from '../../../src/cli/lake/rebuild-days.ts';
import { createLake, daysOf } from '../../../src/lake/lake.ts';
import { messageUpdate, storeUpdate } from '../../../tools/fixtures/updates.ts';
import { runCli } from '../../support/run-cli.ts';
import { suiteFolder } from '../../support/temporary-folder.ts';

const chat = { id: -1001234567890, type: 'supergroup', title: 'Turma 44' };
const other = { id: -1009876543210, type: 'supergroup', title: 'Turma 45' };
const person = (id: number) => ({ id, is_bot: false, first_name: `Pessoa ${id}` });

describe('telegram-lake report of a period', () => {
  const folder = suiteFolder();
  before(async () => {
    const lake = createLake(folder(), 'America/Sao_Paulo');
    let id = 0;
    const send = async (day: string, from: number, text: string, fields: object = {}) => {
      id += 1;
      const date = Date.parse(`${day}T15:00:00Z`) / 1000 + id;
      const update = messageUpdate(id, { date, from: person(from), text, chat, ...fields });
      await storeUpdate(lake.raw, update, lake.timeZone);
      return id;
    };
    const ask = async (day: string, asker: number, answerer?: number) => {
      const question = await send(day, asker, `Onde fica o arquivo ${id}?`);
      if (answerer !== undefined)
        await send(day, answerer, 'No drive', { reply_to_message: { message_id: question, chat } });
    };
    await send('2026-11-08', 1, 'oi');
    // The period before: 3 messages of 2 people, 2 questions of which one is answered.
    await ask('2026-11-10', 1, 2);
    await ask('2026-11-12', 1);
    // The period: 4 messages of 3 people, all questions answered.
    await ask('2026-11-17', 1, 3);
    await ask('2026-11-22', 2, 3);
    await send('2026-11-22', 9, 'de outro grupo', { chat: other });
    for await (const _ of rebuildDays(lake, await daysOf(lake), { force: false }));
  });

  async function pageOf(...args: string[]): Promise<string> {
    const out = join(folder(), 'page.html');
    const { code, output } = await runCli(['report', '--lake', folder(), '--out', out, ...args]);
    expect(code, output).to.equal(0);
    return readFileSync(out, 'utf8')
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ');
  }
  const ofChat = ['--chat', String(chat.id)];

  it('compares it with the period before of the same length', async () => {
    const page = await pageOf('--last', '7d', '--lang', 'en', ...ofChat);
    expect(page).to.contain('Turma 44 16 November 2026 to 22 November 2026');
    expect(page).to.contain('messages before: 3 4 people before: 2 3 questions before: 2 2');
    expect(page).to.contain(
      'In these 7 days the group wrote 4 messages, 33% more than in the 7 days before (3). ' +
        'People: from 2 to 3; questions: 2 as before; answered: from 50% to 100%.',
    );
  });

  it('compares it in Portuguese, for days that are named', async () => {
    const page = await pageOf('--from', '2026-11-16', '--to', '2026-11-22', '--lang', 'pt', ...ofChat);
    expect(page).to.contain(
      'Nestes 7 dias o grupo escreveu 4 mensagens, 33% a mais que nos 7 dias anteriores (3). ' +
        'Pessoas: de 2 para 3; perguntas: 2, como antes; respondidas: de 50% para 100%.',
    );
  });

  it('compares nothing where the lake begins within the period before', async () => {
    const page = await pageOf('--last', '9d', '--lang', 'en', ...ofChat);
    expect(page).to.contain('The lake does not have all of the period before');
    expect(page).to.not.contain('before:');
  });

  it('says that a period is empty, and not that the lake is', async () => {
    const page = await pageOf('--from', '2026-12-01', '--lang', 'en', ...ofChat);
    expect(page).to.contain('The lake has no messages of this period.').and.not.contain('no messages yet');
  });
});
