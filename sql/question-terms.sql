-- name: Terms in questions
-- description: What are questions about? The hundred words found in most questions that are more common there than in the group's other messages, without asking words and short ones: in how many questions, from how many people, and the newest wording.
-- description pt: Sobre o que são as perguntas? As cem palavras presentes em mais perguntas que são mais comuns nelas que nas outras mensagens do grupo, sem as curtas e as de perguntar: em quantas perguntas, de quantas pessoas, e a formulação mais recente.
WITH said AS (
  SELECT
    messages.chat_id,
    messages.message_id,
    messages.author_id,
    messages.content AS wording,
    questions.message_id IS NOT NULL AS is_question,
    split(
      coalesce(
        questions.question,
        regexp_replace(regexp_replace(lower(normalize(messages.content, NFD)), '\p{Mn}'), '[^\p{L}\p{N}+#]+', ' ')
      ),
      ' '
    ) AS terms
  FROM messages
  LEFT JOIN questions ON questions.chat_id = messages.chat_id AND questions.message_id = messages.message_id
  WHERE NOT messages.is_bot AND messages.content IS NOT NULL
),
terms AS (
  SELECT DISTINCT
    terms.term,
    said.chat_id,
    said.message_id,
    said.author_id,
    said.wording,
    said.is_question
  FROM said
  CROSS JOIN UNNEST(said.terms) AS terms(term)
  WHERE length(terms.term) > 2
    AND NOT regexp_like(
      terms.term,
      '^([0-9]+|uma?s?|n?[ao]s|[dn][ao]s?|[dn]el[ae]s?|el[ae]s?|[dn]?ess[ae]s?|[dn]?est[ae]s?|isso|isto|aqui|ali|aquel[ae]s?'
      || '|que|quem|qual|quais|quando|quanto|quanta|quantos|quantas|onde|como|por|porque|para|pra|pro|com|sem|sobre|ate|mais|menos|muito'
      || '|nao|sim|mas|nem|tambem|ainda|agora|hoje|algum|alguma|alguem|tudo|todo|toda|todos|todas|outro|outra'
      || '|sao|sou|ser|ser[ia]+|esta|estou|estao|estar|era|foi|tem|ter|tenho|temos|vai|vou|vao|vamos'
      || '|faz|faco|fazer|fica|ficou|pode|posso|podem|poder|sabe|sabem|sei|consigo|consegue|conseguiu|deu|dar|dando'
      || '|ajuda|ajudar|duvida|preciso|queria|gostaria|saber|algo|voces?|vcs|meu|minha|seu|sua'
      || '|the|and|but|for|from|with|without|this|that|these|those|there|here|what|when|where|which|who|why|how'
      || '|are|was|were|been|does|did|don|doesn|has|have|had|can|could|will|would|should|you|your|they|them|our|its|not|get|getting|got'
      || '|know|help|need|want|tell|trying'
      || '|any|anyone|anybody|someone|some|all|out|about|into|than|then|too)$'
    )
),
counted AS (
  SELECT
    term,
    count(*) FILTER (WHERE is_question) AS question_amount,
    count(*) FILTER (WHERE NOT is_question) AS other_amount,
    count(DISTINCT author_id) FILTER (WHERE is_question) AS user_amount,
    max_by(wording, CASE WHEN is_question THEN message_id END) AS example
  FROM terms
  GROUP BY term
)
SELECT term, question_amount, user_amount, example
FROM (
  SELECT *, sum(question_amount) OVER () AS all_questions, sum(other_amount) OVER () AS all_others
  FROM counted
) AS compared
-- A larger share of the words of questions than of the words of other messages.
WHERE question_amount > 0
  AND (all_others = 0 OR question_amount * all_others > other_amount * all_questions)
ORDER BY question_amount DESC, user_amount DESC, term
LIMIT 100
