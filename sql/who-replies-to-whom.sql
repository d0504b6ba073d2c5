-- name: Who replies to whom
-- description: The hundred pairs of people with the most replies from the one to the other, under their newest names. Replies to oneself, to bots, and to messages that are not in the lake do not count.
WITH sent AS (
  SELECT
    chat_id,
    message_id,
    coalesce(sender_chat_id, user_id) AS author_id,
    coalesce(sender_chat_title, user_first_name) AS user_first_name,
    "date",
    reply_to_message_id
  FROM telegram
  WHERE kind = 'message'
    AND (sender_chat_id IS NOT NULL OR NOT coalesce(user_is_bot, false))
),
pairs AS (
  SELECT reply.author_id, replied.author_id AS reply_to_author_id, count(*) AS reply_amount
  FROM sent AS reply
  INNER JOIN sent AS replied
    ON replied.chat_id = reply.chat_id
    AND replied.message_id = reply.reply_to_message_id
  WHERE reply.author_id <> replied.author_id
  GROUP BY reply.author_id, replied.author_id
),
names AS (
  SELECT author_id, max_by(user_first_name, "date") AS first_name
  FROM sent
  GROUP BY author_id
)
SELECT
  pairs.author_id AS user_id,
  names.first_name AS user_first_name,
  pairs.reply_to_author_id AS reply_to_user_id,
  reply_to_names.first_name AS reply_to_first_name,
  pairs.reply_amount
FROM pairs
INNER JOIN names ON names.author_id = pairs.author_id
INNER JOIN names AS reply_to_names ON reply_to_names.author_id = pairs.reply_to_author_id
ORDER BY pairs.reply_amount DESC, pairs.author_id, pairs.reply_to_author_id
LIMIT 100
