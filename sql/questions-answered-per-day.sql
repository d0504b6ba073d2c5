-- name: Questions answered per day
-- description: Are questions answered? For each day with questions: how many, how many of them somebody else answered (a person or a bot, by reply, by name, or right after it at a quiet time), how many of those who asked said that it helped, and the median time to the first answer.
-- description pt: As perguntas são respondidas? Para cada dia com perguntas: quantas foram feitas, quantas outra pessoa ou um bot respondeu (com uma resposta, citando o nome ou logo em seguida, numa hora calma), em quantas quem perguntou disse que ajudou e o tempo mediano até a primeira resposta.
WITH first_answers AS (
  SELECT
    questions.chat_id,
    questions.message_id,
    questions.context_date,
    min(answers.seconds_to_answer) AS seconds_to_reply,
    min(confirmations.confirmed_message_id) AS confirmed_message_id
  FROM questions
  LEFT JOIN answers ON answers.chat_id = questions.chat_id AND answers.message_id = questions.message_id
  LEFT JOIN confirmations
    ON confirmations.chat_id = questions.chat_id AND confirmations.message_id = questions.message_id
  GROUP BY questions.chat_id, questions.message_id, questions.context_date
),
ranked AS (
  SELECT
    context_date,
    seconds_to_reply,
    confirmed_message_id,
    count(seconds_to_reply) OVER (PARTITION BY context_date) AS answered,
    row_number() OVER (PARTITION BY context_date ORDER BY seconds_to_reply NULLS LAST) AS place
  FROM first_answers
)
SELECT
  context_date,
  count(*) AS question_amount,
  count(seconds_to_reply) AS answered_amount,
  count(confirmed_message_id) AS confirmed_amount,
  round(CAST(count(seconds_to_reply) AS double) * 100 / count(*), 1) AS answered_percent,
  -- The median: the middle one, or the mean of the two in the middle.
  CAST(round(avg(
    CASE WHEN 2 * place BETWEEN answered AND answered + 2 THEN seconds_to_reply END
  )) AS bigint) AS median_seconds_to_reply
FROM ranked
GROUP BY context_date
ORDER BY context_date DESC
