/**
 * sql/etl/rows-of-a-day.sql without its header, as a string: the statement that computes a day's rows on Athena.
 * Written by `npm run generate`; change the SQL file.
 */
// BEGIN GENERATED rows-of-a-day
export const rowsOfADaySql = String.raw`
WITH updates AS (
  SELECT
    regexp_extract("$path", 'telegram/context_date=.*$') AS key,
    -- A message is sent at most a year after the day it is filed under: see src/lake/calendar.ts.
    least((date_diff('day', DATE '1970-01-01', context_date) + 366) * 86400, 4102444800) - 1 AS last_second,
    coalesce(trim(update_json), '\N') = '' AS is_blank,
    -- Null where JSON.parse fails, so also for bytes that are not UTF-8. Half a surrogate pair is no failure, but becomes
    -- U+FFFD when it is written. Without json_extract, Trino would cast the text itself, and fail where a name comes twice.
    IF(update_json = from_utf8(to_utf8(update_json)), TRY(CAST(json_extract(json_parse(regexp_replace(
      update_json,
      '(\\[^u]|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2}',
      escaped -> coalesce(escaped[1], '\ufffd')
    )), '$') AS map(varchar, json)))) AS fields
  FROM telegram_raw
  WHERE context_date = DATE '2026-01-01'
    AND NOT regexp_like("$path", '/import_-?[0-9]+\.jsonl\.gz$')
),
kinds AS (
  SELECT
    *,
    -- What a bot reports that it has sent, or a reply has shown, is no update, and has no id of one.
    coalesce(json_format(element_at(fields, 'source')) IN ('"sent"', '"reply"'), false) AS is_sent,
    array_min(map_keys(map_filter(fields, (name, value) -> json_format(value) LIKE '{%'))) AS kind
  FROM updates
),
payloads AS (
  SELECT
    key,
    last_second,
    is_blank,
    kind,
    is_sent,
    IF(NOT is_sent, element_at(fields, 'update_id')) AS update_id,
    IF(is_sent, element_at(fields, 'handled')) AS handled,
    IF(is_sent, element_at(fields, 'intent')) AS intent,
    IF(is_sent, element_at(fields, 'source')) AS source,
    payload,
    json_format(json_extract(payload, '$.chat')) LIKE '{%' AS has_chat,
    json_format(json_extract(payload, '$.message.chat')) LIKE '{%' AS has_chat_of_message,
    CAST(payload AS map(varchar, json)) AS payload_fields,
    -- In a forum every message names the topic's first message as the one it replies to, which no person did.
    IF(
      json_extract(payload, '$.reply_to_message.forum_topic_created') IS NULL,
      json_extract(payload, '$.reply_to_message')
    ) AS replied_to
  FROM (SELECT *, element_at(fields, kind) AS payload FROM kinds)
),
-- A value of another type than the Bot API says is null. An integer is one that a double holds exactly, however it is written.
typed AS (
  SELECT
    key,
    last_second,
    is_blank,
    kind,
    payload,
    is_sent,
    payload_fields,
    map_keys(payload_fields) AS names,
    coalesce(has_chat, false) OR coalesce(has_chat_of_message, false) AS names_chat,
    transform_values(
      map_from_entries(ARRAY[
        ('update_id', update_id),
        ('chat_id', IF(has_chat, json_extract(payload, '$.chat.id'), json_extract(payload, '$.message.chat.id'))),
        ('message_id', json_extract(payload, '$.message_id')),
        ('date', json_extract(payload, '$.date')),
        ('user_id', json_extract(payload, '$.from.id')),
        ('sender_chat_id', json_extract(payload, '$.sender_chat.id')),
        ('reply_to_message_id', json_extract(replied_to, '$.message_id')),
        ('reply_to_user_id', json_extract(replied_to, '$.from.id')),
        ('message_thread_id', json_extract(payload, '$.message_thread_id')),
        ('edit_date', json_extract(payload, '$.edit_date'))
      ]),
      (name, value) -> IF(
        regexp_like(json_format(value), '^-?[0-9]'),
        IF(
          abs(CAST(value AS double)) <= 9007199254740991 AND CAST(value AS double) = floor(CAST(value AS double)),
          CAST(CAST(value AS double) AS bigint)
        )
      )
    ) AS integers,
    transform_values(
      map_from_entries(ARRAY[
        ('user_first_name', json_extract(payload, '$.from.first_name')),
        ('user_username', json_extract(payload, '$.from.username')),
        ('sender_chat_title', json_extract(payload, '$.sender_chat.title')),
        ('chat_type', json_extract(payload, '$.chat.type')),
        ('text', json_extract(payload, '$.text')),
        ('caption', json_extract(payload, '$.caption')),
        ('media_group_id', json_extract(payload, '$.media_group_id')),
        ('chat_title', json_extract(payload, '$.chat.title')),
        ('chat_username', json_extract(payload, '$.chat.username')),
        ('intent', intent),
        ('source', source)
      ]),
      (name, value) -> IF(json_format(value) LIKE '"%', CAST(value AS varchar))
    ) AS strings,
    CASE json_format(json_extract(payload, '$.from.is_bot')) WHEN 'true' THEN true WHEN 'false' THEN false END AS user_is_bot,
    CASE json_format(handled) WHEN 'true' THEN true WHEN 'false' THEN false END AS handled
  FROM payloads
),
messages AS (
  SELECT
    key,
    payload,
    payload_fields,
    kind AS update_kind,
    CASE
      WHEN is_blank THEN 'blank'
      WHEN kind IS NULL OR (NOT is_sent AND coalesce(integers['update_id'], -1) < 0) THEN 'unreadable'
      WHEN names_chat AND integers['chat_id'] IS NULL THEN 'unreadable'
      WHEN NOT names_chat AND contains(ARRAY[
        -- BEGIN GENERATED kinds-of-a-chat
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
        'removed_chat_boost'
        -- END GENERATED kinds-of-a-chat
      ], kind) THEN 'unreadable'
      WHEN NOT contains(ARRAY[
        -- BEGIN GENERATED kinds-with-rows
        'message',
        'edited_message',
        'channel_post',
        'edited_channel_post'
        -- END GENERATED kinds-with-rows
      ], kind) THEN 'not a message'
      WHEN coalesce(integers['message_id'], 0) = 0 THEN 'no identity'
      WHEN integers['chat_id'] IS NULL THEN 'no identity'
      WHEN kind LIKE 'edited\_%' ESCAPE '\' AND coalesce(integers['date'] NOT BETWEEN 1376438400 AND last_second, true) THEN 'no date'
    END AS skipped,
    integers['message_id'] AS message_id,
    integers['user_id'] AS user_id,
    user_is_bot,
    strings['user_first_name'] AS user_first_name,
    integers['chat_id'] AS chat_id,
    strings['chat_type'] AS chat_type,
    strings['text'] AS text,
    IF(integers['date'] BETWEEN 1376438400 AND last_second, integers['date']) AS date,
    integers['update_id'] AS update_id,
    regexp_replace(kind, '^edited_') AS kind,
    coalesce(
      element_at(filter(ARRAY[
        -- BEGIN GENERATED specific-first
        'text',
        'animation',
        'live_photo',
        'venue',
        'new_chat_members',
        'left_chat_member'
        -- END GENERATED specific-first
      ], name -> contains(names, name)), 1),
      array_min(array_except(names, ARRAY[
        -- BEGIN GENERATED fields-of-every-message
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
        'ephemeral_message_id'
        -- END GENERATED fields-of-every-message
      ])),
      'unknown'
    ) AS content_type,
    strings['caption'] AS caption,
    strings['user_username'] AS user_username,
    integers['sender_chat_id'] AS sender_chat_id,
    strings['sender_chat_title'] AS sender_chat_title,
    integers['reply_to_message_id'] AS reply_to_message_id,
    integers['reply_to_user_id'] AS reply_to_user_id,
    integers['message_thread_id'] AS message_thread_id,
    contains(names, 'forward_origin') OR contains(names, 'forward_date') AS is_forward,
    IF(integers['edit_date'] BETWEEN 1 AND 4102444799, integers['edit_date']) AS edit_date,
    strings['media_group_id'] AS media_group_id,
    strings['chat_title'] AS chat_title,
    -- Of a private chat it is the person's.
    IF(strings['chat_title'] IS NOT NULL, strings['chat_username']) AS chat_username,
    coalesce(strings['source'], 'webhook') AS source,
    handled,
    strings['intent'] AS intent
  FROM typed
),
worded AS (
  SELECT
    *,
    IF(contains(ARRAY[
      -- BEGIN GENERATED contents-with-text
      'poll',
      'poll_option_added',
      'checklist',
      'checklist_tasks_added',
      'rich_message',
      'gift',
      'forum_topic_created',
      'forum_topic_edited',
      'new_chat_title'
      -- END GENERATED contents-with-text
    ], content_type), element_at(payload_fields, content_type)) AS content_text,
    IF(content_type IN ('new_chat_members', 'left_chat_member'), element_at(payload_fields, content_type)) AS members
  FROM messages
)
SELECT
  json_format(CAST(CASE
    WHEN skipped = 'not a message' THEN ARRAY[
      CAST(key AS json),
      CAST(skipped AS json),
      CAST(update_id AS json),
      CAST(update_kind AS json),
      payload
    ]
    WHEN skipped IS NOT NULL THEN ARRAY[CAST(key AS json), CAST(skipped AS json)]
    ELSE ARRAY[
    CAST(key AS json),
    JSON 'null',
    -- BEGIN GENERATED row-values
    CAST(message_id AS json),
    CAST(user_id AS json),
    CAST(user_is_bot AS json),
    CAST(user_first_name AS json),
    CAST(chat_id AS json),
    CAST(chat_type AS json),
    CAST(text AS json),
    CAST(date AS json),
    CAST(update_id AS json),
    CAST(kind AS json),
    CAST(content_type AS json),
    CAST(caption AS json),
    CAST(content_text AS json),
    CAST(user_username AS json),
    CAST(sender_chat_id AS json),
    CAST(sender_chat_title AS json),
    CAST(reply_to_message_id AS json),
    CAST(reply_to_user_id AS json),
    CAST(message_thread_id AS json),
    CAST(is_forward AS json),
    CAST(edit_date AS json),
    CAST(media_group_id AS json),
    CAST(chat_title AS json),
    CAST(chat_username AS json),
    CAST(source AS json),
    CAST(handled AS json),
    CAST(intent AS json)
    -- END GENERATED row-values
    , members
  ] END AS json)) AS line
FROM worded
ORDER BY key
`;
// END GENERATED rows-of-a-day
