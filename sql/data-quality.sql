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
-- Each table is read once, whatever the measure: what is named twice, Athena reads twice.
measures AS (
  SELECT
    place,
    CASE place
      WHEN 1 THEN 'days without messages'
      WHEN 2 THEN 'replies to messages not in the lake'
      WHEN 3 THEN 'messages without sender'
      WHEN 4 THEN 'messages without words'
      WHEN 5 THEN 'messages edited'
      WHEN 6 THEN 'messages imported'
      WHEN 7 THEN 'messages with an impossible date'
    END AS measure,
    CASE place
      WHEN 1 THEN calendar_days - days
      WHEN 2 THEN replies.unknown
      WHEN 3 THEN without_sender
      WHEN 4 THEN without_words
      WHEN 5 THEN edited
      WHEN 6 THEN imported
      WHEN 7 THEN misdated
    END AS amount,
    CASE place
      WHEN 1 THEN calendar_days
      WHEN 2 THEN replies.replies
      ELSE messages
    END AS of_amount
  FROM sent
  CROSS JOIN replies
  CROSS JOIN (VALUES (1), (2), (3), (4), (5), (6), (7)) AS places (place)
)
SELECT
  measure,
  amount,
  of_amount,
  round(CAST(amount AS double) * 100 / nullif(of_amount, 0), 1) AS amount_percent
FROM measures
ORDER BY place
