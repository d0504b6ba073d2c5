-- name: Bot commands
-- description: Which commands do people give, and does a bot answer? For each command, the most frequent first: how often, by how many people, at which hour most, and how many got an answer from a bot within a minute. Without a bot's messages in the lake the answers are unknown, and their columns empty.
-- description pt: Que comandos as pessoas usam, e um bot responde? Para cada comando, do mais frequente ao mais raro: quantas vezes, quantas pessoas, a hora de maior uso e quantos tiveram resposta de um bot em um minuto. Sem mensagens de bot no lake as respostas são desconhecidas, e as colunas ficam vazias.
WITH commands AS (
  SELECT
    chat_id,
    message_id,
    "date",
    author_id,
    hour(sent_at) AS hour_of_day,
    lower(regexp_extract(content, '^/[A-Za-z0-9_]+')) AS command
  FROM messages
  WHERE NOT is_bot AND regexp_like(content, '^/[A-Za-z0-9_]{1,32}(@[A-Za-z0-9_]+)?(\s|$)')
),
from_bots AS (
  SELECT chat_id, message_id, "date", reply_to_message_id
  FROM messages
  WHERE is_bot
),
-- A reply to it, or what a bot says next without replying to anything.
answered AS (
  SELECT DISTINCT commands.chat_id, commands.message_id
  FROM commands
  INNER JOIN from_bots
    ON from_bots.chat_id = commands.chat_id
    AND from_bots."date" BETWEEN commands."date" AND commands."date" + 60
    AND from_bots.message_id > commands.message_id
    AND coalesce(from_bots.reply_to_message_id, commands.message_id) = commands.message_id
),
hours AS (
  SELECT
    command,
    hour_of_day,
    row_number() OVER (PARTITION BY command ORDER BY count(*) DESC, hour_of_day) AS place
  FROM commands
  GROUP BY command, hour_of_day
),
bots AS (
  SELECT count(*) AS message_amount
  FROM from_bots
)
SELECT
  commands.command,
  count(*) AS command_amount,
  count(DISTINCT commands.author_id) AS user_amount,
  max(hours.hour_of_day) AS hour_of_day,
  CASE WHEN max(bots.message_amount) > 0 THEN count(answered.message_id) END AS answered_amount,
  CASE WHEN max(bots.message_amount) > 0 THEN
    round(CAST(count(answered.message_id) AS double) * 100 / count(*), 1)
  END AS answered_percent
FROM commands
CROSS JOIN bots
INNER JOIN hours ON hours.command = commands.command AND hours.place = 1
LEFT JOIN answered ON answered.chat_id = commands.chat_id AND answered.message_id = commands.message_id
GROUP BY commands.command
ORDER BY command_amount DESC, user_amount DESC, commands.command
LIMIT 100
