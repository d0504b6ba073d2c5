-- name: Reactions
-- description: Which reactions do people give? Those of the last four weeks that still stand, the most frequent first: how many, on how many messages, by how many people. Earlier reactions, anonymous ones and those of imported messages are not known. It reads every update of these weeks, so it is slower than the others.
-- description pt: Que reações as pessoas dão? As das últimas quatro semanas que ainda valem, das mais frequentes às mais raras: quantas, em quantas mensagens e de quantas pessoas. Reações anteriores, anônimas ou de mensagens importadas não são conhecidas. Lê todos os updates dessas semanas, por isso é mais lenta que as outras.
WITH changes AS (
  SELECT
    json_extract_scalar(update_json, '$.message_reaction.chat.id') AS chat_id,
    json_extract_scalar(update_json, '$.message_reaction.message_id') AS message_id,
    coalesce(
      json_extract_scalar(update_json, '$.message_reaction.actor_chat.id'),
      json_extract_scalar(update_json, '$.message_reaction.user.id')
    ) AS author_id,
    TRY_CAST(json_extract_scalar(update_json, '$.message_reaction.date') AS bigint) AS changed_at,
    TRY_CAST(json_extract_scalar(update_json, '$.update_id') AS bigint) AS update_id,
    update_json
  FROM telegram_raw
  WHERE context_date > date_add('day', -28, current_date)
    -- Cheaper than to look into the JSON of every message.
    AND strpos(update_json, '"message_reaction"') > 0
),
ranked AS (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY chat_id, message_id, author_id
      ORDER BY changed_at DESC, update_id DESC
    ) AS place
  FROM changes
  WHERE chat_id IS NOT NULL AND message_id IS NOT NULL AND author_id IS NOT NULL
),
-- An update tells all reactions of a person to a message, three at most: an emoji, or custom_emoji, or paid.
standing AS (
  SELECT
    chat_id,
    message_id,
    author_id,
    ARRAY[
      coalesce(
        json_extract_scalar(update_json, '$.message_reaction.new_reaction[0].emoji'),
        json_extract_scalar(update_json, '$.message_reaction.new_reaction[0].type')
      ),
      coalesce(
        json_extract_scalar(update_json, '$.message_reaction.new_reaction[1].emoji'),
        json_extract_scalar(update_json, '$.message_reaction.new_reaction[1].type')
      ),
      coalesce(
        json_extract_scalar(update_json, '$.message_reaction.new_reaction[2].emoji'),
        json_extract_scalar(update_json, '$.message_reaction.new_reaction[2].type')
      )
    ] AS reactions
  FROM ranked
  WHERE place = 1
)
SELECT
  given.reaction,
  count(*) AS reaction_amount,
  count(DISTINCT standing.chat_id || '/' || standing.message_id) AS message_amount,
  count(DISTINCT standing.author_id) AS user_amount
FROM standing
CROSS JOIN UNNEST(standing.reactions) AS given(reaction)
WHERE given.reaction IS NOT NULL
GROUP BY given.reaction
ORDER BY reaction_amount DESC, user_amount DESC, given.reaction
