import type { Day } from '../base/local-day.ts';
import { UsageError } from '../base/usage-error.ts';
import { onDay, type SavedQuery, viewsFolder } from './query-catalog.ts';
import { savedViews, viewsOf, withExpressions } from './views.ts';

/** Which messages queries see: all of them where nothing is given. */
export interface Narrowing {
  /** The first and the last day. */
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly chatId?: number | undefined;
  /** A person's id, or that of the chat that posts as itself. */
  readonly authorId?: number | undefined;
}

/**
 * The narrowing as a condition on the table `telegram`; undefined where it leaves all messages.
 *
 * Views and saved queries read the messages from this table alone, so what is left out here is left out everywhere.
 */
export function messageCondition(narrowing: Narrowing): string | undefined {
  const { chatId, authorId } = narrowing;
  return joined([
    ...dayConditions(narrowing),
    chatId === undefined ? undefined : `chat_id = ${exactId(chatId)}`,
    authorId === undefined ? undefined : `coalesce(sender_chat_id, user_id) = ${exactId(authorId)}`,
  ]);
}

/** The same on the table `telegram_raw`, where chat and author are in the JSON. */
export function updateCondition(narrowing: Narrowing): string | undefined {
  const { chatId, authorId } = narrowing;
  const oneOf = (paths: readonly string[], id: number | undefined) =>
    id === undefined
      ? undefined
      : `coalesce(${paths.map((path) => `json_extract_scalar(update_json, '$.${path}')`).join(', ')}) = '${exactId(id)}'`;
  return joined([
    ...dayConditions(narrowing),
    oneOf([...updateKinds.map((kind) => `${kind}.chat.id`), 'callback_query.message.chat.id'], chatId),
    oneOf(
      [
        ...updateKinds.map((kind) => `${kind}.sender_chat.id`),
        'message_reaction.actor_chat.id',
        'message_reaction.user.id',
        ...updateKinds.map((kind) => `${kind}.from.id`),
        'callback_query.from.id',
      ],
      authorId,
    ),
  ]);
}

/**
 * A statement that sees no other messages than these, for an engine whose tables are fixed: the tables stand in front
 * of it as common table expressions of their own names. `current_date` is the last day of the period.
 *
 * @param sql - with the views that it names in front of it, see `withViews`
 * @param database - in which the tables are
 */
export function narrowedStatement(sql: string, narrowing: Narrowing, database: string): string {
  const tables = [
    ['telegram', messageCondition(narrowing)],
    ['telegram_events', messageCondition(narrowing)],
    ['telegram_raw', updateCondition(narrowing)],
  ] as const;
  const expressions = tables.flatMap(([table, condition]) =>
    condition && new RegExp(`\\b${table}\\b`, 'i').test(sql)
      ? [`${table} AS (\n  SELECT * FROM "${database}"."${table}" WHERE ${condition}\n)`]
      : [],
  );
  if (expressions.length === 0) return sql;
  const dated = narrowing.to === undefined ? sql : onDay(sql, narrowing.to);
  return withExpressions(expressions, dated);
}

/**
 * Refuses a narrowing that would make a query answer something else than it says.
 *
 * @param name - by which the message calls the query
 * @throws UsageError
 */
export function assertNarrowable(
  name: string,
  { sql, needsHistory }: Pick<SavedQuery, 'sql' | 'needsHistory'>,
  { from, to, authorId }: Narrowing,
): void {
  if (needsHistory && (from ?? to ?? authorId) !== undefined) {
    throw new UsageError(
      `${name} compares with the whole history, so --from, --to, --last and --user would make it wrong; --chat is possible`,
    );
  }
  if (
    authorId !== undefined &&
    viewsOf(sql, savedViews(viewsFolder)).some((view) => view.name === 'answers')
  ) {
    throw new UsageError(
      `${name} reads the answers of others, which --user leaves out: every question would look unanswered`,
    );
  }
}

/** Whether a day is within the period. */
export function isWithin(day: Day, { from, to }: Narrowing): boolean {
  return (from === undefined || day >= from) && (to === undefined || day <= to);
}

function dayConditions({ from, to }: Narrowing): (string | undefined)[] {
  return [from && `context_date >= DATE '${from}'`, to && `context_date <= DATE '${to}'`];
}

function joined(conditions: readonly (string | undefined)[]): string | undefined {
  return conditions.filter((condition) => condition !== undefined).join(' AND ') || undefined;
}

/** Telegram's ids are whole numbers of at most 52 bits. */
function exactId(id: number): string {
  if (!Number.isSafeInteger(id)) throw new RangeError('an id is a whole number');
  return String(id);
}

/** Kinds of update that say in which chat, and most of them by whom: those to which the Bot API gives a chat always. */
export const updateKinds = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'business_message',
  'edited_business_message',
  'message_reaction',
  'message_reaction_count',
  'my_chat_member',
  'chat_member',
  'chat_join_request',
  'chat_boost',
  'removed_chat_boost',
];
