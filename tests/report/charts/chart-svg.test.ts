import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ResultTable } from '../../../src/query/query-runner.ts';
import { parseChart } from '../../../src/report/charts/chart-specs.ts';
import { chartSvg } from '../../../src/report/charts/chart-svg.ts';
import { UnsafeSvgError } from '../../../src/report/charts/svg-tree.ts';
import { english } from '../../../src/report/language/english.ts';
import type { Language } from '../../../src/report/language/language.ts';
import { portuguese } from '../../../src/report/language/portuguese.ts';
import { rejection } from '../../support/rejection.ts';
import { resultTable } from '../../support/result-table.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const saved = { file: 'messages-per-day', name: 'Messages per day', description: 'All.', sql: 'SELECT 1' };
const perDay = resultTable(
  'context_date date, message_amount bigint, user_first_name varchar',
  ['2026-02-02', 1200, 'Ana'],
  ['2026-02-01', 0, 'Bia'],
  ['2026-01-31', 7, 'Ana'],
);
const x = { field: 'context_date', type: 'temporal' };
const y = { field: 'message_amount', type: 'quantitative' };
const bars = { mark: 'bar', encoding: { x, y } };

const drawn = (spec: object, result: ResultTable = perDay, language: Language = english, withTitles = true) =>
  chartSvg(parseChart('messages-per-day.vl.json', JSON.stringify(spec), [saved]), result, {
    width: 340,
    className: 'narrow',
    describedBy: 'messages-per-day-finding',
    withTitles,
    language,
  });
