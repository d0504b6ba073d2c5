-- name: questions
-- description: One row for each message that asks something of the group, with or without a question mark: the columns of messages, and the question in bare words.
WITH asked AS (
  SELECT
    *,
    -- Without case, accents, code and links, whose marks ask nothing.
    regexp_replace(
      regexp_replace(lower(normalize(content, NFD)), '\p{Mn}'),
      '(https?://|www\.|[a-z0-9-]+\.[a-z]+/)\S*[^\s?]|\([^()]*\* \?[^()]*\)|[=<>,(]\s*\?',
      ' '
    ) AS folded
  FROM messages
  -- Bots, channels and the group itself announce; what is forwarded or long was not written to ask here.
  WHERE kind = 'message'
    AND NOT is_bot
    AND sender_chat_id IS NULL
    AND NOT coalesce(is_forward, false)
    AND length(content) <= 600
),
bare AS (
  -- Without whom it calls and how it greets: "Bom dia, tudo bem?" asks nothing, "pessoal, qual layer?" asks from "qual" on.
  SELECT
    *,
    regexp_replace(
      regexp_replace(
        folded,
        '@[a-z0-9_]+|^[^\s:,]+[:,] +'
        || '|\b(bom dia|boa (tarde|noite)|ola|oi+|opa|e ai|pessoal|galera|gente|turma|povo|amig[oa]s?|colegas|prezad[oa]s)\b'
        || '|\b(tudo (bem|bom|certo)( com (voces|vcs|todos)| por (ai|aqui))?|como vao|beleza)\b\s*\?*'
        || '|\b(hi|hello|hey|good (morning|afternoon|evening))( all| everyone| guys| there)?\b'
        || '|\bhow are you( all| doing)?\b\s*\?*'
        || '|\b(hola|buen[oa]s (dias|tardes|noches))\b'
        || '|\b(por favor|pfv?r?|pls|plz|obrigad[oa]|obg|valeu|vlw|please|thanks|thank you|thx|gracias)\b',
        ' '
      ),
      '\b(ne|hein|ok|certo|right|kkk+|haha+|lol|rs+)\b\s*\?+',
      ' '
    ) AS bare
  FROM asked
),
worded AS (
  SELECT *, trim(regexp_replace(bare, '[^\p{L}\p{N}+#]+', ' ')) AS question
  FROM bare
)
SELECT *
FROM worded
-- A message that ends with laughter is a joke; "como eu disse" reports.
WHERE NOT regexp_like(question, '^como (eu |ja |a gente |voces |vcs )*(diss|fal|dit|combin)')
  AND NOT regexp_like(folded, '(k{3,}|(ha){2,}|(rs){2,}|lol|😂|🤣)[^a-z0-9]*$')
  AND (
    -- A mark of any script right behind a word, or at the end; a single word asks when it is one that asks.
    (
      regexp_like(
        bare,
        '[\p{L}\p{N}][\p{L}\p{N})"''”»*_.!…]*(\?|؟|？|﹖|︖|՞|፧)|[\p{L}\p{N}] *[?؟？]+[\s?!.)]*$|\p{Greek}\s*;\s*$'
      )
      AND (
        strpos(question, ' ') > 0
        OR regexp_like(question, '^(onde|quando|qual|quais|quanto|quem|como|pq|por que|oq|o que|todas|what|why|where|when|who|how|which)$')
        OR regexp_like(question, '[^\x00-\x7F]')
      )
    )
    -- To nobody in particular: a beginning that asks,
    OR (
      reply_to_message_id IS NULL AND length(question) > 9
      AND regexp_like(
        question,
        '^(e |mas |entao |uma |tenho uma |so |so and |and |ok |well |also |um |hmm |so wondering |aqui )*('
        || 'alguem|algm|como|qual|quais|quando|onde|aonde|cade|quanto[as]*|quem (sabe|pode|tem|consegue|conseguiu|entende|manja|vai|e)|por que|pq|(ate |a |em )?que (horas?|lugar|dia)|o que|oq'
        || '|tem como|da (pra|para)|sera q|existe|posso|podem?|poderia|consegue[m]?|sabem?|voces sabem|vcs|ces|tem alguem|e possivel'
        || '|duvida|ajuda|socorro|me (ajud|da|explic|indic)[a-z]*|preciso|gostaria|queria|nao (consigo|estou|to|sei|funciona|entendi|consegui)|nunca entendi|estou com|to com|link d'
        || '|any(one|body)|some(one|body)|how|what|whats|where|when|who|which|why|is (there|it|this|that|my)|are (there|my|you)|can|could|does|do (i|you|we)|did|has (any|my)|have (you|any)|should|will|would'
        || '|i (need|want|have|cant|can t|cannot|am|m|don t|dont|still|would like|did not|didn t|was|tried|lost|got|just|think|ve|d like|made|forgot)|help|need|trying|my |if i |the .* (not|isn t|doesn t|didn t)'
        || '|alguien|cual|donde|cuando|cuanto|quien|necesito|puedo|hay alg'
        || ')\b'
      )
    )
    -- a phrase that asks anywhere,
    OR (
      reply_to_message_id IS NULL
      AND regexp_like(
        question,
        '\b((como|onde|aonde|oq|o que|q mais|que mais) (eu |que eu )?[a-z]{2,}o|(ate|em|a) que (hora|lugar|dia)s?|sera q(ue)?|o que e isso|q falta|cade (o|a)|me ajud[ae]m?|nao (consigo|funciona|esta funcionando|ta funcionando)|(deu|da|dando) erro|nao entendi|alguem (sabe|pode|consegue|conseguiu|tem|manja|entende|ajuda|da|viu|ja))\b'
        || '|\b((get|getting|got) (an|this) error|(does not|doesn t|not|isn t|won t|wont) work(ing)?|how (do|can|to|would) (i|you|we|to)?|any ?one (know|have|here)|any (idea|ideas|help|suggestions?)|is there (a|any))\b'
      )
    )
    -- a question that says that it is one,
    OR (reply_to_message_id IS NULL AND regexp_like(folded, '^[^a-z]*(duvida|pergunta|ajuda|question|help):'))
    -- or somebody's own trouble.
    OR (
      reply_to_message_id IS NULL
      AND regexp_like(question, '\b(meu|minha|meus|minhas|eu|to|estou|fiz|criei|configurei|configurado|tentei|tomei|colei|chamo|mando|uso|tenho|quero)\b')
      AND regexp_like(
        question,
        '\b(nao|n|nada|nem) (acha|aparece|abre|aceita|quer|responde|roda|carrega|chega|ativa|salva|le|conecta|funciona|vai|deixa|entra|basta|reconhece|consigo|acontece|do|da)[a-z]*\b'
        || '|\b(erro|error|denied|timed? ?out|timeout|negad[oa]|negando|recusa|falh[a-z]+|parou|morre|trava|estoura|exception|unable|vazi[oa]|zero linhas|0 (linhas|rows)|invalid[ao]?)\b'
      )
    )
  )
