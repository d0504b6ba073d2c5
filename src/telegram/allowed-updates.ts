import type { Update } from '@grammyjs/types';

/** The Bot API's name of a kind of update: `message`, `message_reaction`… */
export type UpdateKind = Exclude<keyof Update, 'update_id'>;

/**
 * Every kind of update there is, to be asked of Telegram by name.
 *
 * Without the list Telegram keeps back `message_reaction`, `message_reaction_count` and `chat_member`. What has no
 * chat of the lake is not stored, but is asked for all the same: a kind that is not asked for is lost for good.
 *
 * @see https://core.telegram.org/bots/api#update
 */
export const allowedUpdates = Object.keys({
  message: true,
  edited_message: true,
  channel_post: true,
  edited_channel_post: true,
  business_connection: true,
  business_message: true,
  edited_business_message: true,
  deleted_business_messages: true,
  guest_message: true,
  stopped_message_generation: true,
  message_reaction: true,
  message_reaction_count: true,
  inline_query: true,
  chosen_inline_result: true,
  callback_query: true,
  shipping_query: true,
  pre_checkout_query: true,
  purchased_paid_media: true,
  poll: true,
  poll_answer: true,
  my_chat_member: true,
  chat_member: true,
  chat_join_request: true,
  chat_boost: true,
  removed_chat_boost: true,
  managed_bot: true,
  subscription: true,
  // A kind that the Bot API's types know and this list does not, or the other way round, is a compile error.
} satisfies Record<UpdateKind, true>) as readonly UpdateKind[];

/** The kinds that come only when they are asked for by name, and only to administrators. */
export const kindsOnlyByName: readonly UpdateKind[] = [
  'message_reaction',
  'message_reaction_count',
  'chat_member',
];
