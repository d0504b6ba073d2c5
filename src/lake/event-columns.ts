import type { Column, RowOf } from './columns.ts';

/**
 * The columns of a day's events, in order: the one source for the row type, the Parquet schema, the Glue table and
 * docs/data.md. As in `columns`, add or reorder freely, but never rename; and every column may be null.
 */
export const eventColumns = [
  {
    name: 'event',
    type: 'string',
    description:
      'What happened: reaction_added, joined, left, promoted, button_pressed...; for kinds without a word here, the kind',
  },
  {
    name: 'kind',
    type: 'string',
    description:
      "Kind of the update, in the Bot API's words: message_reaction, chat_member, callback_query...; for service messages their content_type",
  },
  { name: 'chat_id', type: 'bigint', description: 'Id of the chat; null for what happens in none' },
  { name: 'chat_type', type: 'string', description: 'private, group, supergroup or channel' },
  {
    name: 'message_id',
    type: 'bigint',
    description: 'Message that was reacted to, that has the button, or that reports the joining or leaving',
  },
  {
    name: 'user_id',
    type: 'bigint',
    description: 'Who did it; of joins, leaves, promotions and the like: whom they are about',
  },
  { name: 'user_is_bot', type: 'boolean', description: 'Whether that user is a bot' },
  { name: 'user_first_name', type: 'string', description: 'First name of that user at the time' },
  { name: 'user_username', type: 'string', description: '@username of that user, without the @' },
  {
    name: 'sender_chat_id',
    type: 'bigint',
    description: 'Chat that reacted or voted in its own name: anonymous administrators and channels',
  },
  { name: 'sender_chat_title', type: 'string', description: 'Title of that chat at the time' },
  {
    name: 'by_user_id',
    type: 'bigint',
    description: 'Who added, removed, banned or promoted the user; the user itself where nobody else did',
  },
  {
    name: 'old_status',
    type: 'string',
    description: 'Status in the chat before: creator, administrator, member, restricted, left or kicked',
  },
  { name: 'new_status', type: 'string', description: 'Status in the chat since' },
  {
    name: 'reaction',
    type: 'string',
    description: 'The emoji; custom_emoji or paid for others',
  },
  {
    name: 'amount',
    type: 'bigint',
    description: 'How many such reactions the message has, or how many people voted in the poll',
  },
  { name: 'poll_id', type: 'string', description: 'Id of the poll' },
  { name: 'poll_option', type: 'bigint', description: 'Option that was voted for; the first one is 0' },
  {
    name: 'data',
    type: 'string',
    description: "The button's data, the words of an inline query, the id of a boost or a custom emoji",
  },
  {
    name: 'date',
    type: 'bigint',
    description: 'When it happened, in Unix seconds (UTC); null where Telegram does not say, as of buttons',
  },
  {
    name: 'arrived_at',
    type: 'string',
    description:
      "Where there is no date: when the update arrived, by the group's clock, as 2026-11-22 23:59:59",
  },
  { name: 'update_id', type: 'bigint', description: 'Id of the update that reported it; null for imports' },
  { name: 'source', type: 'string', description: 'How it came: webhook or import' },
] as const satisfies readonly Column[];

/** One thing that happened and is no message, as the enriched file holds it. */
export type EventRow = RowOf<typeof eventColumns>;
