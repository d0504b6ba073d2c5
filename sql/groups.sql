-- name: Groups
-- description: How do the groups of the lake compare? One row for each chat: its newest title, its first and last day, what was written and by how many people, its busiest hour, and its questions with the shares that were answered and confirmed.
-- description pt: Como se comparam os grupos do lake? Uma linha para cada chat: o título mais recente, o primeiro e o último dia, o que foi escrito e por quantas pessoas, a hora mais movimentada e as perguntas, com as proporções de respondidas e confirmadas.
WITH hours AS (
  SELECT
    chat_id,
    -- Of two hours with as many messages the earlier.
    max_by(hour_of_day, message_amount * 24 - hour_of_day) AS hour_of_day
  FROM (
    SELECT chat_id, hour(sent_at) AS hour_of_day, count(*) AS message_amount
    FROM messages
    WHERE "date" IS NOT NULL
    GROUP BY chat_id, hour(sent_at)
  ) AS counted
  GROUP BY chat_id
),
written AS (
  SELECT
    chat_id,
    max_by(chat_title, CASE WHEN chat_title IS NOT NULL THEN message_id END) AS chat_title,
    min(context_date) AS first_date,
    max(context_date) AS last_date,
    count(*) AS message_amount,
    count(DISTINCT CASE WHEN NOT is_bot THEN author_id END) AS user_amount
  FROM messages
  GROUP BY chat_id
),
asked AS (
  SELECT
    questions.chat_id,
    count(*) AS question_amount,
    count(answered.message_id) AS answered_amount,
    count(confirmations.message_id) AS confirmed_amount
  FROM questions
  LEFT JOIN (SELECT DISTINCT chat_id, message_id FROM answers) AS answered
    ON answered.chat_id = questions.chat_id AND answered.message_id = questions.message_id
  LEFT JOIN confirmations
    ON confirmations.chat_id = questions.chat_id AND confirmations.message_id = questions.message_id
  GROUP BY questions.chat_id
)
SELECT
  written.chat_id,
  written.chat_title,
  written.first_date,
  written.last_date,
  written.message_amount,
  written.user_amount,
  hours.hour_of_day,
  coalesce(asked.question_amount, 0) AS question_amount,
  round(CAST(asked.answered_amount AS double) * 100 / asked.question_amount, 1) AS answered_percent,
  round(CAST(asked.confirmed_amount AS double) * 100 / asked.question_amount, 1) AS confirmed_percent
FROM written
LEFT JOIN hours ON hours.chat_id = written.chat_id
LEFT JOIN asked ON asked.chat_id = written.chat_id
ORDER BY written.message_amount DESC, written.chat_id
