-- name: similar_questions
-- description: For each question the one that stands for all of its kind: the first of those with the same words in any order, without the words that any question has.
WITH cores AS (
  SELECT
    chat_id,
    message_id,
    question,
    trim(regexp_replace(
      regexp_replace(
        question,
        '\b(alguem|algum[as]*|sabe[m]?|saberia|pode[m]?|poderia|posso|consegu[a-z]+|como|qual|quais|quando|onde|quanto[as]*|quem|que|por|porque|pq|'
        || 'tem|ter|ha|e|o|a|os|as|um|uma|de|do|da|dos|das|no|na|nos|nas|em|pra|para|com|se|eu|me|meu|minha|voces|vcs|vc|ai|aqui|la|isso|esse|essa|este|esta|'
        || 'fazer|faco|faz|seria|ser|estou|to|ta|vai|vou|ja|so|mais|ajuda[r]?|duvida|preciso|queria|gostaria|saber|dar|'
        || 'i|my|me|you|your|the|an|is|are|was|do|does|did|to|of|in|on|for|it|its|this|that|there|can|could|would|should|will|have|has|had|be|been|am|'
        || 'how|what|where|when|why|who|which|any|anyone|someone|please|help|want|need|like|know|get|got|with|from|at|if|or|and|'
        || 'el|la|los|las|un|una|del|en|con|mi|tu|es|son|hay|puedo|puede)\b',
        ' '
      ),
      ' +', ' '
    )) AS core
  FROM questions
)
SELECT
  chat_id,
  message_id,
  -- Questions of nothing but common words are alike where all their words are.
  min(message_id) OVER (
    PARTITION BY chat_id, array_sort(array_distinct(split(CASE WHEN core = '' THEN question ELSE core END, ' ')))
  ) AS group_message_id
FROM cores
