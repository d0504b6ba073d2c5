-- name: Most frequent questions
-- description: What is asked most? Questions that ask the same in other words count together: the most typical wording, how often and by how many people it was asked, when first and last, how many people used exactly that wording, how many wordings there are and up to three others, and the shares that were answered (at most) and confirmed by those who asked (at least). Questions asked once, or by one person only, are left out; of a chat the newest 20,000 questions are compared.
-- description pt: O que mais se pergunta? Perguntas que dizem o mesmo com outras palavras contam juntas: a formulação mais típica, quantas vezes e por quantas pessoas foi feita, a primeira e a última data, quantas pessoas usaram exatamente essa, quantas formulações há e até três outras, e as parcelas respondida (no máximo) e confirmada por quem perguntou (no mínimo). As feitas uma só vez, ou por uma só pessoa, ficam de fora; de cada chat comparam-se as 20.000 perguntas mais recentes.
WITH asked AS (
  SELECT
    questions.chat_id,
    questions.author_id,
    questions.context_date,
    questions.question,
    questions.content,
    questions."date",
    similar_questions.group_message_id,
    similar_questions.likeness,
    -- The greatest of these is the number of people.
    dense_rank() OVER (
      PARTITION BY questions.chat_id, similar_questions.group_message_id
      ORDER BY questions.author_id
    ) AS author_number,
    CASE WHEN answered.message_id IS NOT NULL THEN 1 ELSE 0 END AS is_answered,
    CASE WHEN confirmations.message_id IS NOT NULL THEN 1 ELSE 0 END AS is_confirmed
  FROM questions
  INNER JOIN similar_questions
    ON similar_questions.chat_id = questions.chat_id AND similar_questions.message_id = questions.message_id
  LEFT JOIN (SELECT DISTINCT chat_id, message_id FROM answers) AS answered
    ON answered.chat_id = questions.chat_id AND answered.message_id = questions.message_id
  LEFT JOIN confirmations
    ON confirmations.chat_id = questions.chat_id AND confirmations.message_id = questions.message_id
),
wordings AS (
  SELECT
    *,
    -- The wording that most people used; of several the one most like all others.
    row_number() OVER (
      PARTITION BY chat_id, group_message_id
      ORDER BY user_amount DESC, likeness DESC NULLS LAST, question
    ) AS place
  FROM (
    SELECT
      chat_id,
      group_message_id,
      question,
      count(*) AS question_amount,
      count(DISTINCT author_id) AS user_amount,
      max(author_number) AS author_number,
      min(context_date) AS first_date,
      max(context_date) AS last_date,
      sum(is_answered) AS answered_amount,
      sum(is_confirmed) AS confirmed_amount,
      max(likeness) AS likeness,
      max_by(content, "date") AS example
    FROM asked
    GROUP BY chat_id, group_message_id, question
  ) AS each_wording
)
SELECT
  max(CASE WHEN place = 1 THEN question END) AS question,
  CAST(sum(question_amount) AS bigint) AS question_amount,
  max(author_number) AS user_amount,
  min(first_date) AS first_date,
  max(last_date) AS last_date,
  max(CASE WHEN place = 1 THEN example END) AS example,
  max(CASE WHEN place = 1 THEN user_amount END) AS same_wording_user_amount,
  count(*) AS wording_amount,
  array_join(array_agg(CASE WHEN place BETWEEN 2 AND 4 THEN question END ORDER BY place), ' / ') AS other_wordings,
  round(CAST(sum(answered_amount) AS double) * 100 / sum(question_amount), 1) AS answered_percent,
  round(CAST(sum(confirmed_amount) AS double) * 100 / sum(question_amount), 1) AS confirmed_percent
FROM wordings
GROUP BY chat_id, group_message_id
HAVING max(author_number) > 1
ORDER BY 2 DESC, 3 DESC, 1, chat_id, group_message_id
LIMIT 100
