import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import {
  type ErasureRule,
  erasureRules,
  idLists,
  idListTexts,
  idMembers,
  nameLists,
  nameMembers,
  ownExported,
  ownUpdate,
  usernameMembers,
} from '../src/erasure/erasure-rules.ts';
import { kindsWithRows } from '../src/etl/message-row.ts';
import { type Column, columns } from '../src/lake/columns.ts';
import { eventColumns } from '../src/lake/event-columns.ts';
import {
  enrichedKey,
  eventsKey,
  forgottenKey,
  forgottenSecretKey,
  importKey,
  migrationKey,
  pollKey,
  quarantineKey,
  rawKey,
  shownKey,
} from '../src/lake/object-keys.ts';
import { defaultTimeZone } from '../src/lake/settings.ts';
import { type SavedQuery, savedQueries } from '../src/query/query-catalog.ts';
import { contentsWithText } from '../src/telegram/content-text.ts';
import { fieldsOfEveryMessage, specificFirst } from '../src/telegram/message-content.ts';
import { kindsOfAChat } from '../src/telegram/update.ts';
import { commandHelp } from './command-help.ts';
import { alternativesTable, costTable, pricesTable } from './cost-tables.ts';
import { glueViews, inStack } from './glue-views.ts';
import { markdownTable } from './markdown-table.ts';
import { readsTable } from './table-reads.ts';

/**
 * A stretch of a committed file that is made from the code, so that it cannot disagree with it. It stands between
 * lines that hold `BEGIN GENERATED <name>` and `END GENERATED <name>`, each a comment in that file's language.
 */
export interface GeneratedBlock {
  /** The file's path from the root of the project. */
  readonly file: string;
  readonly name: string;
  /** The lines between the markers, without the markers' own indentation. */
  readonly render: () => string | Promise<string>;
}

/** The blocks of the project. To add one: an entry here, and its two marker lines in the file. */
export function generatedBlocks(root: string): GeneratedBlock[] {
  const queries = savedQueries(join(root, 'sql'));
  return [
    { file: 'template.yaml', name: 'glue-columns', render: () => glueColumns(columns) },
    { file: 'template.yaml', name: 'glue-event-columns', render: () => glueColumns(eventColumns) },
    { file: 'template.yaml', name: 'glue-views', render: glueViews },
    { file: 'template.yaml', name: 'named-queries', render: () => queries.map(namedQuery).join('\n\n') },
    ...Object.entries(rowsOfADayBlocks).map(([name, render]) => ({ file: rowsOfADaySql, name, render })),
    {
      file: 'src/etl/athena/rows-of-a-day-sql.ts',
      name: 'rows-of-a-day',
      render: () => rowsOfADayModule(root),
    },
    { file: 'docs/cost.md', name: 'cost', render: costTable },
    { file: 'docs/cost.md', name: 'alternatives', render: alternativesTable },
    { file: 'docs/cost.md', name: 'prices', render: pricesTable },
    { file: 'docs/cost.md', name: 'reads', render: readsTable },
    { file: 'docs/data.md', name: 'columns', render: () => columnsTable(columns, 'the message was sent') },
    { file: 'docs/data.md', name: 'event-columns', render: () => columnsTable(eventColumns, 'it happened') },
    { file: 'docs/data.md', name: 'keys', render: keysTable },
    { file: 'README.md', name: 'digest', render: () => demoDigest(root, 'en') },
    { file: 'README.pt-BR.md', name: 'digest', render: () => demoDigest(root, 'pt') },
    { file: 'docs/cli.md', name: 'help', render: commandHelp },
    { file: 'docs/privacy.md', name: 'erasure', render: erasureTable },
    { file: 'docs/decisions/README.md', name: 'decisions', render: () => decisionsTable(root) },
    {
      file: 'docs/saved-queries.md',
      name: 'saved-queries',
      render: () => queriesTable(['saved query', 'what it answers'], queries, 'description'),
    },
    {
      file: 'docs/saved-queries.pt-BR.md',
      name: 'saved-queries',
      render: () => queriesTable(['consulta salva', 'o que ela responde'], queries, 'portuguese'),
    },
  ];
}

/** A file with a generated block: as it is, and as it should be. */
export interface GeneratedFile {
  readonly file: string;
  readonly current: string;
  readonly expected: string;
}

/**
 * Every file that has generated blocks, with their new content. Nothing is written.
 *
 * @param root - the folder of the project
 * @throws Error when a file lacks a marker of one of its blocks
 */
