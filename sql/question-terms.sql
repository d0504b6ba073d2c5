-- name: Terms in questions
-- description: What are questions about? The hundred words that are in most questions, without short words and the commonest ones of Portuguese and English: in how many questions, from how many people, and the newest wording.
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
terms AS (
  SELECT DISTINCT
    terms.term,
    questions.chat_id,
    questions.message_id,
    questions.author_id,
    questions.wording
  FROM questions
  CROSS JOIN UNNEST(split(questions.question, ' ')) AS terms(term)
  WHERE length(terms.term) > 2
    AND NOT regexp_like(
      terms.term,
      '^([0-9]+|uma?s?|n?[ao]s|[dn][ao]s?|[dn]el[ae]s?|el[ae]s?|[dn]?ess[ae]s?|[dn]?est[ae]s?|isso|isto|aqui|ali|aquel[ae]s?'
      || '|que|quem|qual|quais|quando|quanto|quanta|quantos|quantas|onde|como|por|porque|para|pra|pro|com|sem|sobre|ate|mais|menos|muito'
      || '|nao|sim|mas|nem|tambem|ainda|agora|hoje|algum|alguma|alguem|tudo|todo|toda|todos|todas|outro|outra'
      || '|sao|sou|ser|ser[ia]+|esta|estou|estao|estar|era|foi|tem|ter|tenho|temos|vai|vou|vao|vamos'
      || '|faz|faco|fazer|fica|ficou|pode|posso|podem|poder|sabe|sabem|sei|consigo|consegue|conseguiu|deu|dar|dando|algo|voces?|meu|minha|seu|sua'
      || '|the|and|but|for|from|with|without|this|that|these|those|there|here|what|when|where|which|who|why|how'
      || '|are|was|were|been|does|did|don|doesn|has|have|had|can|could|will|would|should|you|your|they|them|our|its|not|get|getting|got'
      || '|any|anyone|anybody|someone|some|all|out|about|into|than|then|too)$'
    )
)
SELECT
  term,
  count(*) AS question_amount,
  count(DISTINCT author_id) AS user_amount,
  max_by(wording, message_id) AS example
FROM terms
GROUP BY term
ORDER BY question_amount DESC, user_amount DESC, term
LIMIT 100
