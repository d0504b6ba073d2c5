/** A column type, by its name in Athena. Each has one Parquet type and one TypeScript type. */
export type ColumnType = 'bigint' | 'boolean' | 'string';

/** One column of a table. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** What the column holds and when it is null: the text of docs/data.md and of the Glue column. */
  readonly description: string;
}

/**
 * The columns of a day's messages, in order: the one source for the row type, the Parquet schema, the Glue
 * table and docs/data.md.
 *
 * Parquet files are read by column name, so add or reorder freely, but never rename. The first eight are the
 * course's own, with its names and types. Every column may be null.
 */
export const columns = [
  { name: 'message_id', type: 'bigint', description: 'Id of the message, unique within its chat' },
  { name: 'user_id', type: 'bigint', description: 'Id of the sender; null for channel posts' },
  { name: 'user_is_bot', type: 'boolean', description: 'Whether the sender is a bot' },
  { name: 'user_first_name', type: 'string', description: "Sender's first name when the message was sent" },
  { name: 'chat_id', type: 'bigint', description: 'Id of the chat; negative for groups and channels' },
  { name: 'chat_type', type: 'string', description: 'private, group, supergroup or channel' },
  { name: 'text', type: 'string', description: 'Text of the message; null where it has none (see caption)' },
  {
    name: 'date',
    type: 'bigint',
    description: 'When the message was sent, in Unix seconds (UTC); null where that date is impossible',
  },
  {
    name: 'update_id',
    type: 'bigint',
    description: 'Id of the update that brought this version; null for imports and sent messages',
  },
  { name: 'kind', type: 'string', description: 'message or channel_post' },
  {
    name: 'content_type',
    type: 'string',
    description:
      "What the message holds, in the Bot API's name of the field: text, photo, voice, new_chat_members...",
  },
  { name: 'caption', type: 'string', description: 'Caption of a photo, video, document or other media' },
  {
    name: 'content_text',
    type: 'string',
    description:
      'Words of a content that has neither: a poll with its options, a checklist with its tasks, a rich message, the name of a topic or group...',
  },
  { name: 'user_username', type: 'string', description: "Sender's @username, without the @" },
  {
    name: 'sender_chat_id',
    type: 'bigint',
    description:
      'Chat the message was sent on behalf of: anonymous administrators and channels; null for people',
  },
  {
    name: 'sender_chat_title',
    type: 'string',
    description: 'Title of that chat when the message was sent',
  },
  {
    name: 'reply_to_message_id',
    type: 'bigint',
    description: 'Message of this chat that this one replies to',
  },
  { name: 'reply_to_user_id', type: 'bigint', description: 'Sender of the message that this one replies to' },
  { name: 'message_thread_id', type: 'bigint', description: 'Forum topic or comment thread' },
  { name: 'is_forward', type: 'boolean', description: 'Whether the message was forwarded from elsewhere' },
  {
    name: 'edit_date',
    type: 'bigint',
    description: 'Last edit, in Unix seconds (UTC); null if never edited',
  },
  { name: 'media_group_id', type: 'string', description: 'Album the message belongs to' },
  {
    name: 'chat_title',
    type: 'string',
    description: 'Title of the chat when the message was sent; null for private chats',
  },
  {
    name: 'chat_username',
    type: 'string',
    description: 'Username of a public group or channel, without the @; null for others',
  },
  {
    name: 'source',
    type: 'string',
    description:
      'How the message came: webhook, sent (its bot reported it), reply (seen only where somebody replied or pressed a button) or import',
  },
  {
    name: 'handled',
    type: 'boolean',
    description: 'Whether the bot could help, as it reported with its own message; null where it did not say',
  },
  {
    name: 'intent',
    type: 'string',
    description: 'What the bot took the question for, as it reported with its own message',
  },
] as const satisfies readonly Column[];

interface ValueTypes {
  bigint: number;
  boolean: boolean;
  string: string;
}

/** A row with these columns. Telegram's ids and dates fit 52 bits, so a number is exact. */
export type RowOf<Columns extends readonly Column[]> = {
  [Name in Columns[number]['name']]: ValueTypes[Extract<Columns[number], { name: Name }>['type']] | null;
};

/** One message as the enriched file holds it. */
export type MessageRow = RowOf<typeof columns>;

/**
 * Version of the rule that turns raw objects into rows. It is part of each day's fingerprint, so raising it
 * makes the ETL rebuild every day that it looks at. Raise it whenever `columns`, `eventColumns` or the meaning of a
 * value changes.
 */
export const schemaVersion = 7;

/** The table's name in Glue, Athena, DuckDB and the saved queries; also the first part of every object key. */
export const tableName = 'telegram';