const textsIn = (svg: string | undefined) =>
  [...(svg ?? '').matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
const titlesIn = (svg: string | undefined) =>
  [...(svg ?? '').matchAll(/<title>(.*?)<\/title>/g)].map(([, text]) => text);

describe('a drawn chart', () => {
  const folder = temporaryFolder();

  it('has its title for screen readers, and the finding as its description', async () => {
    expect(await drawn(bars)).to.match(
      /^<svg viewBox="0 0 340 \d+" class="narrow" role="img" aria-label="Messages per day" aria-describedby="messages-per-day-finding">/,
    );
  });

  it("has days, numbers and names of columns in the page's language", async () => {
    expect(textsIn(await drawn(bars))).to.include.members(['1 Feb', '1,000', 'messages', 'day']);
    expect(textsIn(await drawn(bars, perDay, portuguese))).to.include.members([
      '1 fev',
      '1.000',
      'mensagens',
      'dia',
    ]);
  });

  it('tells on hover the values of a mark, amounts last, on the day that the row says', async () => {
    expect(titlesIn(await drawn(bars))).to.deep.equal([
      '2 Feb 2026 · 1,200 messages',
      '1 Feb 2026 · 0 messages',
      '31 Jan 2026 · 7 messages',
    ]);
    expect(titlesIn(await drawn(bars, perDay, portuguese))[0]).to.equal('2 fev 2026 · 1.200 mensagens');
    expect(titlesIn(await drawn(bars, perDay, english, false))).to.deep.equal([]);
  });

  it('tells what its tooltip names, where it names something', async () => {
    const tooltip = [{ field: 'user_first_name', type: 'nominal' }, y];
    const svg = await drawn({ mark: 'bar', encoding: { x, y, tooltip } });
    expect(titlesIn(svg)[0]).to.equal('Ana · 1,200 messages');
  });

  it('names each of a few days, and months where there are years of them', async () => {
    const years = resultTable(
      'context_date date, message_amount bigint',
      ...Array.from({ length: 700 }, (_, at) => [
        new Date(Date.UTC(2025, 0, 1 + at)).toISOString().slice(0, 10),
        1,
      ]),
    );
    const svg = textsIn(await drawn({ mark: 'line', encoding: { x, y } }, years));
    expect(svg).to.include('2026').and.include('Jul').and.not.include('1 Jul');
  });

  it('knows the days it spans, and the names of columns, in its expressions', async () => {
    const spec = {
      transform: [{ calculate: "days + ' ' + labels.message_amount", as: 'told' }],
      mark: 'text',
      encoding: { x, text: { field: 'told' } },
    };
    expect(textsIn(await drawn(spec))).to.include('3 messages');
  });

  it('has only colors of the page, so that it is legible in the dark', async () => {
    const color = { field: 'user_first_name', type: 'nominal' };
    const svg = (await drawn({ mark: 'bar', encoding: { x, y, color } })) ?? '';
    const colors = [...svg.matchAll(/ (?:fill|stroke)="([^"]*)"/g)].map(([, value]) => value);
    expect(colors).to.include.members(['var(--hue-1)', 'var(--hue-2)', 'var(--text-2)', 'var(--line)']);
    expect(
      colors.filter((value) => value !== 'none' && !/^var\(--[\w-]+\)$/.test(value ?? '')),
    ).to.deep.equal([]);
  });

  it('draws people who are called as what every object has, by whose name Vega adds up', async () => {
    const names = ['constructor', '__proto__', 'toString', 'valueOf'];
    const replies = resultTable(
      'user_first_name varchar, reply_to_first_name varchar, reply_amount bigint',
      ...names.map((name, at) => [name, names[(at + 1) % 4] ?? '', 9 - at]),
    );
    const spec = readFileSync(new URL('../../../sql/who-replies-to-whom.vl.json', import.meta.url), 'utf8');
    expect(
      titlesIn(await drawn(JSON.parse(spec), replies)).map((title) => title?.replaceAll('\u2060', '')),
    ).to.deep.equal([
      'constructor → __proto__ · 9 replies',
      '__proto__ → toString · 8 replies',
      'toString → valueOf · 7 replies',
      'valueOf → constructor · 6 replies',
    ]);
  });

  it('writes what a stranger is called as text, and takes it for no expression', async () => {
    const name = `</text><script>alert(1)</script>" onload="x' + warn('x') + datum['y`;
    const named = resultTable('user_first_name varchar, message_amount bigint', [name, 1], ['Bia', 2]);
    const svg =
      (await drawn({ mark: 'bar', encoding: { y: { field: 'user_first_name' }, x: y } }, named)) ?? '';
    expect(svg).not.to.match(/<script| onload="/);
    expect(titlesIn(svg)[0]).to.equal(
      "&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&quot;x' + warn('x') + datum['y · 1 messages",
    );
  });

  const nothing: [what: string, spec: object][] = [
    [
      'a column that is not there',
      { mark: 'bar', encoding: { x: { field: 'other', type: 'quantitative' } } },
    ],
    ['no row behind its filter', { ...bars, transform: [{ filter: 'datum.message_amount > 5000' }] }],
    [
      'a line of one point without a value',
      { mark: 'line', encoding: { x, y: { field: 'other', type: 'quantitative' } } },
    ],
  ];
  for (const [what, spec] of nothing) {
    it(`is none where it draws ${what}`, async () => {
      expect(await drawn(spec)).to.equal(undefined);
    });
  }

  const refused: [what: string, spec: object, reason: string][] = [
    ['is no picture', {}, 'Invalid specification'],
    [
      'has an expression of unknown functions',
      { ...bars, transform: [{ calculate: 'nope(1)', as: 'z' }] },
      'Unrecognized function: nope',
    ],
    ['has a mark that Vega-Lite lacks', { ...bars, mark: 'pie' }, 'Cannot read properties'],
  ];
  for (const [what, spec, reason] of refused) {
    it(`is refused by its name, and without a value of its rows, where it ${what}`, async () => {
      const { message } = await rejection(drawn(spec));
      expect(message)
        .to.match(/^messages-per-day cannot be drawn: /)
        .and.contain(reason);
      expect(message).not.to.match(/Ana|1200|\n/);
    });
  }

  const unsafe: [what: string, spec: object][] = [
    ['images', { mark: { type: 'image', url: 'https://evil.example/x.png' }, encoding: { x, y } }],
    ['images of the rows', { mark: 'image', encoding: { x, y, url: { field: 'user_first_name' } } }],
    ['links', { mark: { type: 'bar', href: 'https://evil.example' }, encoding: { x, y } }],
    ['links of the rows', { mark: 'bar', encoding: { x, y, href: { field: 'user_first_name' } } }],
    [
      'colors from elsewhere',
      { mark: { type: 'bar', fill: 'url(https://evil.example)' }, encoding: { x, y } },
    ],
  ];
  for (const [what, spec] of unsafe) {
    it(`is refused by its name where it draws ${what}`, async () => {
      const { message, cause } = await rejection(drawn(spec));
      expect(message).to.match(/^messages-per-day cannot be drawn: a chart must not /);
      expect(cause).to.be.instanceOf(UnsafeSvgError);
    });
  }

  it('loads nothing, not even a file that is there', async () => {
    const file = join(folder(), 'names.json');
    writeFileSync(file, JSON.stringify([{ a: 'Ana', b: 'from the file' }]));
    const from = { data: { url: `file://${file}` }, key: 'a', fields: ['b'] };
    const spec = {
      transform: [{ lookup: 'user_first_name', from, default: 'not loaded' }],
      mark: 'text',
      encoding: { x, text: { field: 'b' } },
    };
    expect(textsIn(await drawn(spec)))
      .to.include('not loaded')
      .and.not.include('from the file');
  });
});
