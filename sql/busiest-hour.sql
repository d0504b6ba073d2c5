-- name: Busiest hour
-- description: At which hour is the group busiest? The hours of the group's own clock, the busiest first: what people and bots wrote, each hour's share, and how many people wrote. Joins and other service messages do not count.
-- description pt: Em que hora o grupo é mais movimentado? As horas no fuso do grupo, da mais movimentada para a menos: o que pessoas e bots escreveram, a participação de cada hora e quantas pessoas escreveram. Entradas no grupo e outras mensagens de serviço não contam.
SELECT
  hour(sent_at) AS hour_of_day,
  count(*) AS message_amount,
  round(CAST(count(*) AS double) * 100 / sum(count(*)) OVER (), 1) AS message_share_percent,
  count(DISTINCT CASE WHEN NOT is_bot THEN author_id END) AS user_amount
FROM messages
WHERE "date" IS NOT NULL
GROUP BY hour(sent_at)
ORDER BY message_amount DESC, hour_of_day
