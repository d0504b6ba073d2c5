-- name: Group at a glance
-- description: The whole lake in one row. What was written, by how many people, on how many days; joins and other service messages do not count. Below it, the newest whole weeks and as many before them, four at most, so that the trend compares like with like. These rows need two weeks of history.
-- description pt: O lake inteiro em uma linha. O que foi escrito, por quantas pessoas e em quantos dias; entradas no grupo e outras mensagens de serviço não contam. Abaixo, as semanas completas mais recentes e o mesmo número de semanas anteriores, no máximo quatro, para comparar períodos iguais. Essas linhas exigem duas semanas de histórico.
WITH sent AS (
  SELECT context_date, CASE WHEN NOT is_bot THEN author_id END AS author_id
  FROM messages
),
span AS (
  SELECT
    min(context_date) AS first_date,
    max(context_date) AS last_date,
    -- Of whole weeks alone: a period with one more Sunday would look quieter.
    least(4, CAST(floor(CAST(date_diff('day', min(context_date), max(context_date)) + 1 AS double) / 14) AS bigint)) * 7 AS trend_days
  FROM sent
),
periods AS (
  SELECT 'whole' AS period, 1 AS place, first_date, last_date
  FROM span
  UNION ALL
  SELECT 'newest', 2, date_add('day', 1 - trend_days, last_date), last_date
  FROM span
  WHERE trend_days > 0
  UNION ALL
  SELECT 'before', 3, date_add('day', 1 - 2 * trend_days, last_date), date_add('day', -trend_days, last_date)
  FROM span
  WHERE trend_days > 0
)
SELECT
  periods.period,
  periods.first_date,
  periods.last_date,
  date_diff('day', periods.first_date, periods.last_date) + 1 AS day_amount,
  count(*) AS message_amount,
  count(DISTINCT sent.author_id) AS user_amount,
  round(CAST(count(*) AS double) / (date_diff('day', periods.first_date, periods.last_date) + 1), 1)
    AS messages_per_day
FROM periods
INNER JOIN sent ON sent.context_date BETWEEN periods.first_date AND periods.last_date
GROUP BY periods.period, periods.place, periods.first_date, periods.last_date
ORDER BY periods.place
