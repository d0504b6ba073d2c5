-- name: confirmations
-- description: Which answers helped: one row for each answered question whose asker says within a day of the first answer that it worked, or thanks for it, with that message; or reacts to an answer as people thank, with that answer. Who was helped need not say so: these are at least the questions that were resolved.
WITH reactions AS (
  SELECT
    *,
    -- The newest of each: a reaction may be taken back.
    row_number() OVER (
      PARTITION BY chat_id, message_id, author_id, reaction
      ORDER BY "date" DESC NULLS LAST, update_id DESC NULLS LAST
    ) AS place
  FROM events
  WHERE event IN ('reaction_added', 'reaction_removed')
    AND reaction IN ('👍', '❤', '🔥', '👏', '🎉', '🙏', '💯', '👌', '🤝', '🥰', '😍', '🤩', '🏆', '🫡')
),
pleased AS (
  SELECT DISTINCT chat_id, message_id, author_id
  FROM reactions
  WHERE place = 1 AND event = 'reaction_added'
),
answered AS (
  SELECT
    questions.chat_id,
    questions.message_id,
    questions.author_id,
    min(answers.answer_message_id) AS first_answer_message_id,
    min(CASE WHEN pleased.message_id IS NOT NULL THEN answers.answer_message_id END) AS pleasing_message_id,
    questions."date" + min(answers.seconds_to_answer) AS answered_date
  FROM questions
  INNER JOIN answers ON answers.chat_id = questions.chat_id AND answers.message_id = questions.message_id
  LEFT JOIN pleased
    ON pleased.chat_id = answers.chat_id
    AND pleased.message_id = answers.answer_message_id
    AND pleased.author_id = questions.author_id
  GROUP BY questions.chat_id, questions.message_id, questions.author_id, questions."date"
),
thanks AS (
  SELECT chat_id, message_id, author_id, "date", reply_to_message_id
  FROM (
    SELECT *, regexp_replace(lower(normalize(content, NFD)), '\p{Mn}') AS folded
    FROM messages
    WHERE length(content) <= 200 AND NOT regexp_like(content, '[?؟？]\s*$')
  ) AS short
  WHERE regexp_like(
    folded,
    '(^|[^a-z])(funcionou|deu certo|resolv(eu|ido|i)|consegui|era isso|foi isso|apareceu|obrigad[oa]|brigad[oa]|obg|valeu|vlw'
    || '|works|worked|solved|fixed|thanks?|thank you|thx|ty|gracias|funciono|listo)([^a-z]|$)'
  )
  AND NOT regexp_like(
    folded,
    '(^|[^a-z])(nao|n|not|no|nada|still|ainda|nem|never) ([a-z]+ )?(funcionou|deu certo|resolveu|consegui|works?|worked|solved|fixed|funciono)'
  )
)
SELECT
  answered.chat_id,
  answered.message_id,
  coalesce(min(thanks.message_id), answered.pleasing_message_id) AS confirmed_message_id
FROM answered
LEFT JOIN thanks
  ON thanks.chat_id = answered.chat_id
  AND thanks.author_id = answered.author_id
  AND thanks.message_id > answered.first_answer_message_id
  -- In reply to the answer within a day, else within an hour.
  AND thanks."date" <= answered.answered_date
    + CASE WHEN thanks.reply_to_message_id >= answered.first_answer_message_id THEN 86400 ELSE 3600 END
GROUP BY answered.chat_id, answered.message_id, answered.pleasing_message_id
HAVING coalesce(min(thanks.message_id), answered.pleasing_message_id) IS NOT NULL
