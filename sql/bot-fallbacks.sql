-- name: Likely fallbacks of a bot
-- description: What does a bot say when it does not understand? Texts that it gave in reply to three different messages or more, or reported as not handled, those to the most first. Its replies to commands do not count. In private chats what it says next is taken for its reply.
-- description pt: O que um bot diz quando não entende? Textos que ele deu em resposta a pelo menos três mensagens diferentes, ou informou como não resolvidos, começando pelos mais usados. Respostas a comandos não contam. Em conversas privadas, o que ele diz em seguida vale como resposta.
WITH ordered AS (
  SELECT
    chat_id,
    message_id,
    author_id,
    author_name,
    is_bot,
    content,
    handled,
    coalesce(
      reply_to_message_id,
      CASE WHEN chat_type = 'private' THEN
        lag(message_id) OVER (PARTITION BY chat_id ORDER BY "date", message_id)
      END
    ) AS answers_message_id
  FROM messages
)
SELECT
  replies.author_id,
  max(replies.author_name) AS author_name,
  replies.content AS bot_text,
  count(*) AS reply_amount,
  count(DISTINCT lower(asked.content)) AS wording_amount,
  count(DISTINCT asked.author_id) AS user_amount,
  count(CASE WHEN NOT replies.handled THEN 1 END) AS unhandled_amount
FROM ordered AS replies
INNER JOIN ordered AS asked
  ON asked.chat_id = replies.chat_id AND asked.message_id = replies.answers_message_id
WHERE replies.is_bot AND NOT asked.is_bot AND NOT regexp_like(asked.content, '^/')
GROUP BY replies.author_id, replies.content
-- What a bot says that it has handled is no fallback, however often it says so.
HAVING count(CASE WHEN NOT replies.handled THEN 1 END) > 0
  OR count(DISTINCT CASE WHEN replies.handled IS NULL THEN lower(asked.content) END) >= 3
ORDER BY wording_amount DESC, reply_amount DESC, replies.author_id, bot_text
LIMIT 100
