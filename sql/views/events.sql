-- name: events
-- description: Everything that happened and is no message: the columns of telegram_events, with its author (a person, or a chat that acts as itself) and the time by the group's clock.
SELECT
  telegram_events.*,
  coalesce(sender_chat_id, user_id) AS author_id,
  coalesce(
    CAST(from_unixtime("date", 'America/Sao_Paulo') AS timestamp),
    TRY_CAST(arrived_at AS timestamp)
  ) AS happened_at
FROM telegram_events
