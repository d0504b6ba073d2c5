-- name: Questions asked again after a bot's answer
-- description: Did the bot's answer help? For each day: questions that a bot answered, and how many of them the same person asked again within 24 hours. Only questions of the same words count as the same, so it is at least so many.
-- description pt: A resposta do bot ajudou? Para cada dia: perguntas que um bot respondeu e quantas delas a mesma pessoa fez de novo em 24 horas. Só perguntas com as mesmas palavras contam como iguais; por isso são pelo menos tantas.
WITH asked AS (
  SELECT
    questions.chat_id,
    questions.message_id,
    questions.context_date,
    questions.author_id,
    questions."date",
    similar_questions.group_message_id
  FROM questions
  INNER JOIN similar_questions
    ON similar_questions.chat_id = questions.chat_id AND similar_questions.message_id = questions.message_id
),
answered AS (
  SELECT DISTINCT chat_id, message_id
  FROM answers
  WHERE answered_by = 'bot'
),
outcomes AS (
  SELECT asked.context_date, asked.chat_id, asked.message_id, count(again.message_id) AS times
  FROM asked
  INNER JOIN answered ON answered.chat_id = asked.chat_id AND answered.message_id = asked.message_id
  LEFT JOIN asked AS again
    ON again.chat_id = asked.chat_id
    AND again.author_id = asked.author_id
    AND again.group_message_id = asked.group_message_id
    AND again.message_id > asked.message_id
    AND again."date" BETWEEN asked."date" AND asked."date" + 86400
  GROUP BY asked.context_date, asked.chat_id, asked.message_id
)
SELECT
  context_date,
  count(*) AS answered_amount,
  count(CASE WHEN times > 0 THEN 1 END) AS asked_again_amount,
  round(CAST(count(CASE WHEN times > 0 THEN 1 END) AS double) * 100 / count(*), 1) AS asked_again_percent
FROM outcomes
GROUP BY context_date
ORDER BY context_date DESC
