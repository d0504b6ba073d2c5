-- name: Most active users
-- description: Who writes most? For each person under the newest name: messages, their share of all, days with a message, first and last day, and the mean and median number of characters of their texts and captions.
WITH sent AS (
  SELECT
    coalesce(sender_chat_id, user_id) AS author_id,
    coalesce(sender_chat_title, user_first_name) AS user_first_name,
    CASE WHEN sender_chat_id IS NULL THEN user_username END AS user_username,
    context_date,
    "date",
    message_id,
    length(coalesce(text, caption)) AS message_length
  FROM telegram
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
  max_by(user_first_name, "date") AS user_first_name,
  max_by(user_username, "date") AS user_username,
  count(*) AS message_amount,
  round(CAST(count(*) AS double) * 100 / sum(count(*)) OVER (), 1) AS message_share_percent,
  count(DISTINCT context_date) AS active_days,
  min(context_date) AS first_date,
  max(context_date) AS last_date,
  CAST(round(avg(message_length)) AS bigint) AS average_message_length,
  -- The median: the middle one, or the mean of the two in the middle.
  CAST(round(avg(
    CASE WHEN 2 * place BETWEEN written AND written + 2 THEN message_length END
  )) AS bigint) AS median_message_length
FROM ranked
WHERE author_id IS NOT NULL
GROUP BY author_id
ORDER BY message_amount DESC, author_id
