-- name: Newcomers and returning users per week
-- description: Does the group grow? For each week, by its Monday: people who wrote for the first time ever, and people who had written in an earlier week. In a young lake everybody is new at first.
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
