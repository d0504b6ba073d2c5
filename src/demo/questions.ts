/** A question that comes up again and again, in one of a few wordings, with what people answer. */
export interface RecurringQuestion {
  /** How often it is asked, next to the others. */
  readonly weight: number;
  /** The first wording is the most common. */
  readonly wordings: readonly string[];
  readonly answers: readonly string[];
  /** The language people answer in; Portuguese by default. */
  readonly language?: 'en';
}

/** What the demo group asks most. Text between backticks is sent as code. */
export const recurringQuestions: readonly RecurringQuestion[] = [
  {
    weight: 10,
    wordings: ['A aula de hoje vai ficar gravada?', 'Onde encontro a gravação da aula?'],
    answers: [
      'Vai sim! A gravação sobe na plataforma até o meio-dia de amanhã.',
      'Fica gravada, está em Módulos > Gravações 🎥',
      'Sempre fica. Se não aparecer amanhã cedo, me avisa aqui.',
    ],
  },
  {
    weight: 9,
    wordings: ['Como descubro o chat_id do grupo?', 'Como faço para pegar o chat_id do grupo?'],
    answers: [
      'Manda uma mensagem no grupo e olha o `chat.id` que chega no `getUpdates`. Lembra que ele é negativo.',
      'Chama o `getUpdates` no navegador com o seu token e procura por `"chat":{"id":-100…}`',
      'Supergrupo começa com -100, copia o número inteiro, com o sinal.',
    ],
  },
  {
    weight: 9,
    wordings: [
      "Alguém sabe como resolver ModuleNotFoundError: No module named 'pandas'?",
      "Por que aparece No module named 'pandas' se eu já instalei?",
    ],
    answers: [
      'Provavelmente você instalou em outro ambiente. Ativa o venv e roda `python -m pip install pandas`.',
      'No notebook usa `%pip install pandas` e reinicia o kernel 😉',
      'Confere qual Python está rodando com `which python`, aqui era isso.',
    ],
  },
  {
    weight: 8,
    wordings: [
      'Por que minha consulta no Athena volta vazia?',
      'Por que o Athena não retorna nenhuma linha?',
    ],
    answers: [
      'Faltou a partição. Roda `MSCK REPAIR TABLE` ou usa partition projection.',
      'Confere se o LOCATION termina com barra e se a pasta é `context_date=2026-11-01`.',
      'Aqui era o filtro de data: dia em UTC e a tabela no horário de São Paulo.',
    ],
  },
  {
    weight: 8,
    wordings: ['Qual o prazo de entrega do projeto?', 'Até quando posso entregar o projeto?'],
    answers: [
      'Quarta, dia 18/11, até 23:59 📌',
      '18 de novembro, às 23:59. Não deixa para a última hora!',
      'Dia 18. Depois disso perde um ponto por dia.',
    ],
  },
  {
    weight: 7,
    wordings: ['Por que o bot não recebe as mensagens do grupo?', 'Por que meu bot só recebe comandos?'],
    answers: [
      'Privacy mode! Desliga no BotFather com `/setprivacy` e depois tira e põe o bot no grupo.',
      'Ou desliga o privacy mode, ou promove o bot a administrador.',
    ],
  },
  {
    weight: 7,
    wordings: ['Por que a hora da mensagem sai três horas adiantada?', 'Por que o horário vem em UTC?'],
    answers: [
      "Porque o Telegram manda em UTC. Usa `from_unixtime(date, 'America/Sao_Paulo')`.",
      'É fuso! GMT-3. Converte antes de agrupar por dia, senão as mensagens da noite caem no dia seguinte.',
    ],
  },
  {
    weight: 6,
    wordings: ['Como configuro o webhook do bot?', 'Como faço para saber se o webhook está funcionando?'],
    answers: [
      'Chama o `setWebhook` com a URL do API Gateway e o `secret_token`.',
      'Olha o `getWebhookInfo`: se `pending_update_count` só cresce, sua API está devolvendo erro.',
    ],
  },
  {
    weight: 6,
    wordings: ['Qual a diferença entre CSV e Parquet?', 'Por que usar Parquet em vez de CSV?'],
    answers: [
      'Parquet é colunar e comprimido: o Athena lê só as colunas da consulta, então sai mais barato.',
      'CSV não tem tipos. No Parquet a data é data, o número é número.',
    ],
  },
  {
    weight: 6,
    wordings: ['Dá para fazer o projeto sem conta na AWS?'],
    answers: [
      'Dá, roda tudo local primeiro. A conta só precisa na entrega final.',
      'Dá sim, com o modo local.',
    ],
  },
  {
    weight: 5,
    wordings: ['Como agendo a Lambda para rodar todo dia?'],
    answers: [
      'EventBridge com `cron(0 3 * * ? *)`: 3h UTC é meia-noite aqui.',
      'Regra no EventBridge. Cuidado que o cron lá é em UTC.',
    ],
  },
  {
    weight: 5,
    wordings: ['Vai ter aula no feriado?'],
    answers: ['Feriado não tem aula, mas a monitoria responde aqui.', 'Não, a gente repõe na quinta.'],
  },
  {
    weight: 5,
    wordings: ['Qual a diferença entre LEFT JOIN e INNER JOIN?'],
    answers: [
      'INNER só traz quem tem par nas duas tabelas; LEFT traz tudo da esquerda, com NULL onde não achou.',
      'Pensa nos alunos e nas entregas: LEFT mostra também quem não entregou.',
    ],
  },
  {
    weight: 5,
    wordings: ['Como faço para desfazer o último commit?'],
    answers: [
      '`git reset --soft HEAD~1` desfaz e guarda as alterações.',
      'Se já deu push, usa `git revert`.',
    ],
  },
  {
    weight: 5,
    wordings: ['Quando sai o certificado?'],
    answers: [
      'Duas semanas depois da nota final.',
      'Primeira quinzena de dezembro, pelo que a Camila falou.',
    ],
  },
  {
    weight: 4,
    wordings: ['Por que dá AccessDenied quando a Lambda grava no S3?'],
    answers: [
      'Falta permissão na role: `s3:PutObject` no bucket/*',
      'Confere se o ARN termina com `/*`, sem isso a permissão vale só para o bucket.',
    ],
  },
  {
    weight: 4,
    wordings: ['Posso entregar o projeto em dupla?'],
    answers: ['Pode, em dupla, mas cada um sobe o próprio repositório.', 'Pode sim 👍'],
  },
  {
    weight: 4,
    wordings: ['Como converto timestamp Unix para data no SQL?'],
    answers: ["`from_unixtime(date)` no Athena; no pandas é `pd.to_datetime(df.date, unit='s')`."],
  },
  {
    weight: 4,
    wordings: ['O Athena cobra por consulta?', 'Quanto custa uma consulta no Athena?'],
    answers: [
      'Cobra por dado lido, 5 dólares por TB. Nosso projeto dá centavos.',
      'Mínimo de 10 MB por consulta.',
    ],
  },
  {
    weight: 3,
    wordings: ['Como instalo o Docker no Windows?'],
    answers: [
      'Instala o WSL 2 primeiro, depois o Docker Desktop.',
      'Tem um passo a passo fixado no canal de avisos.',
    ],
  },
  {
    weight: 3,
    wordings: ['Como leio um JSON aninhado no pandas?'],
    answers: [
      '`pd.json_normalize` resolve quase tudo.',
      'Se for lista dentro de lista, usa o `record_path`.',
    ],
  },
  {
    weight: 3,
    wordings: ['Alguém mais com erro 502 no API Gateway?'],
    answers: ['502 é a Lambda devolvendo algo que não é `{statusCode, body}`. Olha o log no CloudWatch.'],
  },
  {
    weight: 3,
    language: 'en',
    wordings: ["Is there a recording of yesterday's class?"],
    answers: ['Yes, under Modules > Recordings. Subtitles come one day later.', 'It is up already 🎥'],
  },
  {
    weight: 3,
    language: 'en',
    wordings: ['How do I group messages by week in SQL?', 'How can I get the week number in Athena?'],
    answers: [
      '`week(ts)` gives the ISO week. Careful at the turn of the year!',
      "`date_trunc('week', ts)` is safer.",
    ],
  },
  {
    weight: 2,
    language: 'en',
    wordings: ['Where can I find the slides?'],
    answers: ['Pinned in the announcements channel.', 'Same folder as the notebooks.'],
  },
];

