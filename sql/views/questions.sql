-- name: questions
-- description: One row for each message that asks something of the group, with or without a question mark: the columns of messages, the question in bare words, and the sign by which it was found (mark, opening, phrase or trouble).
WITH folded AS (
  -- Without case, accents, and what holds marks that ask nothing: links, file names, schedules, code.
  SELECT
    *,
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
  -- Without whom it calls, how it greets and thanks, and tags: "Bom dia, tudo bem?" asks nothing.
  SELECT
    *,
    regexp_replace(
      regexp_replace(
        folded,
        '@[a-z0-9_]+|^/[a-z0-9_]+|^[^\s:,]+[:,] +'
        || '|\b(bom dia|boa (tarde|noite)|ola|oi+|opa|e ai|pessoal|galera|gente|turma|povo|amig[oa]s?|colegas|prezad[oa]s)\b'
        || '|\b(tudo (bem|bom|certo)( com (voces|vcs|todos)| por (ai|aqui))?|como vao|beleza)\b\s*\?*'
        || '|\b(hi|hiya|hello|hey|good (morning|afternoon|evening))( all| everyone| guys| there| room)?\b'
        || '|\bhow are you( all| doing)?\b\s*\?*'
        || '|\b(hola|buen[oa]s (dias|tardes|noches))\b'
        || '|\b(por favor|pfv?r?|pls|plz|obrigad[oa]|obg|valeu|vlw|please|thanks|thank you|thx|gracias)\b',
        ' '
      ),
      '\b(ne|hein|ok|certo|kkk+|haha+|lol|rs+)\b\s*\?+|^\W*(serio|jura|mesmo|alguem|really|seriously)\W*$',
      ' '
    ) AS bare
  FROM folded
),
worded AS (
  SELECT *, trim(regexp_replace(bare, '[^\p{L}\p{N}+#]+', ' ')) AS question
  FROM bare
),
signed AS (
  SELECT
    *,
    CASE
      -- A mark of any script right behind a word, or at the end.
      WHEN regexp_like(
        bare,
        '[\p{L}\p{N}][\p{L}\p{N})"''”»*_.!…]*(\?|؟|？|﹖|︖|՞|፧)|[\p{L}\p{N}] *[?؟？]+[\s?!.)]*$'
        || '|[\p{L}\p{N}]{2} [?؟？]+\s|\p{Greek}\s*;\s*$'
      ) THEN 'mark'
      -- Without a mark a reply is somebody's answer.
      WHEN reply_to_message_id IS NOT NULL THEN NULL
      -- It begins as questions begin,
      WHEN length(question) > 9 AND regexp_like(
        opened,
        '^('
        || 'alguem|algm|como|qual|quais|quando|onde|aonde|cade|quanto[as]*|quem (sabe|pode|tem|consegue'
        || '|conseguiu|entende|manja|vai|e)|por que|pq|(ate |a |em )?que (horas?|lugar|dia)|o que|oq'
        || '|tem como|da (pra|para)|sera q|existe|posso|podem?|poderia|consegue[m]?|sabem?|voces sabem|vcs'
        || '|ces|tem alguem|e possivel|duvida|ajuda|socorro|me (ajud|da|explic|indic)[a-z]*|preciso'
        || '|gostaria|queria|nao (consigo|estou|to|sei|funciona|entendi|consegui)|nunca entendi|estou com'
        || '|to com|link d|alguien|cual|donde|cuando|cuanto|quien|necesito|puedo|hay alg|(ja )?saiu|vai ter'
        || '|teve|e [a-z0-9 ]{3,60} ou'
        || ')\b'
      ) THEN 'opening'
      WHEN regexp_like(
        opened,
        '^('
        || 'how|hows|what|whats|wat|wut|wuts|where|wheres|who|whos|which|whose|why|when|any|anyone|anybody'
        || '|ne1|wtf|(is|isn t|isnt|are|aren t|arent|am|was|were|do|don t|does|doesn t|doesnt|did|didn t'
        || '|has|have|had|can|could|couldn t|will|would|wouldn t|should|shall|may|might) (i|you|u|ya|we'
        || '|they|he|she|it|this|that|these|those|there|the|my|your|ur|any|anyone|anybody|someone|somebody'
        || '|some one|one|people|everyone)|explain|tell (me|us)|show (me|us)|let me know|advise|help'
        || '|(somebody|someone|some one|some1) (please |can |could |here |who )*(help|explain|tell|know'
        || '|knows|show|advise|point|recommend)|need (help|some help|to know)|having (a |some )?(problem'
        || '|problems|trouble|issue|issues|difficult[a-z]*)|(got a |quick |another |new )*question'
        || '|want to know|wonder(ing)?'
        || ')\b'
      ) THEN 'opening'
      -- in as many words as a request has: "I need coffee" is none.
      WHEN length(question) > 24 AND regexp_like(
        opened,
        '^('
        || '(i|we|im|i m|i am|i ve|ive|i d|id) (really |just |also |still |only |currently )*(need|want'
        || '|wanted|wish to|would (really )?like|like to|trying|tried|was trying|looking for|wondering'
        || '|was wondering|have (a|an|some|this|the same|another) (quick |small |little |weird '
        || '|strange )?(question|problem|issue|doubt|error|trouble)|can t|cant|can not|cannot|couldn t'
        || '|could not|don t (know|understand|see)|dont (know|understand|see)|do not (know|understand|see'
        || '|feel|recogni[sz]e)|having|unable|not able|not sure|got (a|an|this|some) (error|problem'
        || '|question|issue)|haven t|havent|have not|lost|forgot|left|did not|didn t|must|was charged)'
        || '|trying to|not sure|still need|looking for'
        || ')\b'
      ) THEN 'opening'
      -- It has words that only questions and requests have.
      WHEN regexp_like(folded, '^[^a-z]*(duvida|pergunta|ajuda|question|help):')
        OR regexp_like(
          folded,
          '\b(please|pls|plz) ('
          || 'explain|tell|show|check|cancel|delete|close|remove|send|confirm|review|help|look|advise'
          || '|refund|fix|let me|give me|point'
          || ')\b'
        )
        OR regexp_like(
          question,
          '\b('
          || '(como|onde|aonde|oq|o que|q mais|que mais) (eu |que eu )?[a-z]{2,}o|(ate|em|a) que (hora'
          || '|lugar|dia)s?|sera q(ue)?|o que e isso|q falta|cade (o|a)|me ajud[ae]m?|nao (consigo|funciona'
          || '|esta funcionando|ta funcionando)|(deu|da|dando) erro|nao entendi|alguem (sabe|pode|consegue'
          || '|conseguiu|tem|manja|entende|ajuda|da|viu|ja)'
          || ')\b'
        )
        OR regexp_like(
          question,
          '\b('
          || '(get|gets|getting|got) (an|this|the|a|some) error|(does not|doesn t|doesnt|isn t|won t|wont'
          || '|stopped|never) work(s|ing)?|how (do|can|could|should|does) (i|you|u|we|one|it)|what should i'
          || '|any ?(one|body) (know|knows|have|has|here|tried|using|got)|any (idea|ideas|help|suggestions?'
          || '|advice)|is there (a|any|an|some)|(can|could) (someone|somebody|anyone)|(having|new'
          || '|another) (a |some |an )?(problem|problems|trouble|issue|issues|difficult[a-z]*)'
          || '|do any of you|advise|(want|wanted|like) to (know|ask)|questions? about|(will|can|should'
          || '|could) i (be|do|use|get|need|have|still)|hard time|explain (me|to me|why|how)'
          || ')\b'
        ) THEN 'phrase'
      -- It tells of the author's own trouble.
      WHEN (length(question) > 24 AND regexp_like(question, '\b(i|my|me|im|ive|we|our)\b') OR regexp_like(question, '^(my|our) '))
        AND regexp_like(
          question,
          '\b('
          || '(not|never|no longer|can t|cant|couldn t|didn t|didnt|won t|wont|doesn t|isn t|haven t|hasn t'
          || '|wasn t|refuses to|failed to) ([a-z]+ ){0,2}(work|working|show|showing|receive|received|get'
          || '|got|give|gave|return|recogni[sz]e|open|start|boot|load|find|connect|arrive|arrived|accept'
          || '|accepted|approve|play|see|install|update|mount|print|make|do|changed)|declin[a-z]*|fail(s|ed'
          || '|ing|ure)?|reject(s|ed)?|refused|stolen|missing|pending|charged|duplicate[sd]?|stuck|stopped'
          || '|crash(es|ed|ing)?|broken|errors?|freez[a-z]*|frozen|blocked|disappear(s|ed)|swallowed'
          || '|forgotten'
          || ')\b'
        ) THEN 'trouble'
      WHEN regexp_like(
          question,
          '\b('
          || 'meu|minha|meus|minhas|eu|to|estou|fiz|criei|configurei|configurado|tentei|tomei|colei|chamo'
          || '|mando|uso|tenho|quero'
          || ')\b'
        )
        AND regexp_like(
          question,
          '\b('
          || '(nao|n|nada|nem) (acha|aparece|abre|abriu|aceita|quer|responde|recebe|roda|rodou|carrega'
          || '|chega|chegou|ativa|salva|grava|mostra|envia|baixa|instala|inicia|atualiza|sobe|passa|permite'
          || '|encontra|le|conecta|funciona|vai|foi|deixa|entra|entrou|basta|reconhece|consigo|acontece|do'
          || '|da|deu)[a-z]*|erro|error|denied|timed? ?out|timeout|negad[oa]|negando|recusa|falh[a-z]+'
          || '|parou|morre|trav(a|ou|ando)|sumiu|bloquead[oa]|bugad[oa]|bugou|estour(a|ou)|exception|unable'
          || '|vazi[oa]|zero linhas|0 (linhas|rows)|invalid[ao]?'
          || ')\b'
        ) THEN 'trouble'
    END AS sign
  FROM (
    -- Without the words that lead in: "then how do I …".
    SELECT
      *,
      regexp_replace(
        question,
        '^(('
        || 'e|mas|entao|uma|tenho uma|so|and|but|ok|okay|well|also|um|hmm+|oh|now|aqui|then|dude|man|guys'
        || '|folks|everyone|everybody|all|just|yeah|yes|no|sorry|wondering|wow|omg|lol'
        || ') )+'
      ) AS opened
    FROM worded
  ) AS opened
)
SELECT *
FROM signed
WHERE sign IS NOT NULL
  AND question <> ''
  -- A message that ends with laughter is a joke; "como eu disse" and "dica: …" tell.
  AND NOT regexp_like(question, '^como (eu |ja |a gente |voces |vcs )*(diss|fal|dit|combin)')
  AND NOT regexp_like(folded, '^\W*(dica|aviso|lembrete|obs|comunicado|novidade|fyi|tip|note|psa|announcement)\s*:')
  AND NOT regexp_like(folded, '(k{3,}|(ha){2,}|(rs){2,}|😂|🤣)[^a-z0-9]*$')
