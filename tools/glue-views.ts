import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultTimeZone } from '../src/lake/settings.ts';
import { duckDbRunner } from '../src/query/duckdb/duckdb-runner.ts';
import { viewsFolder } from '../src/query/query-catalog.ts';
import type { ResultTable } from '../src/query/query-runner.ts';
import { savedViews, type View } from '../src/query/views.ts';

/** Athena's types of columns, in the words of Glue's tables. */
const glueTypes: Readonly<Record<string, string>> = {
  bigint: 'bigint',
  boolean: 'boolean',
  date: 'date',
  double: 'double',
  integer: 'int',
  timestamp: 'timestamp',
  varchar: 'string',
};

/**
 * The views of sql/views as Glue tables of the template, by which they have names in Athena.
 *
 * A view is a table whose text is JSON in base64, as Athena itself writes it for CREATE VIEW: there is no resource type
 * for it. Each line of the SQL is a line of the template; its indentation is written as tabs, and letters outside of
 * ASCII, which CloudFormation may turn into question marks, by their numbers.
 */
export async function glueViews(): Promise<string> {
  const views = savedViews(viewsFolder);
  const folder = mkdtempSync(join(tmpdir(), 'telegram-lake-views-'));
  const duckDb = await duckDbRunner(folder, { views });
  try {
    const tables: string[] = [];
    for (const view of views) {
      tables.push(glueView(view, (await duckDb.run(`SELECT * FROM ${view.name} LIMIT 0`)).columns));
    }
    return tables.join('\n\n');
  } finally {
    duckDb.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function glueView({ name, description, sql }: View, columns: ResultTable['columns']): string {
  return [
    ...wrapped(description.split(' ')).map((line) => `# ${line}`),
    `${viewId(name)}:`,
    '  Type: AWS::Glue::Table',
    '  Properties:',
    '    CatalogId: !Ref AWS::AccountId',
    '    DatabaseName: !Ref Database',
    '    TableInput:',
    `      Name: ${name}`,
    // As in Athena's own: an owner, without which a view cannot be read, and no description, which Trino would take for
    // the comment that marks it as a view.
    '      Owner: hadoop',
    '      TableType: VIRTUAL_VIEW',
    "      Parameters: {presto_view: 'true', comment: Presto View}",
    '      StorageDescriptor:',
    '        SerdeInfo: {}',
    '        Columns:',
    ...columns.map((column) => `          - {Name: ${column.name}, Type: ${glueType(column.type)}}`),
    '      ViewExpandedText: /* Presto View */',
    '      ViewOriginalText: !Sub',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a name for CloudFormation
    "        - '/* Presto View: ${Text} */'",
    '        - Text:',
    '            Fn::Base64: !Sub >-',
    ...viewText(sql, columns).map((line) => `              ${line}`),
  ].join('\n');
}

/** A line break of the block becomes a space: between tokens of JSON, and in the text of the SQL behind its own. */
function viewText(sql: string, columns: ResultTable['columns']): string[] {
  const lines = sql.split('\n').map((line) => {
    const [, indentation = '', text = ''] = /^( *)(.*)$/.exec(line) ?? [];
    return `${'\\t'.repeat(indentation.length / 2)}${asciiJson(text).slice(1, -1)}\\n`;
  });
  const typed = columns.map(({ name, type }) => `{"name": "${name}", "type": "${type}"},`);
  return [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a name for CloudFormation
    '{"catalog": "awsdatacatalog", "schema": "${Database}",',
    '"columns": [',
    ...wrapped(typed.with(-1, typed.at(-1)?.replace(/,$/, '],') ?? '')),
    '"originalSql": "',
    ...inStack(lines.join('\n')).split('\n'),
    '"}',
  ];
}

function asciiJson(text: string): string {
  return JSON.stringify(text).replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Words or entries of a list in lines of some 100 characters. */
function wrapped(entries: readonly string[]): string[] {
  const lines: string[] = [];
  for (const entry of entries) {
    const line = `${lines.at(-1)} ${entry}`;
    if (lines.length > 0 && line.length <= 100) lines[lines.length - 1] = line;
    else lines.push(entry);
  }
  return lines;
}

/** SQL as a text of `!Sub`: the group's zone becomes the parameter, any other `${` of it stands for itself. */
export function inStack(sql: string): string {
  return sql.replaceAll('${', '${!').replaceAll(`'${defaultTimeZone}'`, `'\${TimeZone}'`);
}

function viewId(name: string): string {
  return `View${name
    .split('_')
    .map((word) => word[0]?.toUpperCase() + word.slice(1))
    .join('')}`;
}

function glueType(type: string): string {
  const found = glueTypes[type];
  if (!found) throw new Error(`Glue's name of the type ${type} is not known here`);
  return found;
}
