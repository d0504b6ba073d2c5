-- name: Messages per day
-- description: How many messages were sent on each day, newest day first.
-- description pt: Quantas mensagens foram enviadas em cada dia, do mais recente ao mais antigo.
SELECT
  context_date,
  count(*) AS message_amount
FROM telegram
GROUP BY context_date
ORDER BY context_date DESC
