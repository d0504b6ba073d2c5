-- name: Reactions
-- description: Which reactions do people give? Those of the last four weeks that still stand, the most frequent first: how many, on how many messages, by how many people. Anonymous ones are not counted; of imported messages, those of the few people whom the export names.
-- description pt: Que reações as pessoas dão? As das últimas quatro semanas que ainda valem, das mais frequentes às mais raras: quantas, em quantas mensagens e de quantas pessoas. As anônimas não contam; das mensagens importadas contam as das poucas pessoas que a exportação cita.
WITH changes AS (
  SELECT
    event,
    reaction,
    CAST(chat_id AS varchar) || '/' || CAST(message_id AS varchar) AS message,
    coalesce(sender_chat_id, user_id) AS author_id,
    -- The newest of each: the same reaction may be given, taken back and given again.
    row_number() OVER (
      PARTITION BY chat_id, message_id, coalesce(sender_chat_id, user_id), reaction, data
      ORDER BY "date" DESC NULLS LAST, update_id DESC NULLS LAST
    ) AS place
  FROM telegram_events
  WHERE context_date > date_add('day', -28, current_date)
    AND event IN ('reaction_added', 'reaction_removed')
    AND chat_id IS NOT NULL AND message_id IS NOT NULL
    AND coalesce(sender_chat_id, user_id) IS NOT NULL
)
SELECT
  reaction,
  count(*) AS reaction_amount,
  count(DISTINCT message) AS message_amount,
  count(DISTINCT author_id) AS user_amount
FROM changes
WHERE place = 1 AND event = 'reaction_added'
GROUP BY reaction
ORDER BY reaction_amount DESC, user_amount DESC, reaction
