import { expect } from 'chai';
import { lakeRunner } from '../../../src/cli/lake/lake-runner.ts';
import type { QueryRunner } from '../../../src/query/query-runner.ts';
import { frequentQuestions } from '../../../src/report/faq/faq.ts';
import { faqJson, faqMarkdown } from '../../../src/report/faq/faq-text.ts';
import { anonymousQuestions, calledNames, withoutNames } from '../../../src/report/faq/without-names.ts';
import { english } from '../../../src/report/language/english.ts';
import { messageUpdate } from '../../../tools/fixtures/updates.ts';
import { postedLake } from '../../cli/commands/posted-lake.ts';
import { suiteFolder } from '../../support/temporary-folder.ts';

const chat = { id: -1001234567890, type: 'supergroup', title: 'Group' };
const people = ['Ana', 'Bruno', 'Clara', 'Davi', 'Eva'];
const from = (user: number) => ({ id: 100 + user, is_bot: false, first_name: people[user] });
const reply = (id: number) => ({ reply_to_message: { message_id: id, date: 1, chat } });
const said = (id: number, user: number, text: string, fields: object = {}) =>
  messageUpdate(id, { from: from(user), text, ...fields });
const hour = 3600;
const at = (id: number, hours: number) => ({ date: 1_795_359_600 + hours * hour + id });

/** One question of three people, one of whom is helped by the second answer; one of two people that nobody answers. */
const updates = [
  said(1, 0, 'Qual o prazo de entrega do projeto?', at(1, 0)),
  said(2, 1, 'Ana, sexta às 18h, ver *edital* https://x.org/a_b', { ...at(2, 0), ...reply(1) }),
  said(3, 2, 'Acho que quarta que vem, pergunta ao @davi_s ou liga 11 98765-4321', {
    ...at(3, 0),
    ...reply(1),
  }),
  said(4, 0, 'Era isso, obrigada!', { ...at(4, 0), ...reply(2) }),
  said(5, 3, 'Qual o prazo de entrega do projeto?', at(5, 5)),
  said(6, 2, 'Acho que quarta que vem, pergunta ao @davi_s ou liga 11 98765-4321', {
    ...at(6, 5),
    ...reply(5),
  }),
  said(7, 4, 'qual é o prazo de entrega do projeto?', at(7, 10)),
  said(8, 0, 'Alguém sabe instalar o pandas no Lambda?', at(8, 20)),
  said(9, 1, 'Alguém sabe instalar o pandas no Lambda?', at(9, 30)),
  {
    update_id: 900,
    message_reaction: {
      chat,
      message_id: 3,
      date: 1_795_359_700,
      user: from(4),
      old_reaction: [],
      new_reaction: [{ type: 'emoji', emoji: '❤' }],
    },
  },
];

describe('frequent questions with their best answers', () => {
  const folder = suiteFolder();
  let runner: QueryRunner;
  before(async () => {
    runner = await lakeRunner(await postedLake(folder(), updates));
  });
  after(() => runner.close());

  it('rank the confirmed answer first, then the thanked one, with the same answer counted once', async () => {
    const [first, second] = await frequentQuestions(runner, 10);
    expect(first).to.include({ times: 3, people: 3 });
    expect(first?.question).to.match(/^qual (é )?o prazo de entrega do projeto\?$/i);
    expect(
      first?.answers.map(({ text, authors, confirmed, thanked }) => [
        text.slice(0, 9),
        authors,
        confirmed,
        thanked,
      ]),
    ).to.deep.equal([
      ['Ana, sext', ['Bruno'], 1, 0],
      ['Acho que ', ['Clara'], 0, 1],
    ]);
    expect(second).to.deep.include({
      question: 'Alguém sabe instalar o pandas no Lambda?',
      times: 2,
      answers: [],
    });
  });

  it('are as many as asked for', async () => {
    expect(await frequentQuestions(runner, 1)).to.have.length(1);
  });

  it('are Markdown without names, in which nothing that somebody wrote is markup', async () => {
    const text = faqMarkdown(
      anonymousQuestions(await frequentQuestions(runner, 10), calledNames(people)),
      english,
    );
    expect(text).to.contain(
      '> …, sexta às 18h, ver \\*edital\\* https://x.org/a_b\n>\n> — helped 1 person who asked\n',
    );
    expect(text).to.contain(
      '> Acho que quarta que vem, pergunta ao @… ou liga …\n>\n> — 1 person reacted with thanks\n',
    );
    expect(text).to.match(
      /## Asked often, and not answered\n\n- Alguém sabe instalar o pandas no Lambda\? \(2 times, by 2 people\)\n$/,
    );
    for (const name of people) expect(text).to.not.contain(name);
    expect(text).to.not.contain('t.me');
  });

  it('are JSON with names and links on request', async () => {
    const { madeBy, questions } = JSON.parse(faqJson(await frequentQuestions(runner, 10)));
    expect(madeBy).to.equal('telegram-lake faq');
    expect(questions[0].answers[0]).to.deep.include({
      authors: ['Bruno'],
      link: 'https://t.me/c/1234567890/2',
    });
  });
});

describe('a text without names', () => {
  const names = calledNames(['Ana Clara', 'João', 'Li']);
  const texts: [text: string, clean: string][] = [
    ['Obrigado, Ana! Valeu @joao_99', 'Obrigado, …! Valeu @…'],
    ['joão: tenta de novo', '…: tenta de novo'],
    ['a ana disse', 'a ana disse'],
    ['Clara foi à Anatel', '… foi à Anatel'],
    ['escreve para ana.s+x@mail.example.org', 'escreve para …'],
    ['me chama no t.me/ana_s ou tg://user?id=5', 'me chama no … ou …'],
    ['+55 (11) 98765-4321', '…'],
    ['até 26/11/2026 às 23:59, erro 403, porta 5432', 'até 26/11/2026 às 23:59, erro 403, porta 5432'],
    ['pip install pandas@2', 'pip install pandas@2'],
  ];
  for (const [text, clean] of texts) {
    it(`makes of "${text}" "${clean}"`, () => {
      expect(withoutNames(text, names)).to.equal(clean);
    });
  }
});
