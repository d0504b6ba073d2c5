-- name: Questions handed over to people
-- description: Where did people have to help after the bot? The newest 100 questions that a bot answered first and a person later, with the time to both and a link for members of the group.
-- description pt: Onde as pessoas precisaram ajudar depois do bot? As 100 perguntas mais recentes que um bot respondeu primeiro e uma pessoa depois, com o tempo até as duas respostas e um link para membros do grupo.
WITH first_answers AS (
  SELECT
    chat_id,
    message_id,
    min(CASE WHEN answered_by = 'bot' THEN seconds_to_answer END) AS bot_seconds_to_reply,
    min(CASE WHEN answered_by = 'person' THEN seconds_to_answer END) AS person_seconds_to_reply
  FROM answers
  GROUP BY chat_id, message_id
)
SELECT
  date_format(questions.sent_at, '%Y-%m-%d %H:%i') AS asked_at,
  questions.content AS question,
  first_answers.bot_seconds_to_reply,
  first_answers.person_seconds_to_reply,
  questions.message_link
FROM first_answers
INNER JOIN questions
  ON questions.chat_id = first_answers.chat_id AND questions.message_id = first_answers.message_id
WHERE first_answers.bot_seconds_to_reply <= first_answers.person_seconds_to_reply
ORDER BY questions."date" DESC, questions.chat_id, questions.message_id DESC
LIMIT 100