/** Problems told without a question mark; each wording comes back. */
export const recurringProblems: readonly RecurringQuestion[] = [
  {
    weight: 4,
    wordings: ['Não consigo acessar a plataforma'],
    answers: [
      'Limpa o cache e tenta de novo, voltou agora há pouco.',
      'Caiu para todo mundo, já avisamos o suporte.',
    ],
  },
  {
    weight: 3,
    wordings: ['Deu erro no pip install do pyarrow'],
    answers: ['Atualiza o pip antes: `python -m pip install -U pip`', 'É a versão do Python. Usa a 3.12.'],
  },
  {
    weight: 3,
    wordings: ['O sam deploy não funciona aqui, fica parado no CloudFormation'],
    answers: [
      'Olha a aba Events da stack, o motivo aparece lá.',
      'Bucket com esse nome já existe, troca o sufixo.',
    ],
  },
];

/** Questions asked once or twice: each slot in braces is filled by chance from {@link slots}. */
export const singleQuestions: readonly string[] = [
  'Alguém já usou {tool} em produção?',
  '{tool} ou {tool}, qual vocês aprenderiam primeiro?',
  'Como faço para {task} no pandas?',
  'Qual a melhor forma de {task}?',
  'Vocês fizeram o exercício {exercise} com {tool} ou no braço?',
  'A questão {exercise} do módulo {module} está certa? Meu resultado não bate.',
  'No módulo {module}, precisa instalar {tool}?',
  'Qual curso de {tool} vocês indicam?',
  'Vale a pena colocar {tool} no currículo?',
  'Minha query demora {number} minutos, é normal?',
  'Quantas linhas tem o dataset do módulo {module}? O meu ficou com {number} mil.',
  'Dá para {task} direto no SQL?',
  'Alguém fez o desafio do módulo {module}?',
  'O exercício {exercise} é obrigatório?',
  'Como vocês organizam os notebooks do módulo {module}?',
  'Qual versão do Python vocês usam com {tool}?',
  'Por que o meu {tool} fecha sozinho quando vou {task}?',
  'Existe um jeito de {task} sem estourar a memória?',
  'Tem vaga de estágio para quem sabe {tool}?',
];

