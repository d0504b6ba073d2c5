import { expect } from 'chai';
import type { MessageRow } from '../../../src/lake/columns.ts';
import type { ResultTable } from '../../../src/query/query-runner.ts';
import { anonymous } from '../../../src/report/data/people.ts';
import { english } from '../../../src/report/language/english.ts';
import { portuguese } from '../../../src/report/language/portuguese.ts';
import type { Figure } from '../../../src/report/page/figure.ts';
import { frequentQuestionsFigure, openQuestionsFigure } from '../../../src/report/page/lists.ts';
import { message } from '../../../tools/fixtures/message-rows.ts';
import { askedLake } from '../../support/asked-lake.ts';
import { resultTable } from '../../support/result-table.ts';

const itemsOf = ({ html }: Figure): string[] =>
  (html.text.match(/<li>[\s\S]*?<\/li>/g) ?? []).map((line) =>
    line
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
const linksOf = ({ html }: Figure): string[] =>
  [...html.text.matchAll(/href="([^"]*)"/g)].map(([, target = '']) => target);

const key = new Uint8Array(32);

/** The same question of as many people. */
const asked = (text: string, people: number, from = 1): MessageRow[] =>
  Array.from({ length: people }, (_, at) =>
    message({ message_id: from + at, user_id: from + at, user_first_name: `Ana ${from + at}`, text }),
  );

describe('the questions asked most', () => {
  const ask = askedLake();
  const file = 'most-frequent-questions';
  const results = async (rows: readonly MessageRow[]) => new Map([[file, await ask(file, rows)]]);

  it('are listed by how often and by how many people, in the newest wording, the first as a sentence', async () => {
    const rows = [
      ...asked('Quando é a prova?', 3),
      message({ message_id: 8, user_id: 1, at: '2026-11-22 13:00', text: 'quando É a <prova>??' }),
      ...asked('Onde fica a tabela?', 1, 10),
      ...asked('Qual é o prazo?', 2, 20),
      // One person, twice.
      message({ message_id: 31, user_id: 5, at: '2026-11-22 13:00', text: 'E o almoço de hoje?' }),
      message({ message_id: 32, user_id: 5, at: '2026-11-22 13:01', text: 'E o almoço de hoje?' }),
    ];
    const figure = frequentQuestionsFigure(await results(rows), english, false);
    expect(itemsOf(figure)).to.deep.equal([
      'quando É a &lt;prova&gt;?? 4 times, by 3 people',
      'Qual é o prazo? 2 times, by 2 people',
    ]);
    expect(figure.finding).to.deep.equal({
      sentence: '“quando É a <prova>??” was asked 4 times, by 3 people.',
      hasEnoughData: true,
    });
    expect(figure.html.text).to.contain('<meter min="0" max="4" value="2"');
    const inPortuguese = frequentQuestionsFigure(await results(rows), portuguese, false);
    expect(itemsOf(inPortuguese)[1]).to.equal('Qual é o prazo? 2 vezes, por 2 pessoas');
    expect(inPortuguese.finding.sentence).to.contain('foi perguntado 4 vezes, por 3 pessoas.');
  });

  it('are the ten most frequent, and more in the table', async () => {
    const rows = Array.from({ length: 12 }, (_, at) =>
      asked(`Qual é o exercício ${at}?`, 2, 100 * at),
    ).flat();
    const figure = frequentQuestionsFigure(await results(rows), english, false);
    expect(itemsOf(figure)).to.have.length(10);
    expect(figure.html.text.match(/<tr>/g)).to.have.length(1 + 12);
  });

  it('are cut where they are long, at 160 characters', async () => {
    const figure = frequentQuestionsFigure(
      await results(asked(`Por que ${'não '.repeat(100)}funciona?`, 2)),
      english,
      false,
    );
    const question = /<bdi>(.*?)<\/bdi>/.exec(figure.html.text)?.[1] ?? '';
    expect(question).to.match(/^Por que não .*…$/);
    expect(question.length).to.be.within(150, 160);
  });

  it('say so where no question came twice, by two people', async () => {
    const figure = frequentQuestionsFigure(await results([message({ text: 'Bom dia' })]), english, false);
    const needed = 'no question came twice';
    expect(figure.finding).to.deep.equal({ sentence: needed, hasEnoughData: false, needed });
    const hidden = frequentQuestionsFigure(await results([]), english, true);
    expect(hidden.finding.needed).to.equal('none in the same words by three people');
    expect(figure.html.text).not.to.match(/<ol|<table/);
  });

  it('are, without names, those that three people or more asked, in the words that they have in common', async () => {
    const rows = [
      ...asked('Quando é a PROVA?', 3),
      ...asked('E a nota do João?', 2, 10),
      message({ message_id: 90, user_id: 99, text: 'E a nota do João?', at: '2026-11-22 13:00' }),
      message({ message_id: 91, user_id: 99, text: 'Qual é o meu segredo?', at: '2026-11-22 13:00' }),
      message({ message_id: 92, user_id: 99, text: 'Qual é o meu segredo?', at: '2026-11-22 13:01' }),
      message({ message_id: 93, user_id: 99, text: 'Qual é o meu segredo?', at: '2026-11-22 13:02' }),
    ];
    const hidden = anonymous(await results(rows), key, english);
    const figure = frequentQuestionsFigure(hidden, english, false);
    expect(itemsOf(figure)).to.deep.equal([
      'e a nota do joao 3 times, by 3 people',
      'quando e a prova 3 times, by 3 people',
    ]);
    expect(figure.html.text).not.to.match(/segredo|PROVA/);
  });
});

describe('the open questions', () => {
  const ask = askedLake();
  const file = 'open-questions';
  const results = async (rows: readonly MessageRow[]) => new Map([[file, await ask(file, rows)]]);
  const rows = [
    message({ message_id: 1, at: '2026-11-15 13:00', text: 'Quem tem o <link>?' }),
    message({ message_id: 2, at: '2026-11-15 14:00', text: 'E a gravação?' }),
    message({ message_id: 3, at: '2026-11-22 13:30', text: 'Boa noite', user_id: 12 }),
  ];

  it('are listed with who asked when, the newest first, and those open for a week are counted', async () => {
    const figure = openQuestionsFigure(await results(rows), english, false);
    expect(itemsOf(figure)).to.deep.equal([
      'E a gravação? Ana · 15 Nov 2026, 14:00 · show in Telegram',
      'Quem tem o &lt;link&gt;? Ana · 15 Nov 2026, 13:00 · show in Telegram',
    ]);
    expect(figure.finding).to.deep.equal({
      sentence: '2 questions are still open, 1 of them for more than a week.',
      hasEnoughData: true,
    });
  });

  it('are one question where there is one, and none where there is none', async () => {
    const one = await results(rows.slice(1));
    expect(openQuestionsFigure(one, english, false).finding.sentence).to.equal('1 question is still open.');
    expect(openQuestionsFigure(one, portuguese, false).finding.sentence).to.equal(
      '1 pergunta continua sem resposta.',
    );
    const none = openQuestionsFigure(await results(rows.slice(2)), english, false);
    expect(none.finding).to.deep.equal({ sentence: 'No question is open.', hasEnoughData: false });
    expect(none.html.text).not.to.match(/<ul|<table/);
  });

  it('are linked in supergroups alone, by which Telegram has links', async () => {
    const linked = openQuestionsFigure(await results(rows), english, false);
    expect(linksOf(linked)).to.deep.equal(['https://t.me/c/1234567890/2', 'https://t.me/c/1234567890/1']);
    const inGroup = rows.map((row) => ({ ...row, chat_id: -42, chat_type: 'group' }));
    expect(linksOf(openQuestionsFigure(await results(inGroup), english, false))).to.deep.equal([]);
  });

  for (const link of [
    'javascript:alert(1)//https://t.me/c/1/2',
    'https://t.me/c/1/2\nx',
    'https://t.me/c/1/2?x',
    'https://t.me.evil.example/c/1/2',
    'http://t.me/c/1/2',
    '"><script>',
  ]) {
    it(`are never linked elsewhere: ${JSON.stringify(link)}`, () => {
      const result: ResultTable = resultTable(
        'asked_at varchar, age_hours bigint, user_first_name varchar, question varchar, message_link varchar',
        ['2026-11-22 10:00', 1, 'Ana', 'E agora?', link],
      );
      expect(linksOf(openQuestionsFigure(new Map([[file, result]]), english, false))).to.deep.equal([]);
    });
  }

  it('have neither text, name, time of day nor link without names', async () => {
    const hidden = anonymous(await results(rows), key, english);
    const figure = openQuestionsFigure(hidden, english, true);
    expect(figure.finding.sentence).to.equal('2 questions are still open, 1 of them for more than a week.');
    expect(figure.html.text)
      .to.contain('The texts of these questions are hidden.')
      .and.not.match(/link\b|gravação|Ana|t\.me|\d\d:\d\d/);
  });

  it('have an age in whole days without names, by which nobody can reckon the time of day', async () => {
    const one = await results([
      message({ message_id: 1, at: '2026-11-20 13:00', text: 'E a gravação?' }),
      message({ message_id: 2, at: '2026-11-22 23:50', text: 'Boa noite', user_id: 12 }),
    ]);
    expect(openQuestionsFigure(one, english, false).html.text).to.contain('2.4 days');
    const hidden = openQuestionsFigure(anonymous(one, key, english), english, true).html.text;
    expect(hidden).to.contain('2 days').and.not.contain('2.4 days');
  });
});
