-- name: People after their first start of a bot
-- description: Who comes back after /start? For each week, by its Monday: people who gave their first /start in it, how many of them did nothing after it, and how many wrote or pressed a button on a later day.
-- description pt: Quem volta depois do /start? Para cada semana, identificada pela segunda-feira: quantas pessoas deram o primeiro /start, quantas não fizeram mais nada e quantas escreveram ou tocaram em um botão em outro dia.
-- needs: the whole history
WITH activity AS (
  SELECT chat_id, author_id, context_date, sent_at AS acted_at, message_id
  FROM messages
  WHERE NOT is_bot AND author_id IS NOT NULL
  UNION ALL
  SELECT chat_id, author_id, context_date, happened_at, CAST(NULL AS bigint)
  FROM events
  WHERE event = 'button_pressed' AND author_id IS NOT NULL
),
starts AS (
  SELECT chat_id, author_id, min(sent_at) AS started_at, min(context_date) AS start_date, min(message_id) AS message_id
  FROM messages
  WHERE NOT is_bot AND author_id IS NOT NULL AND regexp_like(lower(content), '^/start(@[a-z0-9_]+)?(\s|$)')
  GROUP BY chat_id, author_id
),
people AS (
  SELECT
    starts.chat_id,
    starts.author_id,
    CAST(date_trunc('week', starts.start_date) AS date) AS week_start,
    count(activity.acted_at) AS later,
    count(CASE WHEN activity.context_date > starts.start_date THEN 1 END) AS on_later_days
  FROM starts
  LEFT JOIN activity
    ON activity.chat_id = starts.chat_id
    AND activity.author_id = starts.author_id
    AND activity.acted_at >= starts.started_at
    AND coalesce(activity.message_id, 0) <> starts.message_id
  GROUP BY starts.chat_id, starts.author_id, starts.start_date
)
SELECT
  week_start,
  count(*) AS user_amount,
  count(CASE WHEN later = 0 THEN 1 END) AS silent_amount,
  count(CASE WHEN on_later_days > 0 THEN 1 END) AS returned_amount,
  round(CAST(count(CASE WHEN on_later_days > 0 THEN 1 END) AS double) * 100 / count(*), 1) AS returned_percent
FROM people
GROUP BY week_start
ORDER BY week_start DESC