export async function generatedFiles(root: string): Promise<GeneratedFile[]> {
  const files = new Map<string, GeneratedFile>();
  for (const { file, name, render } of generatedBlocks(root)) {
    const current = files.get(file)?.current ?? readFileSync(join(root, file), 'utf8');
    const expected = fillBlock(files.get(file)?.expected ?? current, name, await render());
    files.set(file, { file, current, expected });
  }
  return [...files.values()];
}

/**
 * A text with new content in one of its blocks, indented as the block's first marker is.
 *
 * @throws Error when the text has not exactly one such block
 */
export function fillBlock(text: string, name: string, content: string): string {
  const lines = text.split('\n');
  const begin = onlyLineWith(lines, `BEGIN GENERATED ${name}`);
  const end = onlyLineWith(lines, `END GENERATED ${name}`);
  if (end < begin) throw new Error(`the block ${name} ends before it begins`);
  const indentation = /^ */.exec(lines[begin] ?? '')?.[0] ?? '';
  const filled = content ? content.split('\n').map((line) => (line ? indentation + line : '')) : [];
  return [...lines.slice(0, begin + 1), ...filled, ...lines.slice(end)].join('\n');
}

function onlyLineWith(lines: readonly string[], marker: string): number {
  const found = lines.flatMap((line, index) => (new RegExp(`${marker}(?![\\w-])`).test(line) ? [index] : []));
  const [index] = found;
  if (index === undefined || found.length > 1) throw new Error(`needs exactly one line with "${marker}"`);
  return index;
}

function glueColumns(columns: readonly Column[]): string {
  const entries = columns.map(({ name, type, description }) => ({
    Name: name,
    Type: type,
    Comment: description,
  }));
  return yamlText(entries);
}

function namedQuery({ file, name, description, sql }: SavedQuery): string {
  return [
    `${namedQueryId(file)}:`,
    '  Type: AWS::Athena::NamedQuery',
    '  Properties:',
    `    Name: ${yamlText(name)}`,
    `    Description: ${yamlText(description)}`,
    '    Database: !Ref Database',
    '    WorkGroup: !Ref WorkGroup',
    '    QueryString: !Sub |-',
    ...inStack(sql)
      .split('\n')
      .map((line) => (line ? `      ${line}` : '')),
  ].join('\n');
}

function namedQueryId(file: string): string {
  return `Query${file
    .split('-')
    .map((word) => word[0]?.toUpperCase() + word.slice(1))
    .join('')}`;
}

function yamlText(value: unknown): string {
  return stringify(value, { lineWidth: 0 }).trimEnd();
}

const rowsOfADaySql = 'sql/etl/rows-of-a-day.sql';

/** The lists of the SQL that makes rows: what the TypeScript that makes them knows as well. */
const rowsOfADayBlocks: Readonly<Record<string, () => string>> = {
  'kinds-of-a-chat': () => sqlStrings([...kindsOfAChat]),
  'kinds-with-rows': () => sqlStrings(Object.keys(kindsWithRows)),
  'specific-first': () => sqlStrings(specificFirst),
  'fields-of-every-message': () => sqlStrings([...fieldsOfEveryMessage]),
  'contents-with-text': () => sqlStrings(contentsWithText),
  'row-values': () => columns.map(({ name }) => `CAST(${name} AS json)`).join(',\n'),
};

function sqlStrings(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(',\n');
}

