-- name: Who replies to whom
-- description: Who replies to whom? The hundred pairs with the most replies from one person to the other, under their newest names. Replies to oneself, to bots, and to messages that are not in the lake do not count.
-- description pt: Quem responde a quem? Os cem pares com mais respostas de uma pessoa à outra, com os nomes mais recentes. Respostas a si mesmo, a bots e a mensagens que não estão no lake não contam.
WITH sent AS (
  SELECT chat_id, message_id, author_id, author_name, reply_to_message_id
  FROM messages
  WHERE kind = 'message' AND NOT is_bot
)
SELECT
  reply.author_id AS user_id,
  max(reply.author_name) AS user_first_name,
  replied.author_id AS reply_to_user_id,
  max(replied.author_name) AS reply_to_first_name,
  count(*) AS reply_amount
FROM sent AS reply
INNER JOIN sent AS replied
  ON replied.chat_id = reply.chat_id
  AND replied.message_id = reply.reply_to_message_id
WHERE reply.author_id <> replied.author_id
GROUP BY reply.author_id, replied.author_id
ORDER BY reply_amount DESC, reply.author_id, replied.author_id
LIMIT 100
