-- name: Time to the answer of a bot and of people
-- description: How fast do bots answer, and how fast people? For the first answer of each to a question: how many, the median time, and the time within which nine of ten came. No rows where the lake has no message of a bot.
-- description pt: Em quanto tempo os bots respondem, e em quanto as pessoas? Para a primeira resposta de cada um a uma pergunta: quantas, o tempo mediano e o tempo em que nove de dez chegaram. Sem linhas quando o lake não tem mensagem de bot.
WITH first_answers AS (
  SELECT chat_id, message_id, answered_by, min(seconds_to_answer) AS seconds
  FROM answers
  GROUP BY chat_id, message_id, answered_by
),
ranked AS (
  SELECT
    answered_by,
    seconds,
    count(*) OVER (PARTITION BY answered_by) AS answered,
    row_number() OVER (PARTITION BY answered_by ORDER BY seconds) AS place
  FROM first_answers
),
bots AS (
  SELECT count(*) AS bot_amount
  FROM authors
  WHERE is_bot
)
SELECT
  ranked.answered_by,
  count(*) AS answered_amount,
  -- The median: the middle one, or the mean of the two in the middle.
  CAST(round(avg(CASE WHEN 2 * place BETWEEN answered AND answered + 2 THEN seconds END)) AS bigint) AS median_seconds_to_reply,
  min(CASE WHEN 10 * place >= 9 * answered THEN seconds END) AS slow_seconds_to_reply
FROM ranked
CROSS JOIN bots
WHERE bots.bot_amount > 0
GROUP BY ranked.answered_by
ORDER BY ranked.answered_by
