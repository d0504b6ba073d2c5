-- name: Messages per hour, weekday and week number
-- description: How many messages fall into each hour (0 to 23), weekday (1 is Monday) and ISO week, by the group's own clock.
WITH sent AS (
  -- Weeks of different years share their number: in an old lake, add WHERE context_date >= date '...'.
  SELECT from_unixtime("date", 'America/Sao_Paulo') AS parsed_date
  FROM telegram
  WHERE "date" IS NOT NULL
)
SELECT
  hour(parsed_date) AS parsed_date_hour,
  day_of_week(parsed_date) AS parsed_date_weekday,
  week(parsed_date) AS parsed_date_weeknum,
  count(*) AS message_amount
FROM sent
GROUP BY 1, 2, 3
ORDER BY parsed_date_weeknum, parsed_date_weekday, parsed_date_hour
