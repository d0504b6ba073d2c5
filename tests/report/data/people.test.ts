import { expect } from 'chai';
import fc from 'fast-check';
import type { Results } from '../../../src/query/query-runner.ts';
import { anonymous, withDistinctNames } from '../../../src/report/data/people.ts';
import { english } from '../../../src/report/language/english.ts';
import { portuguese } from '../../../src/report/language/portuguese.ts';
import { columnNames, valuesOf } from '../../support/asked-lake.ts';
import { resultTable } from '../../support/result-table.ts';

const activity = (...rows: [id: number | string | null, name: string | null][]): Results =>
  new Map([
    [
      'most-active-users',
      resultTable(
        'user_id bigint, user_first_name varchar, message_amount bigint',
        ...rows.map(([id, name]) => [id, name, 1]),
      ),
    ],
  ]);
const namesIn = (results: Results, query = 'most-active-users', column = 'user_first_name') =>
  valuesOf(results.get(query) ?? { columns: [], rows: [] }, column).map(([name]) => name);

const key = (seed: number) => new Uint8Array(32).fill(seed);

describe('names in the report', () => {
  const named = (...rows: [number, string | null][]) => namesIn(withDistinctNames(activity(...rows)));

  it('tell people of the same name apart by a number, in the order of their ids, wherever they stand', () => {
    expect(named([30, 'Ana'], [4, 'Ana'], [200, 'Bia'], [11, 'Ana'])).to.deep.equal([
      'Ana (3)',
      'Ana',
      'Bia',
      'Ana (2)',
    ]);
  });

  it('tell apart whom one cannot see apart', () => {
    expect(named([1, 'Ana'], [2, 'A\u200dna'], [3, 'Ａｎａ'], [4, 'ana'])).to.deep.equal([
      'Ana',
      'A\u200dna (2)',
      'Ａｎａ (3)',
      'ana',
    ]);
  });

  it('take no number that somebody is called by', () => {
    expect(named([1, 'Ana (2)'], [2, 'Ana'], [3, 'Ana'])).to.deep.equal(['Ana (2)', 'Ana', 'Ana (3)']);
  });

  it('are the end of the id where there is none to see', () => {
    expect(named([77001, null], [77002, '\u200b'], [77003, '\u2800 '])).to.deep.equal([
      '#7001',
      '#7002',
      '#7003',
    ]);
  });

  it('are cut at forty characters', () => {
    expect(named([1, 'W'.repeat(64)])).to.deep.equal([`${'W'.repeat(39)}…`]);
  });

  it('are those of the most active people, which are the newest, in every result', () => {
    const results: Results = new Map([
      ...activity([1, 'Ana nova'], [2, 'Bia']),
      [
        'open-questions',
        resultTable(
          'user_id bigint, user_first_name varchar',
          [1, 'Ana velha'],
          [2, null],
          [3, 'Caio'],
          [3, 'Caio velho'],
        ),
      ],
      [
        'who-replies-to-whom',
        resultTable(
          'user_id bigint, user_first_name varchar, reply_to_user_id bigint, reply_to_first_name varchar',
          [1, 'Ana velha', 2, 'Bia'],
        ),
      ],
    ]);
    const shown = withDistinctNames(results);
    expect(namesIn(shown)).to.deep.equal(['Ana nova', 'Bia']);
    expect(namesIn(shown, 'open-questions')).to.deep.equal(['Ana nova', 'Bia', 'Caio', 'Caio']);
    expect(namesIn(shown, 'who-replies-to-whom')).to.deep.equal(['Ana nova']);
    expect(namesIn(shown, 'who-replies-to-whom', 'reply_to_first_name')).to.deep.equal(['Bia']);
  });

  it('leave all else as it is, and a row without an id without a name', () => {
    const results: Results = new Map([
      ['reactions', resultTable('reaction varchar, user_amount bigint', ['👍', 3])],
      ...activity([null, 'Nobody']),
    ]);
    const shown = withDistinctNames(results);
    expect(shown.get('reactions')).to.deep.equal(results.get('reactions'));
    expect(namesIn(shown)).to.deep.equal([null]);
  });

  it('gives each person one, and no two people the same', () => {
    const name = fc.constantFrom('Ana', 'ana', 'Ana (2)', 'A\u200bna', '', '\u200b', null, '#0001', 'Ａna');
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 20_002 }), { maxLength: 12 }),
        fc.infiniteStream(name),
        (ids, names) => {
          const shown = named(...ids.map((id): [number, string | null] => [id, names.next().value ?? null]));
          expect(new Set(shown)).to.have.property('size', ids.length);
        },
      ),
    );
  });
});

