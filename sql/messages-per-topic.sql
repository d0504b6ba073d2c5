-- name: Messages per topic
-- description: Forum topics and comment threads, the busiest first. Messages, people, first and last day, the topic's name or the beginning of its first message, and a link for members of the group. Messages outside topics do not count; groups without topics have no rows.
-- description pt: Tópicos do fórum e conversas de comentários, dos mais movimentados aos menos. Mensagens, pessoas, primeiro e último dia, o nome do tópico ou, na falta dele, o começo da primeira mensagem, e um link para membros do grupo. Mensagens fora de tópicos não contam; grupos sem tópicos não têm linhas.
WITH threads AS (
  SELECT
    chat_id,
    message_thread_id,
    max(chat_type) AS chat_type,
    count(*) AS message_amount,
    count(DISTINCT coalesce(sender_chat_id, user_id)) AS user_amount,
    min(context_date) AS first_date,
    max(context_date) AS last_date
  FROM telegram
  WHERE message_thread_id IS NOT NULL
  GROUP BY chat_id, message_thread_id
),
openings AS (
  SELECT
    threads.chat_id,
    threads.message_thread_id,
    coalesce(
      max_by(
        telegram.content_text,
        CASE WHEN telegram.content_type IN ('forum_topic_created', 'forum_topic_edited') THEN telegram.message_id END
      ),
      min_by(substr(coalesce(telegram.text, telegram.caption, telegram.content_text), 1, 80), telegram.message_id)
    ) AS opening
  FROM threads
  INNER JOIN telegram
    ON telegram.chat_id = threads.chat_id
    AND (telegram.message_id = threads.message_thread_id OR telegram.message_thread_id = threads.message_thread_id)
    AND coalesce(telegram.text, telegram.caption, telegram.content_text) IS NOT NULL
  GROUP BY threads.chat_id, threads.message_thread_id
)
SELECT
  threads.message_thread_id,
  openings.opening,
  threads.message_amount,
  threads.user_amount,
  threads.first_date,
  threads.last_date,
  CASE WHEN threads.chat_type = 'supergroup' THEN
    'https://t.me/c/' || CAST(-1000000000000 - threads.chat_id AS varchar)
    || '/' || CAST(threads.message_thread_id AS varchar)
  END AS message_link
FROM threads
LEFT JOIN openings
  ON openings.chat_id = threads.chat_id
  AND openings.message_thread_id = threads.message_thread_id
ORDER BY threads.message_amount DESC, threads.chat_id, threads.message_thread_id
LIMIT 100
