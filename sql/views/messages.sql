-- name: messages
-- description: What authors wrote or posted: the columns of telegram without service messages (joins, pins, titles), with the author under the newest name, all words in one column, the time by the group's clock, and a link for members.
SELECT
  telegram.*,
  coalesce(telegram.sender_chat_id, telegram.user_id) AS author_id,
  authors.author_name,
  authors.author_username,
  coalesce(authors.is_bot, false) AS is_bot,
  coalesce(telegram.text, telegram.caption, telegram.content_text) AS content,
  CAST(from_unixtime(telegram."date", 'America/Sao_Paulo') AS timestamp) AS sent_at,
  CASE WHEN telegram.chat_type = 'supergroup' THEN
    'https://t.me/c/' || CAST(-1000000000000 - telegram.chat_id AS varchar)
    || '/' || CAST(telegram.message_id AS varchar)
  END AS message_link
FROM telegram
LEFT JOIN authors ON authors.author_id = coalesce(telegram.sender_chat_id, telegram.user_id)
-- What people make. All other contents report something that happened.
WHERE telegram.content_type IN (
  'text', 'photo', 'video', 'voice', 'video_note', 'audio', 'document', 'sticker', 'animation', 'live_photo', 'poll',
  'location', 'venue', 'contact', 'dice', 'game', 'story', 'invoice', 'paid_media', 'checklist', 'rich_message', 'unknown'
)
