-- name: Busiest hour
-- description: At which hour is the group used most? What people and bots wrote, by the hours of the group's own clock, the busiest first, with their share, and how many people wrote. Joins and other service messages do not count.
SELECT
  hour(sent_at) AS hour_of_day,
  count(*) AS message_amount,
  round(CAST(count(*) AS double) * 100 / sum(count(*)) OVER (), 1) AS message_share_percent,
  count(DISTINCT CASE WHEN NOT is_bot THEN author_id END) AS user_amount
FROM messages
WHERE "date" IS NOT NULL
GROUP BY hour(sent_at)
ORDER BY message_amount DESC, hour_of_day
