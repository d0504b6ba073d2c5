-- name: Most frequent questions
-- description: Which question or problem comes up most? The top hundred, whatever their case, accents, punctuation and greetings.
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
)
SELECT
  question,
  count(*) AS question_amount,
  count(DISTINCT author_id) AS user_amount,
  min(context_date) AS first_date,
  max(context_date) AS last_date,
  max_by(wording, "date") AS example
FROM questions
GROUP BY question
ORDER BY question_amount DESC, user_amount DESC, question
LIMIT 100
