-- name: similar_questions
-- description: For each question the one that stands for all that ask the same in other words: the first of them, and how like them the question is (0.22 to 1; empty where it stands alone). Of a chat's questions the newest 20,000 are compared.
WITH numbered AS (
  SELECT
    chat_id,
    message_id,
    question,
    row_number() OVER (PARTITION BY chat_id ORDER BY message_id DESC) AS place,
    least(count(*) OVER (PARTITION BY chat_id), 20000) AS question_amount
  FROM questions
),
-- What a question is about: its words, without those that any question has. They count whole and by their beginnings.
pieces AS (
  SELECT DISTINCT
    numbered.chat_id,
    numbered.message_id,
    numbered.question_amount,
    part.piece
  FROM numbered
  CROSS JOIN UNNEST(split(numbered.question, ' ')) AS term(word)
  CROSS JOIN UNNEST(
    ARRAY[term.word || '.', substr(term.word, 1, 5), substr(term.word, 1, 4), '=' || substr(term.word, 1, 6)]
  ) AS part(piece)
  WHERE numbered.place <= 20000
    AND NOT regexp_like(
      term.word,
      '^('
      || 'a|about|ai|ajuda|ajudar|alguem|algum|alguma|algumas|also|am|an|and|any|anyone|ao|aos|aqui|are|as|at'
      || '|ate|be|been|bem|but|by|can|cant|com|como|con|consegue|conseguiu|consigo|could|d|da|dar|das|de|del'
      || '|deu|did|didnt|do|does|doesnt|don|dont|dos|duvida|e|el|ela|elas|ele|eles|em|en|era|es|essa|esse|esta'
      || '|este|estou|eu|faco|faz|fazer|foi|for|from|gente|get|gostaria|got|h|ha|had|has|have|hay|he|help|her'
      || '|his|how|i|if|im|in|into|is|isso|it|its|ive|ja|just|k|know|la|las|like|ll|los|m|mais|mas|me|meu|mi'
      || '|minha|my|n|na|nao|nas|need|no|nos|not|o|of|on|onde|or|os|ou|our|out|para|pela|pelo|pessoal|please'
      || '|pode|podem|poderia|por|porque|posso|pq|pra|preciso|pro|puede|puedo|q|quais|qual|quando|quantas'
      || '|quanto|quantos|que|quem|queria|re|s|sabe|sabem|saber|saberia|sao|se|sem|ser|seria|she|should|so'
      || '|some|someone|son|still|t|ta|tambem|tem|tenho|ter|than|that|the|them|then|there|they|this|to|too|tu'
      || '|tudo|u|um|uma|umas|un|una|uns|up|us|vai|vc|vcs|ve|ver|voces|vou|want|was|we|what|when|where|which'
      || '|who|why|will|with|would|x|y|you|your'
      || ')$'
    )
),
-- The rarer in questions, the more a piece weighs. Whole numbers, so that every engine adds them to the same.
weighed AS (
  SELECT
    chat_id,
    message_id,
    piece,
    CAST(
      round(100 * ln((question_amount + 1) / CAST(count(*) OVER (PARTITION BY chat_id, piece) AS double))) AS bigint
    ) AS weight
  FROM pieces
),
-- The same with all questions of one length: the squares of a question's weights add up to 1000 * 1000.
vectors AS (
  SELECT
    chat_id,
    message_id,
    piece,
    CAST(
      round(1000 * weight / sqrt(CAST(sum(weight * weight) OVER (PARTITION BY chat_id, message_id) AS double))) AS bigint
    ) AS weight
  FROM weighed
  WHERE piece NOT LIKE '=%'
),
stems AS (
  SELECT chat_id, message_id, array_agg(CAST(weight AS varchar) || piece) AS stems
  FROM weighed
  WHERE piece LIKE '=%'
  GROUP BY chat_id, message_id
),
-- First, a question belongs to that pair of its words that weighs most in most questions; a single word pairs with itself.
pairs AS (
  SELECT
    *,
    count(*) OVER (PARTITION BY chat_id, one, other) AS amount,
    CAST(split_part(one, '=', 1) AS bigint) + CAST(split_part(other, '=', 1) AS bigint) AS weight
  FROM (
    SELECT stems.chat_id, stems.message_id, one.stem AS one, other.stem AS other
    FROM stems
    CROSS JOIN UNNEST(stems.stems) AS one(stem)
    CROSS JOIN UNNEST(stems.stems) AS other(stem)
    WHERE one.stem < other.stem OR (one.stem = other.stem AND cardinality(stems.stems) = 1)
  ) AS every_pair
),
paired AS (
  SELECT
    *,
    count(*) OVER (PARTITION BY chat_id, one, other) AS size,
    min(message_id) OVER (PARTITION BY chat_id, one, other) AS first_message_id
  FROM (
    SELECT
      *,
      row_number() OVER (PARTITION BY chat_id, message_id ORDER BY amount * weight DESC, one, other) AS place
    FROM pairs
    WHERE amount > 1
  ) AS ranked
  WHERE place = 1
),
-- The larger a group, the smaller its number.
groups AS (
  SELECT
    chat_id,
    message_id,
    dense_rank() OVER (PARTITION BY chat_id ORDER BY size DESC, first_message_id) AS number
  FROM paired
),
profiles AS (
  SELECT
    chat_id,
    number,
    piece,
    CAST(
      round(10000 * weight / sqrt(CAST(sum(weight * weight) OVER (PARTITION BY chat_id, number) AS double))) AS bigint
    ) AS weight
  FROM (
    SELECT groups.chat_id, groups.number, vectors.piece, sum(vectors.weight) AS weight
    FROM groups
    INNER JOIN vectors ON vectors.chat_id = groups.chat_id AND vectors.message_id = groups.message_id
    WHERE groups.number <= 1000
    GROUP BY groups.chat_id, groups.number, vectors.piece
  ) AS summed
),
-- Then a group joins the larger one that it is most like, where the cosine of the two is at least 0.22: 22 of 100 million.
likenesses AS (
  SELECT
    shared.chat_id,
    CAST((small.code - small.code % 100000) / 100000 AS bigint) AS number,
    CAST((large.code - large.code % 100000) / 100000 AS bigint) AS larger_number,
    sum((small.code % 100000) * (large.code % 100000)) AS product
  FROM (
    -- Number and weight as one, so that a piece's groups meet without this table being read twice.
    SELECT chat_id, array_agg(number * 100000 + weight) AS codes
    FROM profiles
    GROUP BY chat_id, piece
  ) AS shared
  CROSS JOIN UNNEST(shared.codes) AS small(code)
  CROSS JOIN UNNEST(shared.codes) AS large(code)
  WHERE large.code <= small.code
  GROUP BY
    shared.chat_id,
    CAST((small.code - small.code % 100000) / 100000 AS bigint),
    CAST((large.code - large.code % 100000) / 100000 AS bigint)
),
-- The n-th of these is the group that group n joins: itself, where no other is like it.
parents AS (
  SELECT chat_id, array_agg(larger_number ORDER BY number) AS parents
  FROM (
    SELECT
      chat_id,
      number,
      larger_number,
      row_number() OVER (
        PARTITION BY chat_id, number
        ORDER BY CASE WHEN larger_number = number THEN 1 ELSE 0 END, product DESC, larger_number
      ) AS place
    FROM likenesses
    WHERE larger_number = number OR product >= 22000000
  ) AS nearest
  WHERE place = 1
  GROUP BY chat_id
),
placed AS (
  SELECT
    vectors.chat_id,
    vectors.message_id,
    vectors.piece,
    vectors.weight,
    -- What a group joined may have joined another.
    CASE
      WHEN groups.number <= 1000 THEN parents.parents[parents.parents[groups.number]]
      ELSE groups.number
    END AS number
  FROM vectors
  LEFT JOIN groups ON groups.chat_id = vectors.chat_id AND groups.message_id = vectors.message_id
  LEFT JOIN parents ON parents.chat_id = groups.chat_id
),
kinds AS (
  SELECT *, CAST(sum(weight * weight) OVER (PARTITION BY chat_id, number) AS double) AS squares
  FROM (
    SELECT chat_id, number, piece, sum(weight) AS weight
    FROM placed
    WHERE number IS NOT NULL
    GROUP BY chat_id, number, piece
  ) AS summed
),
-- At last each question goes to the group that it is most like: by the cosine of the two, its own part in the group left out.
compared AS (
  SELECT
    placed.chat_id,
    placed.message_id,
    placed.number,
    kinds.number AS kind_number,
    kinds.squares,
    CAST(sum(placed.weight * kinds.weight) AS double) AS product
  FROM placed
  INNER JOIN kinds ON kinds.chat_id = placed.chat_id AND kinds.piece = placed.piece
  GROUP BY placed.chat_id, placed.message_id, placed.number, kinds.number, kinds.squares
),
likened AS (
  SELECT
    chat_id,
    message_id,
    kind_number,
    CASE
      WHEN number = kind_number
        THEN (product - 1000000) / (1000 * sqrt(greatest(squares - 2 * product + 1000000, 1)))
      ELSE product / (1000 * sqrt(squares))
    END AS likeness
  FROM compared
),
chosen AS (
  SELECT chat_id, message_id, kind_number, likeness
  FROM (
    SELECT
      *,
      row_number() OVER (PARTITION BY chat_id, message_id ORDER BY likeness DESC, kind_number) AS place
    FROM likened
    WHERE likeness >= 0.22
  ) AS ordered
  WHERE place = 1
)
SELECT
  numbered.chat_id,
  numbered.message_id,
  -- Questions that are like no others are of one kind where their words are the same.
  min(numbered.message_id) OVER (
    PARTITION BY
      numbered.chat_id,
      chosen.kind_number,
      CASE WHEN chosen.kind_number IS NULL THEN numbered.question END
  ) AS group_message_id,
  chosen.likeness
FROM numbered
LEFT JOIN chosen ON chosen.chat_id = numbered.chat_id AND chosen.message_id = numbered.message_id
