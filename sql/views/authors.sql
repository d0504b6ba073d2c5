-- name: authors
-- description: One row for each author: a person, a bot, or a chat that posts as itself (anonymous administrators, channels), under the newest name.
SELECT
  coalesce(sender_chat_id, user_id) AS author_id,
  max_by(coalesce(sender_chat_title, user_first_name), "date") AS author_name,
  max_by(CASE WHEN sender_chat_id IS NULL THEN user_username END, "date") AS author_username,
  -- Who posts as a chat comes with the id of one of Telegram's own bots.
  bool_or(sender_chat_id IS NULL AND coalesce(user_is_bot, false)) AS is_bot
FROM telegram
WHERE coalesce(sender_chat_id, user_id) IS NOT NULL
GROUP BY coalesce(sender_chat_id, user_id)
