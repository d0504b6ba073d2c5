-- name: Average message length per user per day
-- description: How long are messages? The average number of characters of each person's texts and captions on each day.
-- description pt: Qual é o tamanho das mensagens? A média de caracteres dos textos e legendas de cada pessoa em cada dia.
WITH written AS (
  SELECT
    coalesce(sender_chat_id, user_id) AS author_id,
    coalesce(sender_chat_title, user_first_name) AS user_first_name,
    context_date,
    "date",
    length(coalesce(text, caption)) AS message_length
  FROM telegram
  WHERE coalesce(text, caption) IS NOT NULL
)
SELECT
  author_id AS user_id,
  max_by(user_first_name, "date") AS user_first_name,
  context_date,
  CAST(round(avg(message_length)) AS bigint) AS average_message_length
FROM written
GROUP BY author_id, context_date
ORDER BY context_date DESC, average_message_length DESC, author_id
