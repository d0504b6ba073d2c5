-- name: Buttons pressed
-- description: Which buttons of a bot do people press? By the data that the bot gave them, the most pressed first: how often, by how many people, on how many messages, and the first and last day.
-- description pt: Que botões de um bot as pessoas tocam? Pelos dados que o bot deu a eles, do mais tocado ao menos: quantas vezes, quantas pessoas, em quantas mensagens, e o primeiro e o último dia.
SELECT
  data AS button,
  count(*) AS press_amount,
  count(DISTINCT user_id) AS user_amount,
  count(DISTINCT CAST(chat_id AS varchar) || '/' || CAST(message_id AS varchar)) AS message_amount,
  min(context_date) AS first_date,
  max(context_date) AS last_date
FROM telegram_events
WHERE event = 'button_pressed' AND data IS NOT NULL
GROUP BY data
ORDER BY press_amount DESC, user_amount DESC, button
LIMIT 100
