-- name: Open questions
-- description: Questions that nobody has answered, neither by a reply nor by name, newest first, with their age at the newest message and a link for members.
SELECT
  date_format(questions.sent_at, '%Y-%m-%d %H:%i') AS asked_at,
  CAST(floor(
    CAST((SELECT max("date") FROM telegram) - questions."date" AS double) / 3600
  ) AS bigint) AS age_hours,
  questions.author_id AS user_id,
  questions.author_name AS user_first_name,
  questions.content AS question,
  questions.message_link,
  questions.chat_id,
  questions.message_id
FROM questions
LEFT JOIN answers ON answers.chat_id = questions.chat_id AND answers.message_id = questions.message_id
WHERE answers.message_id IS NULL
ORDER BY questions."date" DESC, questions.chat_id, questions.message_id DESC
