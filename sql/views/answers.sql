-- name: answers
-- description: What answers a question, one row for each answer by somebody else: a reply to it (evidence reply), a message within three hours that begins with the asker's name (mention), or the next message within ten minutes at a quiet time (next). answered_by is person or bot. No answers: "me too", "I do not know", a short question back.
WITH said AS (
  SELECT
    chat_id,
    message_id,
    "date",
    author_id,
    is_bot,
    reply_to_message_id,
    content,
    lag(message_id) OVER (PARTITION BY chat_id ORDER BY "date", message_id) AS previous_message_id,
    lag("date") OVER (PARTITION BY chat_id ORDER BY "date", message_id) AS previous_date,
    count(*) OVER (PARTITION BY chat_id ORDER BY "date" RANGE BETWEEN 600 PRECEDING AND CURRENT ROW) AS lately_amount
  FROM messages
),
replies AS (
  SELECT
    *,
    -- Whom it calls, if it is no reply to anything.
    CASE WHEN reply_to_message_id IS NULL THEN
      regexp_replace(lower(regexp_extract(content, '^@?[^\s:,]+[:,\s]')), '^@|[:,\s]$')
    END AS called
  FROM said
  WHERE content IS NULL OR NOT (
    -- The commonest ways of bots and people to answer nothing.
    regexp_like(
      regexp_replace(lower(normalize(content, NFD)), '\p{Mn}'),
      '^\W*(up|bump|tb|tbm|(eu )?tambem|(o |a )?(meu|minha) (tb|tbm|tambem)|aqui (a mesma|o mesmo|tb|tbm|tambem)|mesm[oa] (problema|coisa|erro|aqui)'
      || '|(boa|boa pergunta),? (tb|tbm|tambem)|vish|ih|eita|me too|same|[+]1|idk|no idea|i m not sure'
      || '|(ainda |eu )*(nao|n) (sei|vi|faco|entendi|encontrei)|desculp[ea]|sorry|i (don.?t|do not) know|i (didn.?t|did not) (understand|get)'
      || '|(yo )?tampoco|no (lo )?(se|entiendo|entendi)|a mi tambien)\b'
    )
    -- A question back asks to be answered first.
    OR (length(content) < 80 AND regexp_like(content, '[?؟？]\s*$'))
  )
),
asked AS (
  SELECT
    chat_id,
    message_id,
    "date",
    author_id,
    lower(regexp_extract(author_name, '^[^\s]+')) AS first_name,
    lower(author_username) AS username,
    lead(message_id) OVER (PARTITION BY chat_id ORDER BY "date", message_id) AS next_question_message_id
  FROM questions
),
mentions AS (
  SELECT
    asked.chat_id,
    asked.message_id,
    replies.message_id AS answer_message_id,
    replies.is_bot,
    replies."date" - asked."date" AS seconds_to_answer,
    -- Of several questions of one person the newest before it.
    row_number() OVER (
      PARTITION BY replies.chat_id, replies.message_id
      ORDER BY asked."date" DESC, asked.message_id DESC
    ) AS place
  FROM replies
  INNER JOIN asked
    ON asked.chat_id = replies.chat_id
    AND (replies.called = asked.username OR replies.called = asked.first_name)
    AND replies."date" BETWEEN asked."date" AND asked."date" + 10800
    AND replies.message_id > asked.message_id
    AND replies.author_id <> asked.author_id
)
SELECT
  chat_id,
  message_id,
  answer_message_id,
  CASE WHEN is_bot THEN 'bot' ELSE 'person' END AS answered_by,
  -- Who stands next and names the asker is there twice: mention comes before next.
  min(evidence) AS evidence,
  seconds_to_answer
FROM (
  SELECT
    asked.chat_id,
    asked.message_id,
    replies.message_id AS answer_message_id,
    replies.is_bot,
    CASE WHEN replies.reply_to_message_id IS NULL THEN 'next' ELSE 'reply' END AS evidence,
    replies."date" - asked."date" AS seconds_to_answer
  FROM asked
  INNER JOIN replies
    ON replies.chat_id = asked.chat_id
    AND asked.message_id = coalesce(
      replies.reply_to_message_id,
      -- What calls somebody is meant for that person.
      CASE
        WHEN replies."date" - replies.previous_date <= 600
          AND replies.lately_amount <= 7
          AND NOT regexp_like(replies.content, '^(@\S|[^\s:,]+[:,])')
          THEN replies.previous_message_id
      END
    )
    AND replies.author_id <> asked.author_id
    -- A question is no answer to the message before it.
    AND (
      replies.reply_to_message_id IS NOT NULL
      OR replies.message_id <> coalesce(asked.next_question_message_id, 0)
    )
  UNION ALL
  SELECT chat_id, message_id, answer_message_id, is_bot, 'mention' AS evidence, seconds_to_answer
  FROM mentions
  WHERE place = 1
) AS found
GROUP BY chat_id, message_id, answer_message_id, is_bot, seconds_to_answer
