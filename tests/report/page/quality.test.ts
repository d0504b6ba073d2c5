import { expect } from 'chai';
import type { MessageRow } from '../../../src/lake/columns.ts';
import { english } from '../../../src/report/language/english.ts';
import { portuguese } from '../../../src/report/language/portuguese.ts';
import { type LakeState, quality } from '../../../src/report/page/quality.ts';
import { message } from '../../../tools/fixtures/message-rows.ts';
import { askedLake } from '../../support/asked-lake.ts';

describe('the quality of the data in the report', () => {
  const ask = askedLake();

  async function shownOf(rows: readonly MessageRow[], state?: LakeState, language = english) {
    const results = new Map([
      ['data-quality', await ask('data-quality', rows)],
      ['group-at-a-glance', await ask('group-at-a-glance', rows)],
    ]);
    const { finding, html } = quality(results, state, 'America/Sao_Paulo', language);
    const facts = [...html.text.matchAll(/<dt>(.*?)<\/dt>\s*<dd>(.*?)<\/dd>/g)].map(
      ([, name, value = '']) => `${name}: ${value.replaceAll(/<[^>]*>/g, '').replaceAll('\u00a0', ' ')}`,
    );
    return { finding, facts };
  }

  const text = 'Bom dia';
  const mended = [
    message({ message_id: 1, at: '2026-11-01 12:00', text }),
    message({ message_id: 2, at: '2026-11-02 12:00', text, reply_to_message_id: 1, edit_date: 9 }),
    message({ message_id: 3, at: '2026-11-04 12:00', reply_to_message_id: 900, source: 'import' }),
    message({ message_id: 4, at: '2026-11-04 12:00', text, user_id: null, user_first_name: null }),
  ];

  it('counts days without messages, replies to what is not there, and messages mended on the way', async () => {
    expect(await shownOf(mended)).to.deep.equal({
      finding: {
        sentence: '1 of 2 replies answer a message that is not in the lake.',
        hasEnoughData: true,
      },
      facts: [
        'days without messages: 1 25%',
        'replies to messages that the lake does not have: 1 50%',
        'messages without an author: 1 25%',
        'messages without text or caption: 1 25%',
        'messages edited: 1 25%',
        'messages imported from an export: 1 25%',
        'messages with an impossible date, counted when they arrived: 0 0%',
        'newest day with messages: 4 Nov 2026',
      ],
    });
  });

  it('has no sentence on missing days below a week, nor on replies where there are none, and no share of nothing', async () => {
    const { finding, facts } = await shownOf([message({ at: '2026-11-04 12:00', text })]);
    expect(finding.sentence).to.equal('');
    expect(facts).to.include('replies to messages that the lake does not have: 0');
    expect(facts).to.include('days without messages: 0 0%');
  });

  it('tells of several days and replies as of several', async () => {
    const replies = [5, 6].map((message_id) =>
      message({ message_id, at: '2026-11-09 12:00', reply_to_message_id: 900 + message_id }),
    );
    const { finding } = await shownOf([...mended, ...replies]);
    expect(finding.sentence).to.equal(
      '5 days of 9 have no messages. 3 of 4 replies answer a message that is not in the lake.',
    );
    const inPortuguese = await shownOf([...mended, ...replies], undefined, portuguese);
    expect(inPortuguese.finding.sentence).to.equal(
      '5 dias de 9 não têm mensagens. 3 de 4 respostas são a mensagens que não estão no lake.',
    );
    expect(inPortuguese.facts[0]).to.equal('dias sem mensagens: 5 55,6%');
  });

  it("says when the newest day was built, by the lake's clock, and what is in quarantine", async () => {
    const builtAtSeconds = Date.parse('2026-11-05T02:15:00Z') / 1000;
    const { facts } = await shownOf(mended, { quarantined: 1200, builtAtSeconds });
    expect(facts.slice(-2)).to.deep.equal([
      'last updated: 4 November 2026 at 23:15',
      'requests that did not come from Telegram: 1,200',
    ]);
  });

  it('names the days that are left out because their files are damaged, in both languages', async () => {
    const damagedDays = ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04'];
    const state = { quarantined: 0, builtAtSeconds: undefined, damagedDays };
    expect((await shownOf(mended, state)).finding.sentence).to.contain(
      '4 days are left out, since a file is damaged: 1 Nov 2026, 2 Nov 2026, 3 Nov 2026, ….',
    );
    const one = { ...state, damagedDays: ['2026-11-04'] };
    expect((await shownOf(mended, one, portuguese)).finding.sentence).to.match(
      /^1 dia ficou de fora, porque um arquivo está danificado: 4 de nov\. de 2026\./,
    );
  });

  it('says nothing of a file that is not there', async () => {
    const { facts } = await shownOf(mended, { quarantined: 0, builtAtSeconds: undefined });
    expect(facts.slice(-2)).to.deep.equal([
      'newest day with messages: 4 Nov 2026',
      'requests that did not come from Telegram: 0',
    ]);
  });
});
