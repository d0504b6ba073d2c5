-- name: Kinds of message
-- description: What do people send? Messages by what they hold (text, photo, voice...), the most frequent first: their share of all messages, and how many people sent them.
-- description pt: O que as pessoas mandam? Mensagens por tipo de conteúdo (texto, foto, áudio...), das mais comuns às mais raras, com a participação no total e quantas pessoas mandaram.
SELECT
  content_type,
  count(*) AS message_amount,
  round(CAST(count(*) AS double) * 100 / sum(count(*)) OVER (), 1) AS message_share_percent,
  count(DISTINCT author_id) AS user_amount
FROM messages
GROUP BY content_type
ORDER BY message_amount DESC, content_type
