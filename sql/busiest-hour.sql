-- name: Busiest hour
-- description: At which hour is the group used most? Hours of the group's own clock, the busiest first, with their share.
WITH sent AS (
  SELECT
    hour(from_unixtime("date", 'America/Sao_Paulo')) AS hour_of_day,
    coalesce(sender_chat_id, user_id) AS author_id
  FROM telegram
  WHERE "date" IS NOT NULL
)
SELECT
  hour_of_day,
  count(*) AS message_amount,
  round(CAST(count(*) AS double) * 100 / sum(count(*)) OVER (), 1) AS message_share_percent,
  count(DISTINCT author_id) AS user_amount
FROM sent
GROUP BY hour_of_day
ORDER BY message_amount DESC, hour_of_day
