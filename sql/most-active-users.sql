-- name: Most active users
-- description: Who writes most? For each person, under the newest name: messages, share of all messages, days with a message, first and last day, how many messages have words, and the mean and median number of characters of those.
-- description pt: Quem escreve mais? Para cada pessoa, com o nome mais recente: mensagens, participação no total, dias com mensagem, primeiro e último dia, quantas mensagens têm texto e a média e a mediana de caracteres delas.
WITH sent AS (
  SELECT author_id, author_name, author_username, context_date, length(content) AS message_length, message_id, chat_id
  FROM messages
  WHERE NOT is_bot AND author_id IS NOT NULL
),
ranked AS (
  SELECT
    *,
    count(message_length) OVER (PARTITION BY author_id) AS written,
    row_number() OVER (PARTITION BY author_id ORDER BY message_length NULLS LAST) AS place
  FROM sent
)
SELECT
  author_id AS user_id,
  max(author_name) AS user_first_name,
  max(author_username) AS user_username,
  count(*) AS message_amount,
  round(CAST(count(*) AS double) * 100 / sum(count(*)) OVER (), 1) AS message_share_percent,
  count(DISTINCT context_date) AS active_days,
  min(context_date) AS first_date,
  max(context_date) AS last_date,
  count(message_length) AS text_amount,
  CAST(round(avg(message_length)) AS bigint) AS average_message_length,
  -- The median: the middle one, or the mean of the two in the middle.
  CAST(round(avg(
    CASE WHEN 2 * place BETWEEN written AND written + 2 THEN message_length END
  )) AS bigint) AS median_message_length
FROM ranked
GROUP BY author_id
ORDER BY message_amount DESC, author_id
