-- name: Newcomers and returning users per week
-- description: Is the group growing? For each week, by its Monday: people who wrote for the first time, and people who had written in an earlier week. At the beginning of the history everybody is new.
-- description pt: O grupo está crescendo? Para cada semana, identificada pela segunda-feira: quantas pessoas escreveram pela primeira vez e quantas já tinham escrito em uma semana anterior. No começo da história, todo mundo aparece como novo.
-- needs: the whole history
WITH weeks AS (
  SELECT DISTINCT
    author_id,
    CAST(date_trunc('week', context_date) AS date) AS week_start
  FROM messages
  WHERE author_id IS NOT NULL AND NOT is_bot
),
first_weeks AS (
  SELECT author_id, week_start, min(week_start) OVER (PARTITION BY author_id) AS first_week
  FROM weeks
)
SELECT
  week_start,
  count(*) AS user_amount,
  count(CASE WHEN week_start = first_week THEN 1 END) AS newcomer_amount,
  count(CASE WHEN week_start > first_week THEN 1 END) AS returning_amount
FROM first_weeks
GROUP BY week_start
ORDER BY week_start DESC
