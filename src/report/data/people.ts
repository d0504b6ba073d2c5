import { createHmac } from 'node:crypto';
import type { Results, ResultTable, Value } from '../../query/query-runner.ts';
import type { Language } from '../language/language.ts';
import { isText, withoutIds } from './cell-text.ts';
import { sanitizeText } from './sanitize.ts';
import { tellsOfSomebody } from './third-parties.ts';

/** The columns that name a person: the id, and what the person is called beside it. */
const personColumns: readonly (readonly [id: string, name: string])[] = [
  ['user_id', 'user_first_name'],
  ['reply_to_user_id', 'reply_to_first_name'],
];

/** Columns of text whose values the saved queries themselves make up. */
const safeTexts = new Set(['period', 'measure', 'content_type', 'reaction', 'asked_at']);

/** Columns of words that people wrote, in rows that count who wrote the same. */
const sharedTexts = new Set(['question', 'term', 'example', 'command', 'button']);

/** In characters. */
const longestName = 40;

/** From this number of people on, the same words reveal nothing about one of them. */
const enoughPeople = 3;

/**
 * The results with one name for each person, and none for two: people of the same first name get a number, in the order
 * of their ids.
 */
export function withDistinctNames(results: Results): Results {
  const names = new Map<string, string>();
  for (const [id, name] of peopleIn(results))
    names.set(id, sanitizeText(name, longestName) || `#${id.slice(-4)}`);
  return renamed(results, distinct(names));
}

/**
 * The results without what reveals who somebody is, for showing a group to others.
 *
 * - Names become pseudonyms that depend on the id and the key alone, so a person has the same one in every report
 *   made with this key. Without the key nobody can go back, not even with a list of the ids.
 * - User names, ids of users, chats and messages, links, and the time of day of a question go; its age is in whole
 * days.
 * - What people wrote goes, too, but for words that at least three of them wrote, and that tell of nobody whom the
 *   results name, and have no long number. A column of text that is not known to
 * be
 *   harmless goes as well: a new saved query is hidden until somebody says otherwise.
 *
 * @param key - random, kept by the person who makes the reports
 */
export function anonymous(results: Results, key: Uint8Array, { page: { animals } }: Language): Results {
  const pseudonyms = new Map<string, string>();
  for (const [id] of peopleIn(results)) {
    const digest = createHmac('sha256', key).update(id).digest();
    pseudonyms.set(
      id,
      `${animals[digest.readUInt16BE(0) % animals.length]} ${digest.readUInt32BE(2) % 10_000}`,
    );
  }
  const named = renamed(results, distinct(pseudonyms));
  const tellsOf = tellsOfSomebody(results);
  return new Map([...named].map(([query, result]) => [query, withoutTraces(result, tellsOf)]));
}

/**
 * What each person is called, by id: the first name there is in the order of results, since that of the most active
 * people has the newest names, and open questions those of their time.
 */
function peopleIn(results: Results): Map<string, string> {
  const people = new Map<string, string>();
  for (const { columns, rows } of results.values()) {
    for (const [idColumn, nameColumn] of personColumns) {
      const id = columns.findIndex(({ name }) => name === idColumn);
      const name = columns.findIndex((column) => column.name === nameColumn);
      if (id < 0 || name < 0) continue;
      for (const row of rows) {
        if (row[id] === null) continue;
        people.set(String(row[id]), people.get(String(row[id])) || String(row[name] ?? ''));
      }
    }
  }
  return new Map(
    [...people].sort(([one], [other]) => Number(one) - Number(other) || one.localeCompare(other)),
  );
}

/** Names that look the same are the same name here, whatever unseen characters or letters' forms they differ by. */
function distinct(names: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const look = (name: string) =>
    name
      .normalize('NFKC')
      .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
      .trim();
  return new Map(
    [...names].map(([id, name]) => {
      let own = name;
      for (let times = 2; taken.has(look(own)); times++) own = `${name} (${times})`;
      taken.add(look(own));
      return [id, own];
    }),
  );
}

function renamed(results: Results, names: ReadonlyMap<string, string>): Results {
  return new Map(
    [...results].map(([query, { columns, rows }]) => {
      const pairs = personColumns
        .map(([id, name]) => [columnAt(columns, id), columnAt(columns, name)] as const)
        .filter(([id, name]) => id >= 0 && name >= 0);
      const rename = (row: readonly Value[]): readonly Value[] => {
        const copy = [...row];
        for (const [id, name] of pairs) copy[name] = names.get(String(row[id])) ?? null;
        return copy;
      };
      return [query, { columns, rows: pairs.length === 0 ? rows : rows.map(rename) }];
    }),
  );
}

const columnAt = (columns: ResultTable['columns'], name: string): number =>
  columns.findIndex((column) => column.name === name);

function withoutTraces({ columns, rows }: ResultTable, tellsOf: (text: string) => boolean): ResultTable {
  // How many people wrote these very words, where a row is of more than one wording.
  const sameWording = columnAt(columns, 'same_wording_user_amount');
  const people = sameWording >= 0 ? sameWording : columnAt(columns, 'user_amount');
  const isName = (name: string) => personColumns.some(([, nameColumn]) => nameColumn === name);
  const kept = withoutIds(columns).filter(({ column }) => {
    const { name } = column;
    // An example is one person's wording, however many asked the same.
    if (name === 'example') return false;
    return !isText(column) || safeTexts.has(name) || isName(name) || (sharedTexts.has(name) && people >= 0);
  });
  const shared = kept.filter(({ column }) => sharedTexts.has(column.name));
  const isReadable = (row: readonly Value[]) =>
    Number(row[people]) >= enoughPeople && !shared.some(({ at }) => tellsOf(String(row[at] ?? '')));
  const readable = shared.length > 0 ? rows.filter(isReadable) : rows;
  return {
    columns: kept.map(({ column }) => column),
    rows: readable.map((row) => kept.map(({ column, at }) => withoutTime(column.name, row[at] ?? null))),
  };
}

function withoutTime(column: string, value: Value): Value {
  if (column === 'asked_at') return String(value).slice(0, 10);
  if (column === 'age_hours') return 24 * Math.floor(Number(value) / 24);
  return value;
}
