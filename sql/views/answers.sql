-- name: answers
-- description: What answers a question, one row for each answer: a reply to it by somebody else (evidence reply), or a message that begins with the asker's name within three hours (evidence mention). answered_by is person or bot.
WITH calls AS (
  -- Messages that begin with a name or @username and are no reply to anything.
  SELECT
    chat_id,
    message_id,
    "date",
    author_id,
    is_bot,
    regexp_replace(lower(regexp_extract(content, '^@?[^\s:,]+')), '^@') AS called
  FROM messages
  WHERE reply_to_message_id IS NULL AND regexp_like(content, '^@?[^\s:,]+[:,\s]')
),
askers AS (
  SELECT
    chat_id,
    message_id,
    "date",
    author_id,
    lower(regexp_extract(author_name, '^[^\s]+')) AS first_name,
    lower(author_username) AS username
  FROM questions
),
mentions AS (
  SELECT
    askers.chat_id,
    askers.message_id,
    calls.message_id AS answer_message_id,
    calls.is_bot,
    calls."date" - askers."date" AS seconds_to_answer,
    -- Of several questions of one person the newest before it.
    row_number() OVER (
      PARTITION BY calls.chat_id, calls.message_id
      ORDER BY askers."date" DESC, askers.message_id DESC
    ) AS place
  FROM calls
  INNER JOIN askers
    ON askers.chat_id = calls.chat_id
    AND (calls.called = askers.username OR calls.called = askers.first_name)
    AND calls."date" BETWEEN askers."date" AND askers."date" + 10800
    AND calls.message_id > askers.message_id
    AND calls.author_id <> askers.author_id
)
SELECT
  questions.chat_id,
  questions.message_id,
  reply.message_id AS answer_message_id,
  CASE WHEN reply.is_bot THEN 'bot' ELSE 'person' END AS answered_by,
  'reply' AS evidence,
  reply."date" - questions."date" AS seconds_to_answer
FROM questions
INNER JOIN messages AS reply
  ON reply.chat_id = questions.chat_id
  AND reply.reply_to_message_id = questions.message_id
  AND reply.author_id <> questions.author_id
UNION ALL
SELECT
  chat_id,
  message_id,
  answer_message_id,
  CASE WHEN is_bot THEN 'bot' ELSE 'person' END,
  'mention',
  seconds_to_answer
FROM mentions
WHERE place = 1
