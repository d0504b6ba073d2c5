import { parsedJson } from '../../base/json.ts';
import { wholeLines } from '../../base/lines.ts';
import type { Day } from '../../base/local-day.ts';
import { type ColumnType, columns, type MessageRow } from '../../lake/columns.ts';
import { secondOfRawKey } from '../../lake/object-keys.ts';
import { contentText } from '../../telegram/content-text.ts';
import { type RawObject, readRawObject } from '../../telegram/update.ts';
import { membershipRows } from '../event-rows.ts';
import { rowsOfUpdate, type TimedRow } from '../timed-row.ts';

/** The result of sql/etl/rows-of-a-day.sql is not what that statement gives, or not of the whole day. */
export class AthenaResultError extends Error {
  override readonly name = 'AthenaResultError';
}

/**
 * The rows of a day from the result of sql/etl/rows-of-a-day.sql, in the order of their keys.
 *
 * @param result - the CSV file that Athena wrote: one column, and a line for each update
 * @param updates - how many raw objects the day had when it was listed: a result of fewer is refused, since it
 *   would take messages out of the lake
 * @param day - that the raw objects are filed under
 * @throws AthenaResultError when the result is malformed or incomplete
 */
export async function* athenaRows(
  result: AsyncIterable<Uint8Array>,
  updates: number,
  day: Day,
): AsyncGenerator<TimedRow> {
  let keys = 0;
  let lastKey = '';
  let isHeader = true;
  for await (const line of wholeLines(result)) {
    const text = textOf(line);
    if (isHeader) {
      if (text !== 'line') throw new AthenaResultError('the result of Athena has another column than "line"');
      isHeader = false;
      continue;
    }
    const [key, skipped, ...values] = parse(text);
    if (typeof key !== 'string' || key < lastKey) throw new AthenaResultError('the keys are out of order');
    if (key !== lastKey) keys += 1;
    lastKey = key;
    // A line of white space, which an object can have behind its update.
    if (skipped === 'blank') continue;
    const second = secondOfRawKey(key);
    if (skipped === 'not a message') yield rowsOfUpdate(updateOf(values), key, second, day);
    else if (skipped === null) yield rowsOfMessage(values, second);
    else {
      const row = skipReason(skipped);
      yield { second, row, ...(row === 'unreadable' && { unreadableKey: key }) };
    }
  }
  if (keys < updates) {
    throw new AthenaResultError(
      `Athena read ${keys} of ${updates} raw objects: does the stack's FirstDay come after this day?`,
    );
  }
}

/** Athena puts each value between quotes, and doubles those within. JSON has no line break, so a line is a row. */
function textOf(line: string): string {
  if (!/^".*"$/s.test(line)) throw new AthenaResultError('a line of the result is not between quotes');
  return line.slice(1, -1).replaceAll('""', '"');
}

function parse(text: string): unknown[] {
  const value = parsedJson(text);
  if (!Array.isArray(value)) throw new AthenaResultError('a line of the result is no JSON array');
  return value;
}

/** What the statement returns of an update without a message: its id, its kind and its whole content. */
function updateOf([updateId, kind, payload]: readonly unknown[]): RawObject {
  const origin = updateId === null ? { source: 'sent' } : { update_id: updateId };
  const update = readRawObject({ ...origin, [String(kind)]: payload });
  if ('notAnUpdate' in update) throw new AthenaResultError('a line of the result is no update');
  return update;
}

/** What the statement gives of a message: its row, and of joins and leaves who they are. */
function rowsOfMessage(values: readonly unknown[], second: string): TimedRow {
  if (values.length !== columns.length + 1)
    throw new AthenaResultError('a row has not as many values as columns');
  const row = rowOf(values);
  const members = values[columns.length];
  const events = members === null ? [] : membershipRows(row, { [String(row.content_type)]: members });
  return events.length > 0 ? { second, row, eventsOfMessage: events } : { second, row };
}

function skipReason(value: unknown): Exclude<TimedRow['row'], MessageRow> {
  if (value === 'unreadable' || value === 'no identity' || value === 'no date') return value;
  throw new AthenaResultError('a line of the result has no known reason to be skipped');
}

const typeNames: Readonly<Record<ColumnType, string>> = {
  bigint: 'number',
  boolean: 'boolean',
  string: 'string',
};

function rowOf(values: readonly unknown[]): MessageRow {
  const row: Record<string, unknown> = {};
  for (const [index, { name, type }] of columns.entries()) {
    const value = name === 'content_text' ? wordsOf(values[index], row.content_type) : values[index];
    if (value !== null && typeof value !== typeNames[type]) {
      throw new AthenaResultError(`the column ${name} has a value of another type`);
    }
    row[name] = value;
  }
  return row as MessageRow;
}

/** The statement gives the content whole. Its type is in a column before it. */
function wordsOf(content: unknown, contentType: unknown): string | null {
  return contentText(String(contentType), content) ?? null;
}
