import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { duckDbRunner } from '../../../src/query/duckdb/duckdb-runner.ts';
import { SavedQueryError } from '../../../src/query/query-catalog.ts';
import type { ResultTable } from '../../../src/query/query-runner.ts';
import { runQueries } from '../../../src/query/run-queries.ts';
import { type Chart, chartSpecs, parseChart } from '../../../src/report/charts/chart-specs.ts';
import { sectionNames } from '../../../src/report/sections.ts';
import { columnNames, queries, views } from '../../support/asked-lake.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const sqlFolder = join(import.meta.dirname, '..', '..', '..', 'sql');
const perDay = {
  file: 'messages-per-day',
  name: 'Messages per day',
  description: 'How many there are.',
  sql: 'SELECT 1',
};
const chart = (spec: unknown, file = 'messages-per-day.vl.json') =>
  parseChart(file, JSON.stringify(spec), [perDay]);

describe('the spec of a chart', () => {
  it('holds only what it needs: the rest comes from its saved query', () => {
    const spec = { mark: 'bar', encoding: { x: { field: 'context_date' } } };
    const texts = { title: 'Messages per day', description: 'How many there are.' };
    expect(chart(spec)).to.deep.equal({
      id: 'messages-per-day',
      query: 'messages-per-day',
      section: 'more',
      order: 1_000,
      finding: 'highest',
      texts: { en: texts, pt: texts },
      spec,
    });
  });

  it('names its part of the story, its place there, its finding, and its texts in both languages', () => {
    const spec = {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      title: { text: 'Rhythm', anchor: 'start' },
      description: 'Each day.',
      usermeta: {
        section: 'rhythm',
        order: 5,
        finding: 'busiest-day',
        pt: { title: 'Ritmo', description: 'Cada dia.' },
      },
      mark: 'bar',
    };
    expect(chart(spec, 'messages-per-day.second.vl.json')).to.deep.equal({
      id: 'messages-per-day-second',
      query: 'messages-per-day',
      section: 'rhythm',
      order: 5,
      finding: 'busiest-day',
      texts: {
        en: { title: 'Rhythm', description: 'Each day.' },
        pt: { title: 'Ritmo', description: 'Cada dia.' },
      },
      spec: { mark: 'bar' },
    });
  });

  it('is in English where it has no Portuguese', () => {
    const { texts } = chart({ title: 'Rhythm', usermeta: { pt: { description: 'Cada dia.' } } });
    expect(texts.pt).to.deep.equal({ title: 'Rhythm', description: 'Cada dia.' });
  });

  const wrong: [reason: string, file: string, text: string][] = [
    ['is not a JSON object', 'messages-per-day.vl.json', '{"mark": "bar",}'],
    ['is not a JSON object', 'messages-per-day.vl.json', '[]'],
    ['is not a JSON object', 'messages-per-day.vl.json', '"bar"'],
    ['there is no messages.sql beside it', 'messages.vl.json', '{}'],
    ['there is no messages.sql beside it', 'messages.per-day.vl.json', '{}'],
    [
      'must not have data: the rows of the saved query are its data',
      'messages-per-day.vl.json',
      '{"data": {"url": "x"}}',
    ],
    [
      'must not have data: the rows of the saved query are its data',
      'messages-per-day.vl.json',
      '{"datasets": {}}',
    ],
    [
      `has no section end: ${sectionNames.join(', ')}`,
      'messages-per-day.vl.json',
      '{"usermeta": {"section": "end"}}',
    ],
    [
      'has no finding lowest: highest, busiest-day, ',
      'messages-per-day.vl.json',
      '{"usermeta": {"finding": "lowest"}}',
    ],
    ['has an order that is no number: first', 'messages-per-day.vl.json', '{"usermeta": {"order": "first"}}'],
  ];
  for (const [reason, file, text] of wrong) {
    it(`is refused by its file name: ${text} in ${file} ${reason}`, () => {
      expect(() => parseChart(file, text, [perDay])).to.throw(SavedQueryError, `${file}: ${reason}`);
    });
  }
});

