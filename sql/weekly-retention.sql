-- name: Weekly retention
-- description: Do people keep writing? For the people who wrote for the first time in a week, by its Monday: how many wrote in that week, and in each week after it. At the beginning of the history everybody is new.
-- description pt: As pessoas continuam escrevendo? Para quem escreveu pela primeira vez em uma semana, identificada pela segunda-feira: quantas escreveram nessa semana e em cada semana seguinte. No começo da história, todo mundo aparece como novo.
-- needs: the whole history
WITH weeks AS (
  SELECT DISTINCT author_id, CAST(date_trunc('week', context_date) AS date) AS week
  FROM messages
  WHERE author_id IS NOT NULL AND NOT is_bot
),
cohorts AS (
  SELECT author_id, week, min(week) OVER (PARTITION BY author_id) AS week_start
  FROM weeks
),
amounts AS (
  SELECT week_start, date_diff('day', week_start, week) / 7 AS weeks_later, count(*) AS user_amount
  FROM cohorts
  GROUP BY week_start, date_diff('day', week_start, week) / 7
)
SELECT
  week_start,
  weeks_later,
  user_amount,
  round(CAST(user_amount AS double) * 100 / max(user_amount) OVER (PARTITION BY week_start), 1) AS retained_percent
FROM amounts
ORDER BY week_start DESC, weeks_later
