-- name: Most frequent questions
-- description: What is asked most? Questions that ask the same in other words count together: how often and by how many people they were asked, when first and last, the wording that most people used, how many people used exactly that one, how many other wordings there are, and the share that was answered. Questions asked once, or by one person only, are left out.
-- description pt: O que mais se pergunta? Perguntas que dizem o mesmo com outras palavras contam juntas: quantas vezes e por quantas pessoas foram feitas, a primeira e a última data, a formulação que mais gente usou, quantas pessoas usaram exatamente essa, quantas outras formulações há e a parcela respondida. As feitas uma só vez, ou por uma só pessoa, ficam de fora.
WITH asked AS (
  SELECT
    questions.*,
    similar_questions.group_message_id,
    similar_questions.likeness,
    CASE WHEN answered.message_id IS NOT NULL THEN 1 ELSE 0 END AS is_answered
  FROM questions
  INNER JOIN similar_questions
    ON similar_questions.chat_id = questions.chat_id AND similar_questions.message_id = questions.message_id
  LEFT JOIN (SELECT DISTINCT chat_id, message_id FROM answers) AS answered
    ON answered.chat_id = questions.chat_id AND answered.message_id = questions.message_id
),
kinds AS (
  SELECT
    chat_id,
    group_message_id,
    count(*) AS question_amount,
    count(DISTINCT author_id) AS user_amount,
    count(DISTINCT question) AS wording_amount,
    sum(is_answered) AS answered_amount,
    min(context_date) AS first_date,
    max(context_date) AS last_date
  FROM asked
  GROUP BY chat_id, group_message_id
),
wordings AS (
  SELECT
    chat_id,
    group_message_id,
    question,
    count(DISTINCT author_id) AS user_amount,
    max_by(content, "date") AS example,
    -- Of wordings that as many people used, the one that is most like the others.
    row_number() OVER (
      PARTITION BY chat_id, group_message_id
      ORDER BY
        count(DISTINCT author_id) DESC,
        max(likeness) DESC NULLS LAST,
        question
    ) AS place
  FROM asked
  GROUP BY chat_id, group_message_id, question
)
SELECT
  wordings.question,
  kinds.question_amount,
  kinds.user_amount,
  kinds.first_date,
  kinds.last_date,
  wordings.example,
  wordings.user_amount AS same_wording_user_amount,
  kinds.wording_amount,
  round(CAST(kinds.answered_amount AS double) * 100 / kinds.question_amount, 1) AS answered_percent
FROM kinds
INNER JOIN wordings
  ON wordings.chat_id = kinds.chat_id
  AND wordings.group_message_id = kinds.group_message_id
  AND wordings.place = 1
WHERE kinds.question_amount > 1 AND kinds.user_amount > 1
ORDER BY kinds.question_amount DESC, kinds.user_amount DESC, wordings.question, kinds.chat_id, kinds.group_message_id
LIMIT 100
