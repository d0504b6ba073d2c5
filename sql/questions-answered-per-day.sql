-- name: Questions answered per day
-- description: Are questions answered? How many of each day's got a reply from somebody else, and the median time to the first.
WITH people AS (
  SELECT
    chat_id,
    message_id,
    context_date,
    "date",
    coalesce(sender_chat_id, user_id) AS author_id,
    coalesce(sender_chat_title, user_first_name) AS user_first_name,
    chat_type,
    reply_to_message_id,
    coalesce(is_forward, false) AS is_forward,
    coalesce(text, caption) AS wording
  FROM telegram
  WHERE kind = 'message'
    AND (sender_chat_id IS NOT NULL OR NOT coalesce(user_is_bot, false))
),
folded AS (
  -- Without case, accents and links, whose question marks ask nothing.
  SELECT
    *,
    regexp_replace(
      regexp_replace(lower(normalize(wording, NFD)), '\p{Mn}'),
      '(https?://|www\.|[a-z0-9-]+\.[a-z]+/)\S*[^\s?]',
      ' '
    ) AS folded_wording
  FROM people
  -- Nothing else can be a question, and it is slow to look at.
  WHERE NOT is_forward
    AND (reply_to_message_id IS NULL OR strpos(wording, '?') > 0)
),
bare AS (
  -- Without greetings and thanks, either: "Bom dia, tudo bem?" asks nothing. Add your own group's.
  SELECT
    *,
    regexp_replace(
      folded_wording,
      '\b(bom dia|boa (tarde|noite)|ola|oi+|opa|e ai|pessoal|galera|gente|turma)\b'
      || '|\b(tudo (bem|bom|certo)( com (voces|vcs|todos)| por ai)?|como vao)\b\s*\?*'
      || '|\b(hi|hello|hey|good (morning|afternoon|evening))( all| everyone| guys| there)?\b'
      || '|\bhow are you( all| doing)?\b\s*\?*'
      || '|\b(por favor|pfv?|obrigad[oa]|valeu|please|thanks|thank you)\b',
      ' '
    ) AS bare_wording
  FROM folded
),
worded AS (
  SELECT *, trim(regexp_replace(bare_wording, '[^\p{L}\p{N}+#]+', ' ')) AS question
  FROM bare
),
questions AS (
  -- Two words or more with a question mark or, to nobody in particular, words that ask for help.
  SELECT *
  FROM worded
  WHERE (strpos(bare_wording, '?') > 0 AND strpos(question, ' ') > 0)
    OR (
      reply_to_message_id IS NULL
      AND regexp_like(
        question,
        '^(alguem (sabe|pode|consegue|conseguiu|tem|mais)|como (eu )?(faco|faz|fazer|consigo|posso))\b'
        || '|^((does|has|is|can|could) any(one|body)|how (do|can) (i|you|we))\b'
        || '|\b(nao (consigo|funciona|esta funcionando|ta funcionando)|(deu|da|dando) erro)\b'
        || '|\b((get|getting|got) (an|this) error|(does not|doesn t|not) work(ing)?)\b'
      )
    )
),
first_replies AS (
  SELECT
    questions.chat_id,
    questions.message_id,
    questions.context_date,
    min(reply."date") - min(questions."date") AS seconds_to_reply
  FROM questions
  LEFT JOIN people AS reply
    ON reply.chat_id = questions.chat_id
    AND reply.reply_to_message_id = questions.message_id
    AND reply.author_id <> questions.author_id
  GROUP BY questions.chat_id, questions.message_id, questions.context_date
),
ranked AS (
  SELECT
    context_date,
    seconds_to_reply,
    count(seconds_to_reply) OVER (PARTITION BY context_date) AS answered,
    row_number() OVER (PARTITION BY context_date ORDER BY seconds_to_reply NULLS LAST) AS place
  FROM first_replies
)
SELECT
  context_date,
  count(*) AS question_amount,
  count(seconds_to_reply) AS answered_amount,
  round(CAST(count(seconds_to_reply) AS double) * 100 / count(*), 1) AS answered_percent,
  -- The median: the middle one, or the mean of the two in the middle.
  CAST(round(avg(
    CASE WHEN 2 * place BETWEEN answered AND answered + 2 THEN seconds_to_reply END
  )) AS bigint) AS median_seconds_to_reply
FROM ranked
GROUP BY context_date
ORDER BY context_date DESC
