import { expect } from 'chai';
import { html } from '../../../src/base/html.ts';
import { english } from '../../../src/report/language/english.ts';
import { portuguese } from '../../../src/report/language/portuguese.ts';
import type { Figure } from '../../../src/report/page/figure.ts';
import { overview } from '../../../src/report/page/overview.ts';
import { message } from '../../../tools/fixtures/message-rows.ts';
import { askedLake } from '../../support/asked-lake.ts';

describe('the first screen of the report', () => {
  const ask = askedLake();

  /** Of a lake with as many messages on each day, by its place from 1 November 2026 on. */
  async function shownOf(amounts: Readonly<Record<number, number>>, figures: readonly Figure[] = []) {
    const rows = Object.entries(amounts).flatMap(([day, amount]) =>
      Array.from({ length: amount }, (_, at) =>
        message({
          message_id: 1000 * Number(day) + at,
          at: `2026-11-${day.padStart(2, '0')} 12:00`,
          user_id: at % 2,
        }),
      ),
    );
    const results = new Map([['group-at-a-glance', await ask('group-at-a-glance', rows)]]);
    const [inEnglish, inPortuguese] = [english, portuguese].map((language) =>
      overview(results, figures, language).text.replaceAll('\u00a0', ' '),
    ) as [string, string];
    return {
      english: inEnglish,
      portuguese: inPortuguese,
      period: /<p class="lead">(.*)<\/p>/.exec(inEnglish)?.[1],
      numbers: [...inEnglish.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/g)].map(
        ([, words, amount]) => `${amount} ${words}`,
      ),
      trend: /<p class="(finding.*?)">(.*?)<\/p>/.exec(inEnglish)?.slice(1),
    };
  }

  it('counts messages, people and days from the first to the last', async () => {
    const { period, numbers } = await shownOf({ 1: 1200, 3: 2 });
    expect(period).to.equal('1 November 2026 to 3 November 2026');
    expect(numbers).to.deep.equal(['1,202 messages', '2 people', '3 days']);
  });

  it('names one day once, one message as one, and one person as one', async () => {
    const { period, numbers, portuguese: inPortuguese } = await shownOf({ 5: 1 });
    expect(period).to.equal('5 November 2026');
    expect(numbers).to.deep.equal(['1 message', '1 person', '1 day']);
    for (const words of ['mensagem', 'pessoa', 'dia', '5 de novembro de 2026'])
      expect(inPortuguese).to.contain(`>${words}<`);
  });

  it('tells no trend before there are two weeks', async () => {
    const { trend } = await shownOf({ 1: 5, 13: 5 });
    expect(trend).to.deep.equal(['finding untold', 'A trend needs two whole weeks.']);
  });

  const trends: [of: string, before: number, newest: number, sentence: string, figure: string][] = [
    ['more', 4, 5, '5 messages, 25% more than in the 7 days before (4)', '+25%'],
    ['fewer', 4, 1, '1 message, 75% fewer than in the 7 days before (4)', '−75%'],
    ['the same', 4, 4, '4 messages, about as many as in the 7 days before (4)', '±0%'],
    ['nearly the same', 100, 102, '102 messages, about as many as in the 7 days before (100)', '+2%'],
    ['a third more', 3, 4, '4 messages, 33.3% more than in the 7 days before (3)', '+33%'],
  ];
  for (const [of, before, newest, sentence, figure] of trends) {
    it(`compares the newest week with the one before: ${of}`, async () => {
      const { trend, numbers } = await shownOf({ 1: 1, 7: before - 1, 14: newest });
      expect(trend).to.deep.equal(['finding', `In the last 7 days the group wrote ${sentence}.`]);
      expect(numbers.at(-1)).to.equal(`${figure} messages, compared with the 7 days before`);
    });
  }

  it('compares as many whole weeks as there are on either side', async () => {
    const { trend } = await shownOf({ 1: 1, 14: 1, 15: 3, 28: 3 });
    expect(trend?.[1]).to.equal(
      'In the last 14 days the group wrote 6 messages, 200% more than in the 14 days before (2).',
    );
  });

  it('says that nothing came before where the group was silent then, and reckons no percentage', async () => {
    // 29 days: the newest two weeks, and two silent ones before, which the first day is outside of.
    const { trend, numbers, portuguese: inPortuguese } = await shownOf({ 1: 2, 20: 1, 29: 3 });
    expect(trend).to.deep.equal([
      'finding',
      'In the last 14 days the group wrote 4 messages, after none in the 14 days before.',
    ]);
    expect(numbers).to.deep.equal(['6 messages', '2 people', '29 days']);
    expect(inPortuguese).to.contain(
      'Nos últimos 14 dias o grupo escreveu 4 mensagens, depois de nenhuma nos 14 dias anteriores.',
    );
  });

  it('has in short what the figures say, with a way to each, and nothing of those with too little', async () => {
    const of = (id: string, sentence: string, hasEnoughData: boolean): Figure => ({
      id,
      title: id,
      finding: { sentence, hasEnoughData },
      html: html``,
    });
    const shown = await shownOf({ 1: 1 }, [
      of('busiest-hour', 'Busy <at> 9.', true),
      of('most-active-users', 'Too little.', false),
      of('reactions', 'Not in short.', true),
      of('open-questions', '3 are open.', true),
    ]);
    expect(shown.english).to.contain(
      '<ul class="short"><li><a href="#busiest-hour">Busy &lt;at&gt; 9.</a></li><li><a href="#open-questions">3 are open.</a></li></ul>',
    );
    expect((await shownOf({ 1: 1 }, [of('busiest-hour', 'Too little.', false)])).english).not.to.contain(
      '<ul',
    );
  });
});