/** As {@link singleQuestions}, from those who write in English. */
export const singleQuestionsInEnglish: readonly string[] = [
  'Has anyone tried {tool} with the module {module} dataset?',
  'Is {tool} part of the final project?',
  'Did you all get the same result in exercise {exercise}?',
  'Which Python version works with {tool}?',
];

/** Answers that fit any of {@link singleQuestions}. */
export const singleAnswers: readonly string[] = [
  'Eu fiz com {tool} e foi tranquilo.',
  'Depende do volume. Até uns milhões de linhas, vai de boa.',
  'Também fiquei nessa dúvida, vou testar hoje à noite e te falo.',
  'Acho que a Camila comentou isso na aula do módulo {module}.',
  'Aqui funcionou depois que eu atualizei o {tool}.',
  'Sim! Olha a documentação: https://docs.example.com/search?q=intro',
  'Não precisa, dá para fazer só com o que vimos em aula.',
  'Eu usaria {tool} para isso.',
  'Tenta reduzir para {number} mil linhas primeiro, só para ver se roda.',
  'Manda um print do erro que eu olho',
  'Te respondo com calma mais tarde, mas em resumo: sim.',
  'Vi um exemplo parecido no repositório da turma 👀',
];

/** As {@link singleAnswers}, in English. */
export const singleAnswersInEnglish: readonly string[] = [
  'I did it with {tool}, no problem so far.',
  'Yes, see https://docs.example.com/search?q=module+{module}',
  'Not needed, plain SQL is enough.',
  'Same doubt here, I will try it tonight.',
];

/** What a slot such as `{tool}` may hold. */
export const slots: Readonly<Record<string, readonly string[]>> = {
  tool: [
    'DuckDB',
    'Airflow',
    'dbt',
    'Spark',
    'Polars',
    'Power BI',
    'Metabase',
    'Docker',
    'Kafka',
    'Great Expectations',
  ],
  task: [
    'juntar duas tabelas grandes',
    'remover linhas duplicadas',
    'calcular a média móvel',
    'tratar datas com fuso',
    'ler vários CSVs de uma pasta',
    'contar palavras por mensagem',
    'transformar linhas em colunas',
    'mascarar dados pessoais',
    'comparar duas colunas de texto',
    'salvar em Parquet particionado',
  ],
  exercise: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'],
  number: ['2', '3', '4', '5', '7', '8', '12', '15', '20', '40'],
  module: ['2', '3', '4', '5', '6', '7', '8'],
};
