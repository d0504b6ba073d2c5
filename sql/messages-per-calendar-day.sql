-- name: Messages per calendar day, with the average of a week
-- description: Every day from the first to the newest, with the quiet ones. Messages, people who wrote, and the average of the last seven days, which evens out weekdays and Sundays.
-- description pt: Todos os dias, do primeiro ao mais recente, inclusive os sem mensagens. Mensagens, pessoas que escreveram e a média móvel de sete dias, que suaviza a diferença entre dias úteis e fim de semana.
WITH sent AS (
  SELECT
    context_date,
    count(*) AS message_amount,
    count(DISTINCT CASE WHEN NOT is_bot THEN author_id END) AS user_amount
  FROM messages
  GROUP BY context_date
),
span AS (
  SELECT sequence(min(context_date), max(context_date), INTERVAL '1' DAY) AS dates
  FROM sent
),
calendar AS (
  SELECT dates.calendar_date
  FROM span
  CROSS JOIN UNNEST(span.dates) AS dates(calendar_date)
)
SELECT
  calendar.calendar_date AS context_date,
  coalesce(sent.message_amount, 0) AS message_amount,
  coalesce(sent.user_amount, 0) AS user_amount,
  -- Null in the first six days, whose week is not whole.
  CASE WHEN row_number() OVER (ORDER BY calendar.calendar_date) > 6 THEN round(
    CAST(sum(coalesce(sent.message_amount, 0)) OVER (
      ORDER BY calendar.calendar_date ROWS BETWEEN 6 PRECEDING AND CURRENT ROW
    ) AS double) / 7, 1
  ) END AS week_average
FROM calendar
LEFT JOIN sent ON sent.context_date = calendar.calendar_date
ORDER BY calendar.calendar_date DESC
