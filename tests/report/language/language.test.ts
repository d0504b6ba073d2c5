import { expect } from 'chai';
import type { ResultTable } from '../../../src/query/query-runner.ts';
import { columnLabel, valueLabel } from '../../../src/report/language/labels.ts';
import type { Language } from '../../../src/report/language/language.ts';
import { languages } from '../../../src/report/language/languages.ts';
import { message } from '../../../tools/fixtures/message-rows.ts';
import { valuesOf } from '../../support/asked-lake.ts';
import { charts, reportAnswers } from '../../support/report-answers.ts';

const { en, pt } = languages;
const all: readonly Language[] = Object.values(languages);

/** Each text of a language by its path, functions left out. */
function textsOf(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => textsOf(part, `${path}.${name}`));
}

describe('the languages of the report', () => {
  it('go by their own keys, and by tags that Intl knows', () => {
    for (const [key, language] of Object.entries(languages)) {
      expect(language.key).to.equal(key);
      expect(Intl.DateTimeFormat.supportedLocalesOf(language.tag)).to.deep.equal([language.tag]);
    }
  });

  it('have a text for each other, none of them empty', () => {
    const paths = all.map((language) => textsOf(language).map(([path]) => path));
    expect(paths[1]).to.deep.equal(paths[0]);
    for (const language of all)
      for (const [path, text] of textsOf(language))
        if (!/currency/.test(path)) expect(text.trim(), path).not.to.equal('');
  });

  it('are words of their own: what both have alike is alike in both', () => {
    const others = new Map(textsOf(pt));
    const alike = textsOf(en).filter(([path, text]) => others.get(path) === text && !/Locale/.test(path));
    expect(alike.map(([, text]) => text)).to.have.members([
      'link',
      'GIFs',
      'stories',
      'Iguana',
      'Panda',
      'Puma',
      'Zebra',
    ]);
  });

  it('have as many animals, each once, so that a pseudonym is as good in both', () => {
    for (const { page } of all) {
      expect(page.animals).to.have.length(en.page.animals.length).and.above(50);
      expect([...new Set(page.animals)]).to.deep.equal([...page.animals]);
    }
  });

  it('have all weekdays and months, from Sunday and from January on, as Intl writes them', () => {
    for (const { tag, timeLocale } of all) {
      const named = (style: Intl.DateTimeFormatOptions, days: string[]) =>
        days.map((day) =>
          new Intl.DateTimeFormat(tag, { ...style, timeZone: 'UTC' }).format(new Date(day)).replace('.', ''),
        );
      // The first of February 2026 is a Sunday.
      const week = Array.from({ length: 7 }, (_, at) => `2026-02-0${at + 1}`);
      const year = Array.from({ length: 12 }, (_, at) => `2026-${String(at + 1).padStart(2, '0')}-01`);
      expect(timeLocale.days).to.deep.equal(named({ weekday: 'long' }, week));
      expect(timeLocale.shortDays).to.deep.equal(named({ weekday: 'short' }, week));
      expect(timeLocale.months).to.deep.equal(named({ month: 'long' }, year));
      // CLDR's English has Sept.
      expect(timeLocale.shortMonths).to.deep.equal(
        named({ month: 'short' }, year).map((name) => name.replace('Sept', 'Sep')),
      );
    }
  });

  const amounts: [amount: number, english: string, portuguese: string][] = [
    [
      0,
      '0 days, 0 messages, 0 weeks, 0 people, 0 questions, 0 replies, 0 reactions, 0 rows',
      '0 dias, 0 mensagens, 0 semanas, 0 pessoas, 0 perguntas, 0 respostas, 0 reações, 0 linhas',
    ],
    [
      1,
      '1 day, 1 message, 1 week, 1 person, 1 question, 1 reply, 1 reaction, 1 row',
      '1 dia, 1 mensagem, 1 semana, 1 pessoa, 1 pergunta, 1 resposta, 1 reação, 1 linha',
    ],
    [
      2000,
      '2,000 days, 2,000 messages, 2,000 weeks, 2,000 people, 2,000 questions, 2,000 replies, 2,000 reactions, 2,000 rows',
      '2.000 dias, 2.000 mensagens, 2.000 semanas, 2.000 pessoas, 2.000 perguntas, 2.000 respostas, 2.000 reações, 2.000 linhas',
    ],
  ];
  for (const [amount, inEnglish, inPortuguese] of amounts) {
    it(`count in the numbers of their words: ${amount}`, () => {
      const counted = ({ sentences }: Language) =>
        Object.values(sentences.needs)
          .map((need) => need(amount))
          .join(', ');
      expect(counted(en)).to.equal(inEnglish);
      expect(counted(pt)).to.equal(inPortuguese);
      const one = amount === 1;
      expect([en.page.messages(amount), en.page.people(amount), en.page.days(amount)]).to.deep.equal(
        one ? ['message', 'person', 'day'] : ['messages', 'people', 'days'],
      );
      expect([pt.page.messages(amount), pt.page.people(amount), pt.page.days(amount)]).to.deep.equal(
        one ? ['mensagem', 'pessoa', 'dia'] : ['mensagens', 'pessoas', 'dias'],
      );
    });
  }

  describe('have words for the saved queries', () => {
    let answers: ReadonlyMap<string, ResultTable>;
    before(async () => {
      answers = await reportAnswers([message({})]);
    });

    it('for each column that a table of the report shows', () => {
      const tables = [...charts.map(({ query }) => query), 'most-frequent-questions', 'open-questions'];
      for (const query of tables) {
        const shown = (answers.get(query)?.columns ?? [])
          .map(({ name }) => name)
          .filter((name) => !/_id$/.test(name));
        expect(shown, query).to.have.length.above(1);
        for (const { columns } of all) expect(columns, query).to.include.all.keys(shown);
      }
    });

    it('for each measure of data quality', () => {
      const quality = answers.get('data-quality') ?? { columns: [], rows: [] };
      const measures = valuesOf(quality, 'measure').map(([measure]) => measure);
      expect(measures).to.have.length(7);
      for (const { values } of all) expect(Object.keys(values.measure ?? {})).to.have.members(measures);
    });
  });

  it('call a column without a word by its own, and a value without one by itself', () => {
    for (const language of all) {
      expect(columnLabel('open_minutes', language)).to.equal('open minutes');
      expect(columnLabel('constructor', language)).to.equal('constructor');
      expect(valueLabel('content_type', 'hologram', language)).to.equal('hologram');
      expect(valueLabel('content_type', 'toString', language)).to.equal('toString');
      expect(valueLabel('toString', 'text', language)).to.equal('text');
    }
    expect(columnLabel('user_amount', en)).to.equal('people');
    expect(valueLabel('content_type', 'dice', pt)).to.equal('dados');
  });
});
