-- name: Questions answered by bot or people per day
-- description: Who answers questions? For each day with questions: how many a bot alone answered, people alone, both, and nobody. No rows where the lake has no message of a bot.
-- description pt: Quem responde as perguntas? Para cada dia com perguntas: quantas só um bot respondeu, quantas só pessoas, quantas os dois e quantas ninguém. Sem linhas quando o lake não tem mensagem de bot.
WITH answered AS (
  SELECT
    questions.chat_id,
    questions.message_id,
    questions.context_date,
    count(CASE WHEN answers.answered_by = 'bot' THEN 1 END) AS bot_answers,
    count(CASE WHEN answers.answered_by = 'person' THEN 1 END) AS person_answers
  FROM questions
  LEFT JOIN answers ON answers.chat_id = questions.chat_id AND answers.message_id = questions.message_id
  GROUP BY questions.chat_id, questions.message_id, questions.context_date
),
bots AS (
  SELECT count(*) AS bot_amount
  FROM authors
  WHERE is_bot
)
SELECT
  answered.context_date,
  count(*) AS question_amount,
  count(CASE WHEN bot_answers > 0 AND person_answers = 0 THEN 1 END) AS by_bot_amount,
  count(CASE WHEN bot_answers = 0 AND person_answers > 0 THEN 1 END) AS by_people_amount,
  count(CASE WHEN bot_answers > 0 AND person_answers > 0 THEN 1 END) AS by_both_amount,
  count(CASE WHEN bot_answers = 0 AND person_answers = 0 THEN 1 END) AS by_nobody_amount
FROM answered
CROSS JOIN bots
WHERE bots.bot_amount > 0
GROUP BY answered.context_date
ORDER BY answered.context_date DESC
