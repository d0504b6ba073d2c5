-- name: Terms in questions
-- description: What are questions about? The hundred words found in most questions, without short words and the most common ones of Portuguese and English: in how many questions, from how many people, and the newest wording.
-- description pt: Sobre o que são as perguntas? As cem palavras presentes em mais perguntas, sem as curtas e as mais comuns do português e do inglês: em quantas perguntas, de quantas pessoas, e a formulação mais recente.
WITH terms AS (
  SELECT DISTINCT
    terms.term,
    questions.chat_id,
    questions.message_id,
    questions.author_id,
    questions.content AS wording
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
