-- name: Open questions
-- description: Which questions are still open? Those that nobody has answered, neither by a reply, nor by name, nor right after it at a quiet time, newest first, with their age at the newest message and a link for members of the group.
-- description pt: Que perguntas continuam sem resposta? As que ninguém respondeu, nem com uma resposta, nem citando o nome, nem logo em seguida numa hora calma, da mais recente à mais antiga, há quanto tempo esperam e um link para membros do grupo.
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
