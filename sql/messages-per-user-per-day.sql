-- name: Messages per user per day
-- description: How many messages each person sent on each day. Posts made as a group or channel count for that chat.
-- description pt: Quantas mensagens cada pessoa enviou em cada dia. As publicadas em nome de um grupo ou canal contam para ele.
WITH sent AS (
  SELECT
    coalesce(sender_chat_id, user_id) AS author_id,
    coalesce(sender_chat_title, user_first_name) AS user_first_name,
    context_date,
    "date"
  FROM telegram
)
SELECT
  author_id AS user_id,
  max_by(user_first_name, "date") AS user_first_name, -- the newest, should it change during the day
  context_date,
  count(*) AS message_amount
FROM sent
GROUP BY author_id, context_date
ORDER BY context_date DESC, message_amount DESC, author_id
