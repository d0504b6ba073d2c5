-- name: Joins and leaves per week
-- description: Who comes, and who stays? For each week, by its Monday: people who joined, how many of them are still there, how many of them have written since, and people who left or were removed. Bots do not count.
-- description pt: Quem chega, e quem fica? Para cada semana, identificada pela segunda-feira: pessoas que entraram, quantas delas ainda estão, quantas delas escreveram desde então, e pessoas que saíram ou foram removidas. Bots não contam.
WITH changes AS (
  SELECT
    chat_id,
    user_id,
    CASE WHEN event = 'joined' THEN 1 ELSE 0 END AS is_join,
    "date",
    CAST(date_trunc('week', context_date) AS date) AS week_start
  FROM telegram_events
  WHERE event IN ('joined', 'left', 'banned')
    AND chat_id IS NOT NULL AND user_id IS NOT NULL AND "date" IS NOT NULL
    AND NOT coalesce(user_is_bot, false)
),
leaves AS (
  SELECT chat_id, user_id, max("date") AS left_at
  FROM changes
  WHERE is_join = 0
  GROUP BY chat_id, user_id
),
words AS (
  SELECT chat_id, author_id, max("date") AS wrote_at
  FROM messages
  GROUP BY chat_id, author_id
),
people AS (
  SELECT
    changes.week_start,
    CAST(changes.chat_id AS varchar) || '/' || CAST(changes.user_id AS varchar) AS person,
    changes.is_join,
    coalesce(leaves.left_at, 0) <= changes."date" AS stayed,
    coalesce(words.wrote_at, 0) > changes."date" AS wrote
  FROM changes
  LEFT JOIN leaves ON leaves.chat_id = changes.chat_id AND leaves.user_id = changes.user_id
  LEFT JOIN words ON words.chat_id = changes.chat_id AND words.author_id = changes.user_id
)
SELECT
  week_start,
  count(DISTINCT CASE WHEN is_join = 1 THEN person END) AS joined_amount,
  count(DISTINCT CASE WHEN is_join = 1 AND stayed THEN person END) AS stayed_amount,
  count(DISTINCT CASE WHEN is_join = 1 AND wrote THEN person END) AS wrote_amount,
  count(DISTINCT CASE WHEN is_join = 0 THEN person END) AS left_amount
FROM people
GROUP BY week_start
ORDER BY week_start DESC
