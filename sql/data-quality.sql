-- name: Data quality
-- description: What is missing or was corrected? Days without messages, replies to messages that the lake does not have, messages without an author or without words, edited and imported messages, and those with an impossible date: how many, of how many.
-- description pt: O que falta ou foi corrigido? Dias sem mensagens, respostas a mensagens que o lake não tem, mensagens sem autor ou sem texto, editadas, importadas e com data impossível: quantas, e de um total de quantas.
-- needs: the whole history
WITH sent AS (
  SELECT
    count(*) AS messages,
    count(DISTINCT context_date) AS days,
    date_diff('day', min(context_date), max(context_date)) + 1 AS calendar_days,
    count(CASE WHEN coalesce(sender_chat_id, user_id) IS NULL AND kind = 'message' THEN 1 END) AS without_sender,
    count(CASE WHEN coalesce(text, caption, content_text) IS NULL THEN 1 END) AS without_words,
    count(edit_date) AS edited,
    count(CASE WHEN source = 'import' THEN 1 END) AS imported,
    -- Filed by their arrival, since their own date is impossible. A day in any zone ends within two days in UTC.
    count(CASE
      WHEN "date" IS NULL OR "date" >= (date_diff('day', DATE '1970-01-01', context_date) + 2) * 86400 THEN 1
    END) AS misdated
  FROM telegram
  HAVING count(*) > 0
),
replies AS (
  SELECT count(*) AS replies, count(*) - count(replied.message_id) AS unknown
  FROM telegram AS reply
  LEFT JOIN telegram AS replied
    ON replied.chat_id = reply.chat_id
    AND replied.message_id = reply.reply_to_message_id
  WHERE reply.reply_to_message_id IS NOT NULL
),
measures AS (
  SELECT 1 AS place, 'days without messages' AS measure, calendar_days - days AS amount, calendar_days AS of_amount
  FROM sent
  UNION ALL
  SELECT 2, 'replies to messages not in the lake', replies.unknown, replies.replies
  FROM sent CROSS JOIN replies
  UNION ALL
  SELECT 3, 'messages without sender', without_sender, messages
  FROM sent
  UNION ALL
  SELECT 4, 'messages without words', without_words, messages
  FROM sent
  UNION ALL
  SELECT 5, 'messages edited', edited, messages
  FROM sent
  UNION ALL
  SELECT 6, 'messages imported', imported, messages
  FROM sent
  UNION ALL
  SELECT 7, 'messages with an impossible date', misdated, messages
  FROM sent
)
SELECT
  measure,
  amount,
  of_amount,
  round(CAST(amount AS double) * 100 / nullif(of_amount, 0), 1) AS amount_percent
FROM measures
ORDER BY place
