-- name: Messages per hour, weekday and week number
-- description: How many messages fall into each hour, weekday and week. Hours are 0 to 23, weekday 1 is Monday, weeks are ISO weeks, all by the group's own clock.
-- description pt: Quantas mensagens há em cada hora, dia da semana e semana. As horas vão de 0 a 23, o dia 1 é segunda-feira e as semanas são ISO, tudo no fuso do grupo.
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
