-- name: question_states
-- description: Each question with its state, one row each: open, answered, confirmed (the asker says that it worked, or thanks) or asked again (the same person asks the same within a day). answered_by is people, bot, both or nobody. Answered is at most right, confirmed at least: a reply may be of no use, and who was helped need not say so.
WITH answered AS (
  SELECT
    chat_id,
    message_id,
    count(*) AS answer_amount,
    min(seconds_to_answer) AS seconds_to_answer,
    min_by(answer_message_id, seconds_to_answer) AS first_answer_message_id,
    CASE
      WHEN max(answered_by) = min(answered_by) AND max(answered_by) = 'bot' THEN 'bot'
      WHEN max(answered_by) = min(answered_by) THEN 'people'
      ELSE 'both'
    END AS answered_by
  FROM answers
  GROUP BY chat_id, message_id
),
states AS (
  SELECT
    questions.chat_id,
    questions.message_id,
    questions."date",
    questions.author_id,
    similar_questions.group_message_id,
    answered.answer_amount,
    answered.seconds_to_answer,
    answered.first_answer_message_id,
    answered.answered_by,
    lead(questions.message_id) OVER (
      PARTITION BY questions.chat_id, questions.author_id, similar_questions.group_message_id
      ORDER BY questions."date", questions.message_id
    ) AS next_message_id,
    lead(questions."date") OVER (
      PARTITION BY questions.chat_id, questions.author_id, similar_questions.group_message_id
      ORDER BY questions."date", questions.message_id
    ) AS next_date
  FROM questions
  INNER JOIN similar_questions
    ON similar_questions.chat_id = questions.chat_id AND similar_questions.message_id = questions.message_id
  LEFT JOIN answered ON answered.chat_id = questions.chat_id AND answered.message_id = questions.message_id
)
SELECT
  states.chat_id,
  states.message_id,
  CASE
    WHEN states.next_date <= states."date" + 86400 THEN 'asked again'
    WHEN confirmations.message_id IS NOT NULL THEN 'confirmed'
    WHEN states.answer_amount > 0 THEN 'answered'
    ELSE 'open'
  END AS state,
  coalesce(states.answered_by, 'nobody') AS answered_by,
  coalesce(states.answer_amount, 0) AS answer_amount,
  states.first_answer_message_id,
  states.seconds_to_answer,
  confirmations.confirmed_message_id,
  CASE WHEN states.next_date <= states."date" + 86400 THEN states.next_message_id END AS asked_again_message_id,
  states.group_message_id
FROM states
LEFT JOIN confirmations
  ON confirmations.chat_id = states.chat_id AND confirmations.message_id = states.message_id