describe('the spec of a chart of a query that the page has a list of', () => {
  const queriesOf = (file: string) => [{ ...perDay, file }];

  for (const file of ['most-frequent-questions', 'open-questions', 'data-quality']) {
    it(`goes by a second word, as ids in the page are for one element each: ${file}`, () => {
      expect(() => parseChart(`${file}.vl.json`, '{}', queriesOf(file))).to.throw(
        SavedQueryError,
        `${file}.vl.json: the page has a part of this name: call it ${file}.WORD.vl.json`,
      );
      expect(parseChart(`${file}.bars.vl.json`, '{}', queriesOf(file)).id).to.equal(`${file}-bars`);
    });
  }
});

describe('the charts of a folder', () => {
  const folder = temporaryFolder();

  it('come in the order of the story, then by their places and file names; other files are no charts', () => {
    const specs = {
      'messages-per-day.c.vl.json': {},
      'messages-per-day.b.vl.json': { usermeta: { section: 'people', order: 20 } },
      'messages-per-day.a.vl.json': { usermeta: { section: 'people', order: 3 } },
      'messages-per-day.vl.json': { usermeta: { section: 'people', order: 20 } },
      'messages-per-day.d.vl.json': { usermeta: { section: 'rhythm' } },
      'notes.json': { data: {} },
    };
    for (const [file, spec] of Object.entries(specs))
      writeFileSync(join(folder(), file), JSON.stringify(spec));
    expect(chartSpecs(folder(), [perDay]).map(({ id }) => id)).to.deep.equal([
      'messages-per-day-d',
      'messages-per-day-a',
      'messages-per-day-b',
      'messages-per-day',
      'messages-per-day-c',
    ]);
  });

  it('are refused by the name of the one that is wrong', () => {
    writeFileSync(join(folder(), 'messages-per-day.vl.json'), '{}');
    writeFileSync(join(folder(), 'messages-per-day.two.vl.json'), 'x');
    expect(() => chartSpecs(folder(), [perDay])).to.throw(
      SavedQueryError,
      /^messages-per-day\.two\.vl\.json: /,
    );
  });
});

describe('each chart of sql/', () => {
  const charts = chartSpecs(sqlFolder, queries);
  let answers: ReadonlyMap<string, ResultTable>;
  before(async () => {
    // Columns are the same where there are no rows.
    const runner = await duckDbRunner('/nonexistent', { views });
    answers = await runQueries(runner, queries, 'America/Sao_Paulo').finally(() => runner.close());
  });

  it('has an id of its own', () => {
    const ids = charts.map(({ id }) => id);
    expect([...new Set(ids)])
      .to.deep.equal(ids)
      .and.to.have.length.above(10);
  });

  for (const { id, query, texts, spec } of charts) {
    it(`draws columns of its saved query, or what it makes of them: ${id}`, () => {
      const columns = columnNames(answers.get(query) ?? { columns: [], rows: [] });
      const made = namesMadeBy(spec);
      const used = fieldsIn(spec);
      expect(used).to.have.length.above(1);
      for (const field of used) expect([...columns, ...made]).to.include(field);
    });

    it(`has its own words in both languages, or none: ${id}`, () => {
      const saved = queries.find(({ file }) => file === query);
      for (const [text, ofQuery] of [
        ['title', saved?.name],
        ['description', saved?.description],
      ] as const) {
        if (texts.en[text] !== ofQuery) expect(texts.pt[text]).not.to.equal(texts.en[text]);
      }
    });
  }
});

/** The columns that a spec names in encodings, in transforms and in expressions. */
function fieldsIn(spec: Chart['spec']): string[] {
  const fields = new Set<string>();
  visit(spec, (key, value) => {
    if (typeof value === 'string') {
      if (key === 'field' || key === 'groupby' || key === 'fold') fields.add(value);
      for (const [, name = ''] of value.matchAll(/\bdatum\.(\w+)/g)) fields.add(name);
    }
  });
  // Of an axis' label: its own value.
  fields.delete('value');
  return [...fields];
}

/** The columns that the transforms of a spec make. */
function namesMadeBy(spec: Chart['spec']): string[] {
  const names: string[] = [];
  visit(spec, (key, value) => {
    if (key === 'as' && typeof value === 'string') names.push(value);
  });
  return names;
}

/** Each value of a spec that is not an object; that of a list under the list's name. */
function visit(value: unknown, see: (key: string, value: unknown) => void, key = ''): void {
  if (Array.isArray(value)) for (const element of value) visit(element, see, key);
  else if (typeof value === 'object' && value !== null)
    for (const [name, part] of Object.entries(value)) visit(part, see, name);
  else see(key, value);
}