/** The SQL as a string, since a bundled function has no other file with it. */
function rowsOfADayModule(root: string): string {
  const file = Object.entries(rowsOfADayBlocks).reduce(
    (text, [name, render]) => fillBlock(text, name, render()),
    readFileSync(join(root, rowsOfADaySql), 'utf8'),
  );
  const sql = file.replace(/^(--.*\n)+/, '').trimEnd();
  if (/`|\$\{/.test(sql)) throw new Error(`${rowsOfADaySql} holds what a template string would not take`);
  return `export const rowsOfADaySql = String.raw\`\n${sql}\n\`;`;
}

function columnsTable(columns: readonly Column[], what: string): string {
  const rows = columns.map(({ name, type, description }) => [`\`${name}\``, type, description]);
  const day = ['`context_date`', 'date', `Day on which ${what}, in the group's time zone: the partition`];
  return markdownTable(['column', 'type', 'meaning'], [...rows, day]);
}

function keysTable(): string {
  const sentAtSeconds = Date.parse('2026-11-23T02:59:59Z') / 1000;
  const zone = defaultTimeZone;
  const rows = [
    ['raw', rawKey(sentAtSeconds, 123456789, zone), 'one update'],
    [
      'raw',
      shownKey(sentAtSeconds, { chatId: -1001234567890, messageId: 7 }, zone),
      'one message of a bot that only a reply or a pressed button showed',
    ],
    ['raw', importKey('2026-11-22', -1001234567890), "one chat's imported messages of one day, a line each"],
    ['raw', quarantineKey(sentAtSeconds, '<sha256 of the body>', zone), 'one body that is no update'],
    ['raw', migrationKey(-1002345678901), 'the id that a group had before it became this supergroup'],
    ['raw', pollKey('5290017733412098765'), 'the note that this poll was seen in a chat of the lake'],
    ['raw', forgottenKey('<hash>'), 'the note that a person is forgotten'],
    ['raw', forgottenSecretKey, 'what the ids of the forgotten are hashed with'],
    ['enriched', enrichedKey('2026-11-22'), "one day's messages"],
    ['enriched', eventsKey('2026-11-22'), 'everything else that happened on that day'],
  ];
  return markdownTable(
    ['bucket', 'key', 'object'],
    rows.map(([bucket = '', key = '', object = '']) => [bucket, `\`${key}\``, object]),
  );
}

function queriesTable(
  head: string[],
  queries: readonly SavedQuery[],
  language: 'description' | 'portuguese',
): string {
  return markdownTable(
    head,
    queries.map((query) => [`[${query.file}](../sql/${query.file}.sql)`, query[language] ?? '']),
  );
}

/** What `forget` erases, as the code does it. */
function erasureTable(): string {
  const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
  const marks = ({ users = [], ids = [], names = [] }: Pick<ErasureRule, 'users' | 'ids' | 'names'>) =>
    [code([...users, ...ids]), names.length > 0 ? `by name: ${code(names)}` : ''].filter(Boolean).join('; ');
  const left = ({ left, leftInWords, instead }: ErasureRule) => {
    if (leftInWords) return leftInWords;
    if ('without' in left) return `all but ${code(left.without)}`;
    return code([...left, ...Object.keys(instead ?? {})]) || 'nothing';
  };
  const idNames = Object.keys(idMembers);
  const rows = [
    ['update, of any kind', marks(ownUpdate), 'nothing: its raw object is deleted'],
    ['imported message', marks(ownExported), 'nothing: its line is deleted'],
    ...erasureRules.map((rule) => [rule.type, marks(rule), left(rule)]),
    ['`quote` beside a reply to a message of theirs', '', 'nothing'],
    ['member that holds an id', code(idNames), 'nothing, nor the name beside it'],
    ['member that holds a name', `by name: ${code([...nameMembers, ...usernameMembers])}`, 'nothing'],
    ['list of ids, list of names', code([...idLists, ...idListTexts, ...nameLists]), 'the others'],
    [
      'mention or link in a text, and the text of a button with such a link',
      '`user`, `user_id`, `tg://user?id=`; by name: `@username`, `t.me/username`',
      '█ for each letter, so that lengths and positions stay',
    ],
  ];
  return markdownTable(
    ['type', 'theirs where the person is in', 'what is left'],
    rows.map((cells) => cells.map(String)),
  );
}

/** Every page of docs/decisions/ with its status: its line `Status: …`, else in force. */
function decisionsTable(root: string): string {
  const folder = join(root, 'docs/decisions');
  const pages = readdirSync(folder).filter((page) => /^\d{4}-.*\.md$/.test(page));
  const rows = pages.sort().map((page) => {
    const text = readFileSync(join(folder, page), 'utf8');
    const [, number = '', title = ''] = /^# (\d{4})\. (.+)$/m.exec(text) ?? [];
    if (number !== page.slice(0, 4))
      throw new Error(`${page} needs a heading such as "# ${page.slice(0, 4)}. Title"`);
    return [`[${number}](${page})`, title, /^Status: (.+)$/m.exec(text)?.[1] ?? 'in force'];
  });
  return markdownTable(['number', 'decision', 'status'], rows);
}

/**
 * A part of the digest that `npm start` prints of the demo group, from the golden results: without the chart and the
 * list of saved queries, four lines a paragraph and sixteen in all.
 */
function demoDigest(root: string, language: 'en' | 'pt'): string {
  const text = readFileSync(join(root, `tests/golden/digest.${language}.txt`), 'utf8');
  const [heading = '', , ...paragraphs] = text.trimEnd().split('\n\n');
  const lines = [heading, ...paragraphs].flatMap((each) => [...each.split('\n').slice(0, 4), '']);
  return ['```', ...lines.slice(0, 16), '…', '```'].join('\n');
}
