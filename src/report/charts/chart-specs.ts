import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asObject, parsedJson } from '../../base/json.ts';
import { type SavedQuery, SavedQueryError } from '../../query/query-catalog.ts';
import { type FindingName, findingNames } from '../finding-names.ts';
import { type SectionName, sectionNames } from '../sections.ts';

/** Ids of the page's other parts, by which no chart may go. */
const takenIds = new Set<string>([
  ...sectionNames,
  'most-frequent-questions',
  'open-questions',
  'data-quality',
]);

/** A chart's title and description, in one language. */
export interface ChartTexts {
  readonly title: string;
  readonly description: string;
}

/** A picture of the result of one saved query: a Vega-Lite spec beside it in sql/. */
export interface Chart {
  /** The file without `.vl.json`; the id of the chart in the page. */
  readonly id: string;
  /** The file name of the saved query whose rows it draws. */
  readonly query: string;
  readonly section: SectionName;
  readonly order: number;
  readonly finding: FindingName;
  readonly texts: Readonly<Record<'en' | 'pt', ChartTexts>>;
  /** The spec without `data`, which the report puts in, and without what is read from it above. */
  readonly spec: Readonly<Record<string, unknown>>;
}

/**
 * The charts of a folder, in the order of the story: each file `NAME.vl.json` draws the saved query `NAME.sql`; a
 * second picture of the same rows is `NAME.WORD.vl.json`.
 *
 * A spec is Vega-Lite without `data`. Its `title` and `description` are those of the saved query unless it has its
 * own. `usermeta` may name the `section`, the `order` in it, the `finding` that is shown, and `pt`: title and
 * description in Portuguese.
 *
 * @throws {SavedQueryError} when a spec is not JSON, belongs to no saved query, is called as another part of the page,
 *   brings data of its own, names a section or a finding that does not exist, or an order that is no number
 */
export function chartSpecs(directory: string, queries: readonly SavedQuery[]): Chart[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.vl.json'))
    .sort()
    .map((file) => parseChart(file, readFileSync(join(directory, file), 'utf8'), queries))
    .sort(
      (one, other) =>
        sectionNames.indexOf(one.section) - sectionNames.indexOf(other.section) || one.order - other.order,
    );
}

/**
 * The chart in the text of one spec.
 *
 * @param file - its name, such as `messages-per-day.vl.json`; it appears in every error
 * @throws {SavedQueryError} as for `chartSpecs`
 */
export function parseChart(file: string, text: string, queries: readonly SavedQuery[]): Chart {
  const fail = (reason: string): never => {
    throw new SavedQueryError(`${file}: ${reason}`);
  };
  const id = file.replace(/\.vl\.json$/, '');
  const query = queries.find((candidate) => candidate.file === id.split('.')[0]);
  if (!query) return fail(`there is no ${id.split('.')[0]}.sql beside it`);
  if (takenIds.has(id)) fail(`the page has a part of this name: call it ${id}.WORD.vl.json`);
  const { $schema, title, description, usermeta, ...spec } =
    asObject(parsedJson(text)) ?? fail('is not a JSON object');
  if ('data' in spec || 'datasets' in spec)
    fail('must not have data: the rows of the saved query are its data');

  const { section = 'more', order = 1_000, finding = 'highest', pt } = asObject(usermeta) ?? {};
  const knownSection = sectionNames.find((name) => name === section);
  const knownFinding = findingNames.find((name) => name === finding);
  const en = { title: textIn(title) ?? query.name, description: textIn(description) ?? query.description };
  const portuguese = asObject(pt);
  return {
    id: id.replaceAll('.', '-'),
    query: query.file,
    section: knownSection ?? fail(`has no section ${section}: ${sectionNames.join(', ')}`),
    order: typeof order === 'number' ? order : fail(`has an order that is no number: ${order}`),
    finding: knownFinding ?? fail(`has no finding ${finding}: ${findingNames.join(', ')}`),
    texts: {
      en,
      pt: {
        title: textIn(portuguese?.title) ?? en.title,
        description: textIn(portuguese?.description) ?? query.portuguese ?? en.description,
      },
    },
    spec,
  };
}

/** Vega-Lite takes a title as text or as an object that holds it. */
function textIn(value: unknown): string | undefined {
  const text = asObject(value)?.text ?? value;
  return typeof text === 'string' && text !== '' ? text : undefined;
}
