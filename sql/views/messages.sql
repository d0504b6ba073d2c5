-- name: messages
-- description: What authors wrote or posted: the columns of telegram without service messages (joins, pins, titles), with the author under the newest name, all words in one column, the time by the group's clock, and a link: of a public group for everybody, else for members.
SELECT
  *,
  coalesce(text, caption, content_text) AS content,
  CAST(from_unixtime("date", 'America/Sao_Paulo') AS timestamp) AS sent_at,
  CASE WHEN chat_username IS NOT NULL THEN 'https://t.me/' || chat_username || '/'
    WHEN chat_type IN ('supergroup', 'channel') THEN 'https://t.me/c/' || CAST(-1000000000000 - chat_id AS varchar) || '/'
  END || CAST(message_id AS varchar) AS message_link
FROM (
  -- As in authors, without reading the table a second time.
  SELECT
    *,
    first_value(coalesce(sender_chat_title, user_first_name)) OVER newest_first AS author_name,
    first_value(CASE WHEN sender_chat_id IS NULL THEN user_username END) OVER newest_first AS author_username,
    max(CASE WHEN sender_chat_id IS NULL AND user_is_bot THEN 1 ELSE 0 END) OVER (PARTITION BY author_id) = 1 AS is_bot
  FROM (SELECT *, coalesce(sender_chat_id, user_id) AS author_id FROM telegram) AS authored
  WINDOW newest_first AS (PARTITION BY author_id ORDER BY "date" DESC NULLS LAST, message_id DESC)
) AS named
-- What people make. All other contents report something that happened.
WHERE content_type IN (
  'text', 'photo', 'video', 'voice', 'video_note', 'audio', 'document', 'sticker', 'animation', 'live_photo', 'poll',
  'location', 'venue', 'contact', 'dice', 'game', 'story', 'invoice', 'paid_media', 'checklist', 'rich_message', 'unknown'
)