describe('pseudonyms', () => {
  const rows: [number, string][] = [
    [76033917254, 'Jussara'],
    [77120045518, 'Bruna'],
    [77120098123, 'Tiago'],
  ];
  const of = (seed: number, language = english, people = rows) =>
    namesIn(anonymous(activity(...people), key(seed), language));

  it('are an animal and a number for each person', () => {
    for (const name of of(1)) expect(name).to.match(/^[A-Z][a-z]+ \d{1,4}$/);
    expect(new Set(of(1))).to.have.property('size', 3);
  });

  it('stays the same for the same key when other people come, and differs for another key', () => {
    const [jussara, bruna] = of(1);
    expect(of(1)).to.deep.equal(of(1));
    expect(of(1, english, [[77120045518, 'Another name']])).to.deep.equal([bruna]);
    for (const seed of [2, 3]) {
      expect(of(seed)[0]).not.to.equal(jussara);
      expect(of(seed)[1]).not.to.equal(bruna);
    }
  });

  it('are the same animal and number in another language', () => {
    const parts = (names: readonly unknown[], { page: { animals } }: typeof english) =>
      names.map((name) => {
        const [, animal = '', number] = /^(.*) (\d+)$/.exec(String(name)) ?? [];
        return [animals.indexOf(animal), number];
      });
    expect(parts(of(1, portuguese), portuguese)).to.deep.equal(parts(of(1), english));
  });

  it('are none for two people among thousands, where two draw the same', () => {
    const many = Array.from({ length: 3_000 }, (_, id): [number, string] => [id + 1, 'Ana']);
    const names = of(1, english, many);
    expect(names.some((name) => / \(2\)$/.test(String(name)))).to.equal(true);
    expect(new Set(names)).to.have.property('size', 3_000);
  });

  it('are the same in every result', () => {
    const results: Results = new Map([
      ...activity([1, 'Ana'], [2, 'Bia']),
      [
        'who-replies-to-whom',
        resultTable(
          'user_id bigint, user_first_name varchar, reply_to_user_id bigint, reply_to_first_name varchar, reply_amount bigint',
          [2, 'Bia', 1, 'Ana', 9],
        ),
      ],
    ]);
    const shown = anonymous(results, key(1), english);
    const [ana, bia] = namesIn(shown);
    expect(shown.get('who-replies-to-whom')?.rows).to.deep.equal([[bia, ana, 9]]);
  });
});

describe('results without what tells who somebody is', () => {
  const shownOf = (columns: string, ...rows: (string | number | null)[][]) => {
    const shown = anonymous(new Map([['q', resultTable(columns, ...rows)]]), key(1), english).get('q');
    return { columns: columnNames(shown ?? { columns: [], rows: [] }), rows: shown?.rows };
  };

  it('have no ids, user names or links, and no text that is not known to be harmless', () => {
    expect(
      shownOf(
        'chat_id bigint, message_id bigint, user_username varchar, message_link varchar, opening varchar, note varchar, message_amount bigint',
        [-100, 5, 'ana_x', 'https://t.me/c/1/2', 'Oi', 'new query', 7],
      ),
    ).to.deep.equal({ columns: ['message_amount'], rows: [[7]] });
  });

  it('keep words that the saved queries make up themselves', () => {
    const row = ['whole', 'messages edited', 'photo', '👍', '2026-11-22', 4, true as unknown as string];
    const columns =
      'period varchar, measure varchar, content_type varchar, reaction varchar, first_date date, amount bigint, is_forward boolean';
    expect(shownOf(columns, row).rows).to.deep.equal([row]);
  });

  it('have nothing that many wrote about one of them, nor a long number', () => {
    const questions = [
      'alguem tem o telefone da vitimia',
      'onde mora a VITÍMIA?',
      'quem e vitimia z',
      'o cpf dela e 123 456 789 09',
      'liga pra 11 98765 4321',
      'vitimias e vitimi nao sao ninguem',
      'quando e a prova de 2026',
    ];
    const results: Results = new Map([
      [
        'most-active-users',
        resultTable('user_id bigint, user_first_name varchar, user_username varchar', [
          7,
          'Vitímia',
          'vitimia_z',
        ]),
      ],
      ['asked', resultTable('question varchar, user_amount bigint', ...questions.map((text) => [text, 4]))],
    ]);
    expect(
      anonymous(results, key(1), english)
        .get('asked')
        ?.rows.map(([text]) => text),
    ).to.deep.equal(questions.slice(-2));
  });

  it('keep what people wrote where three of them wrote the same, and no wording of one of them', () => {
    expect(
      shownOf(
        'question varchar, question_amount bigint, user_amount bigint, example varchar',
        ['quando e a prova', 9, 3, 'Quando é a prova, Ana?'],
        ['onde mora o joao', 9, 2, 'Onde mora o João?'],
        ['e agora', 9, null, 'E agora?'],
      ),
    ).to.deep.equal({
      columns: ['question', 'question_amount', 'user_amount'],
      rows: [['quando e a prova', 9, 3]],
    });
  });

  it('have none of what people wrote where nobody counted how many did', () => {
    expect(shownOf('question varchar, term varchar, age_hours bigint', ['a b', 'c', 4])).to.deep.equal({
      columns: ['age_hours'],
      rows: [[0]],
    });
  });

  it('have days for times', () => {
    expect(
      shownOf('asked_at varchar, age_hours bigint', ['2026-11-20 23:59', 47], ['2026-11-01 00:00', 48]).rows,
    ).to.deep.equal([
      ['2026-11-20', 24],
      ['2026-11-01', 48],
    ]);
  });
});
