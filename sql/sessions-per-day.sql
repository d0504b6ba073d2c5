-- name: Sessions per day
-- description: How often do people come, and for how long? A session is what one person writes and presses in one chat without a pause of more than 30 minutes. For each day on which sessions began: how many, of how many people, how much they did in each, and how long half of them were at most.
-- description pt: Com que frequência as pessoas vêm, e por quanto tempo? Uma sessão é o que uma pessoa escreve e toca em uma conversa sem pausa de mais de 30 minutos. Para cada dia em que sessões começaram: quantas, de quantas pessoas, quanto fizeram em cada uma e quanto metade delas durou no máximo.
WITH activity AS (
  SELECT chat_id, author_id, context_date, sent_at AS acted_at, message_id AS place
  FROM messages
  WHERE NOT is_bot AND author_id IS NOT NULL AND sent_at IS NOT NULL
  UNION ALL
  SELECT chat_id, author_id, context_date, happened_at, update_id
  FROM events
  WHERE event = 'button_pressed' AND chat_id IS NOT NULL AND author_id IS NOT NULL AND happened_at IS NOT NULL
),
marked AS (
  SELECT
    chat_id,
    author_id,
    context_date,
    acted_at,
    place,
    CASE WHEN date_diff('second', lag(acted_at) OVER (PARTITION BY chat_id, author_id ORDER BY acted_at, place), acted_at) <= 1800 THEN 0 ELSE 1 END AS begins
  FROM activity
),
numbered AS (
  SELECT
    chat_id,
    author_id,
    context_date,
    acted_at,
    sum(begins) OVER (
      PARTITION BY chat_id, author_id ORDER BY acted_at, place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS session_number
  FROM marked
),
sessions AS (
  SELECT
    author_id,
    min(context_date) AS context_date,
    count(*) AS actions,
    date_diff('second', min(acted_at), max(acted_at)) AS seconds
  FROM numbered
  GROUP BY chat_id, author_id, session_number
),
ranked AS (
  SELECT
    *,
    count(*) OVER (PARTITION BY context_date) AS of_day,
    row_number() OVER (PARTITION BY context_date ORDER BY seconds) AS rank_of_day
  FROM sessions
)
SELECT
  context_date,
  count(*) AS session_amount,
  count(DISTINCT author_id) AS user_amount,
  round(CAST(sum(actions) AS double) / count(*), 1) AS actions_per_session,
  min(CASE WHEN 2 * rank_of_day >= of_day THEN seconds END) AS median_seconds_of_session
FROM ranked
GROUP BY context_date
ORDER BY context_date DESC
