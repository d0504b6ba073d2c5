import type { JsonObject } from '../base/json.ts';

/**
 * What a message holds, by the Bot API's name of the field: `text`, `photo`, `voice`, `new_chat_members`…
 *
 * A content that does not exist yet is named by its field, too: the alphabetically first field that is not about the
 * message as such. `unknown` where there is none.
 *
 * @see https://core.telegram.org/bots/api#message
 */
export function contentType(message: JsonObject): string {
  for (const name of specificFirst) if (message[name] !== undefined) return name;
  const contents = Object.keys(message).filter((name) => !fieldsOfEveryMessage.has(name));
  return contents.sort()[0] ?? 'unknown';
}

/** Contents that come with a second field, for older clients or bots, which does not name them as well. */
export const specificFirst: readonly string[] = [
  'text',
  'animation',
  'live_photo',
  'venue',
  'new_chat_members',
  'left_chat_member',
];

/** Fields that say who, when, where and how, but not what. */
export const fieldsOfEveryMessage: ReadonlySet<string> = new Set([
  'message_id',
  'message_thread_id',
  'direct_messages_topic',
  'from',
  'sender_chat',
  'sender_boost_count',
  'sender_business_bot',
  'sender_tag',
  'date',
  'guest_query_id',
  'business_connection_id',
  'chat',
  'forward_origin',
  'forward_from',
  'forward_from_chat',
  'forward_from_message_id',
  'forward_signature',
  'forward_sender_name',
  'forward_date',
  'is_topic_message',
  'is_automatic_forward',
  'reply_to_message',
  'external_reply',
  'quote',
  'reply_to_story',
  'reply_to_checklist_task_id',
  'reply_to_poll_option_id',
  'via_bot',
  'guest_bot_caller_user',
  'guest_bot_caller_chat',
  'edit_date',
  'has_protected_content',
  'is_from_offline',
  'is_paid_post',
  'paid_star_count',
  'media_group_id',
  'author_signature',
  'entities',
  'link_preview_options',
  'suggested_post_info',
  'effect_id',
  'caption',
  'caption_entities',
  'show_caption_above_media',
  'has_media_spoiler',
  'reply_markup',
  'receiver_user',
  'ephemeral_message_id',
]);
