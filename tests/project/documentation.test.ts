import { copyFileSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { duckDbRunner } from '../../src/query/duckdb/duckdb-runner.ts';
import { savedQueries } from '../../src/query/query-catalog.ts';
import { viewsInTimeZone } from '../../src/query/views.ts';
import { chartSpecs } from '../../src/report/charts/chart-specs.ts';
import { report, runReportQueries } from '../../src/report/report.ts';
import { message, timeZone } from '../../tools/fixtures/message-rows.ts';
import { fillEnriched } from '../support/enriched-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = dirname(dirname(import.meta.dirname));
const pages = globSync(['*.md', 'docs/**/*.md', 'events/*.md'], { cwd: root });
const textOf = (page: string) => readFileSync(join(root, page), 'utf8');

describe('documentation', () => {
  for (const page of pages) {
    it(`links only to what there is: ${page}`, () => {
      for (const target of linksOf(textOf(page))) {
        if (/^https?:/.test(target)) continue;
        const [path = '', anchor] = target.split('#');
        const file = path === '' ? page : join(dirname(page), path);
        expect(statSync(join(root, file), { throwIfNoEntry: false }), target).to.not.equal(undefined);
        if (anchor !== undefined) expect(anchorsOf(textOf(file)), target).to.include(anchor);
      }
    });

    it(`names only files that there are: ${page}`, () => {
      for (const [, path = ''] of textOf(page).matchAll(
        /`((?:src|tests|bench|tools|sql|docs|events)\/[\w./-]+)`/g,
      )) {
        expect(statSync(join(root, path), { throwIfNoEntry: false }), path).to.not.equal(undefined);
      }
    });
  }
});

describe("CONTRIBUTING's example of a chart", () => {
  const folder = temporaryFolder();

  it('has five lines, and is drawn in the page when it lies beside the saved query that it names', async () => {
    const [, section = ''] = textOf('CONTRIBUTING.md').split('\n### A chart\n');
    const [, spec = '', query = ''] = /`([\w.-]+\.vl\.json)` beside `sql\/([\w-]+)\.sql`/.exec(section) ?? [];
    const lines = section.match(/(?:^ {4}.*\n)+/m)?.[0] ?? '';
    expect(lines.trimEnd().split('\n')).to.have.length(5);

    const queries = savedQueries(join(root, 'sql'));
    for (const { file } of queries)
      copyFileSync(join(root, 'sql', `${file}.sql`), join(folder(), `${file}.sql`));
    writeFileSync(join(folder(), spec), lines);
    const [chart, ...others] = chartSpecs(folder(), queries);
    expect([chart?.query, others]).to.deep.equal([query, []]);

    // Enough messages for the finding, at three hours.
    const hours = Array.from({ length: 24 }, (_, at) =>
      message({ message_id: at + 1, at: `2026-11-22 ${['09', '12', '20'][at % 3]}:00` }),
    );
    await fillEnriched(join(folder(), 'enriched'), hours);
    const runner = await duckDbRunner(join(folder(), 'enriched'), { views: viewsInTimeZone(timeZone) });
    const charts = chart ? [chart] : [];
    const results = await runReportQueries(runner, queries, charts, timeZone).finally(() => runner.close());
    const page = await report(results, charts, { language: 'en', timeZone, now: 0 });
    const figure = new RegExp(`<figure id="${chart?.id}">[\\s\\S]*?</figure>`).exec(page)?.[0] ?? '';
    expect(figure).to.contain(`<h3>${chart?.texts.en.title}</h3>`);
    // A bar for each of the hours, on a desk and on a phone, and the numbers as a table.
    const [wide = '', narrow = ''] = figure.match(/<svg [\s\S]*?<\/svg>/g) ?? [];
    expect(wide.match(/<path [^>]*fill="var\(--hue-1\)"/g)).to.have.length(3);
    expect(narrow.match(/<path [^>]*fill="var\(--hue-1\)"/g)).to.have.length(3);
    expect(figure.match(/<tr><td/g)).to.have.length(3);
  });
});

describe('Portuguese README', () => {
  const english = textOf('README.md');
  const portuguese = textOf('README.pt-BR.md');

  it('has the same parts', () => {
    const levels = (text: string) => headingsOf(text).map((heading) => heading.indexOf(' '));
    expect(levels(portuguese)).to.deep.equal(levels(english));
  });

  it('has every command of the English one, in the same order, and no other', () => {
    // The page is in the reader's language.
    const commands = commandsOf(portuguese).map((command) => command.replace(' --lang pt', ''));
    expect(commands).to.deep.equal(commandsOf(english));
    expect(commands).to.have.length.above(15);
  });

  it('links to the same places', () => {
    const links = (text: string) =>
      linksOf(text.replaceAll('.pt-BR.md', '.md')).filter((target) => !/^README/.test(target));
    expect(links(portuguese)).to.deep.equal(links(english));
  });
});

describe('both READMEs', () => {
  for (const page of ['README.md', 'README.pt-BR.md']) {
    it(`fit one look: ${page} has at most 900 words`, () => {
      expect(textOf(page).split(/\s+/).filter(Boolean)).to.have.length.of.at.most(900);
    });
  }
});

describe('docs/README.md', () => {
  it('links to every page of docs/, so that a reader finds it', () => {
    const linked = linksOf(textOf('docs/README.md')).map((target) => join('docs', target));
    expect(linked).to.include.members(
      globSync('docs/*.md', { cwd: root }).filter((page) => !/README/.test(page)),
    );
  });
});

function linksOf(markdown: string): string[] {
  return [
    ...withoutBlocks(markdown)
      .replaceAll(/`[^`\n]*`/g, '')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ].map(([, target = '']) => target);
}

function headingsOf(markdown: string): string[] {
  return withoutBlocks(markdown).match(/^#+ .*$/gm) ?? [];
}

/** As GitHub makes them: lower case, without punctuation, hyphens for spaces. */
function anchorsOf(markdown: string): string[] {
  return headingsOf(markdown).map((heading) =>
    heading
      .replace(/^#+ /, '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Lines to be typed, without the comments behind them. */
function commandsOf(markdown: string): string[] {
  const lines = markdown.match(/^ {4,}(?:npm|npx|sam|aws|read|export|git|cd|curl) .*$/gm) ?? [];
  return lines.map((line) => line.trim().replace(/\s{2,}#.*$/, ''));
}

function withoutBlocks(markdown: string): string {
  return markdown.replaceAll(/^```[\s\S]*?^```/gm, '');
}
