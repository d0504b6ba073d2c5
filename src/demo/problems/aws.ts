import type { Problem } from './problem.ts';

/** Lambda, S3, API Gateway, Athena. */
export const awsProblems: readonly Problem[] = [
  {
    weight: 8,
    wordings: [
      'Por que minha consulta no Athena volta vazia?',
      'o athena não retorna nenhuma linha, mas o arquivo tá lá no s3',
      'Criei a tabela e o SELECT vem com zero resultados, o que esqueci?',
      'Minha tabela no Athena aparece sem dados, alguém passou por isso?',
      'consulta no athena roda sem erro e não vem nada??',
    ],
    answers: [
      'Faltou a partição. Roda `MSCK REPAIR TABLE` ou usa partition projection.',
      'Confere se o LOCATION termina com barra e se a pasta é `context_date=2026-11-01`.',
      'Aqui era o filtro de data: dia em UTC e a tabela no horário de São Paulo.',
    ],
  },
  {
    weight: 5,
    botKnows: true,
    wordings: [
      'Como agendo a Lambda para rodar todo dia?',
      'qual o cron do EventBridge para meia-noite no Brasil?',
      'Quero que o ETL rode sozinho de madrugada, onde configuro o horário?',
      'Tem como programar a lambda sem deixar meu computador ligado?',
    ],
    answers: [
      'EventBridge com `cron(0 3 * * ? *)`: 3h UTC é meia-noite aqui.',
      'Regra no EventBridge. Cuidado que o cron lá é em UTC.',
    ],
  },
  {
    weight: 4,
    wordings: [
      'Por que dá AccessDenied quando a Lambda grava no S3?',
      'minha lambda não tem permissão para escrever no bucket, qual política falta?',
      'Erro de Access Denied no PutObject, alguém sabe?',
      'A função executa mas na hora de salvar no S3 diz acesso negado',
    ],
    answers: [
      'Falta permissão na role: `s3:PutObject` no bucket/*',
      'Confere se o ARN termina com `/*`, sem isso a permissão vale só para o bucket.',
    ],
  },
  {
    weight: 4,
    botKnows: true,
    wordings: [
      'O Athena cobra por consulta?',
      'Quanto custa uma consulta no Athena?',
      'vou pagar quanto se rodar umas cem queries no athena?',
      'É caro usar o Athena no projeto? tenho medo da fatura',
    ],
    answers: [
      'Cobra por dado lido, 5 dólares por TB. Nosso projeto dá centavos.',
      'Mínimo de 10 MB por consulta, então para a gente é quase nada.',
    ],
  },
  {
    weight: 3,
    wordings: [
      'Alguém mais com erro 502 no API Gateway?',
      'a API devolve Internal server error e a lambda nem aparece no log',
      'O que quer dizer 502 Bad Gateway quando chamo minha URL?',
      'Meu endpoint só responde 502, testei no Postman',
    ],
    answers: [
      '502 é a Lambda devolvendo algo que não é `{statusCode, body}`. Olha o log no CloudWatch.',
      'O `body` tem que ser string! Faz um `json.dumps` antes.',
    ],
  },
  {
    weight: 3,
    wordings: [
      'O sam deploy fica parado no CloudFormation, o que faço?',
      'sam deploy não termina nunca, tá há 20 minutos em CREATE_IN_PROGRESS',
      'Minha stack entrou em ROLLBACK no deploy, onde vejo o motivo?',
      'deploy do SAM falhou e não sei por quê',
    ],
    answers: [
      'Olha a aba Events da stack, o motivo aparece lá.',
      'Bucket com esse nome já existe, troca o sufixo.',
    ],
  },
  {
    weight: 2,
    wordings: [
      'Como vejo os logs da Lambda?',
      'onde fica o print que eu coloquei na função?',
      'Cadê o CloudWatch da lambda, não acho o log group',
      'tem como acompanhar o log da função em tempo real?',
    ],
    answers: [
      'CloudWatch, Log groups, `/aws/lambda/nome-da-funcao`. Ou `sam logs --tail`.',
      'Na aba Monitor da função tem o botão direto para o CloudWatch.',
    ],
  },
  {
    weight: 2,
    wordings: [
      'A Lambda dá timeout depois de 3 segundos, dá para aumentar?',
      'Task timed out after 3.00 seconds, alguém sabe resolver?',
      'Minha função é cortada no meio do processamento, como dou mais tempo?',
      'qual o tempo máximo que uma lambda pode rodar?',
    ],
    answers: [
      'Aumenta o `Timeout` no template, vai até 15 minutos.',
      'Em Configuration > General, o padrão é 3 segundos.',
    ],
  },
  {
    weight: 1.5,
    wordings: [
      'Como apago tudo da AWS no fim do curso?',
      'terminei o projeto, como faço para não ser cobrado?',
      'O bucket não deixa deletar a stack porque não está vazio',
      'Qual a ordem certa para remover os recursos e zerar a conta?',
    ],
    answers: [
      'Esvazia os buckets e depois `sam delete`.',
      'Primeiro os buckets, depois a stack. E confere o Billing no dia seguinte.',
    ],
  },
  {
    weight: 1,
    wordings: [
      'Qual região da AWS vocês estão usando?',
      'crio tudo em us-east-1 ou em São Paulo?',
      'faz diferença a região sa-east-1 para o projeto?',
    ],
    answers: [
      'sa-east-1 fica mais perto, us-east-1 é mais barata. Só não mistura.',
      'Eu deixei tudo em us-east-1, igual à aula.',
    ],
  },
  {
    weight: 1,
    wordings: [
      'Como coloco o token como variável de ambiente na Lambda?',
      'onde guardo o segredo do bot para não ficar no código?',
      'É seguro deixar o token dentro do arquivo da função?',
      'Secrets Manager ou variável de ambiente para o token, o que a aula recomenda?',
    ],
    answers: [
      'Em Configuration > Environment variables. No código é `os.environ["TOKEN"]`.',
      'Para o projeto, variável de ambiente basta. Só não sobe no GitHub.',
    ],
  },
  {
    weight: 0.8,
    wordings: [
      'Preciso de layer para usar pyarrow na Lambda?',
      'o pacote da lambda passou de 250 MB por causa do pyarrow',
      'Unable to import module: pyarrow na função, faltou o quê?',
    ],
    answers: ['Usa a layer AWSSDKPandas, já vem com pyarrow.', 'Precisa da layer, o zip estoura o limite.'],
  },
  {
    weight: 0.6,
    wordings: [
      'Como recupero um arquivo que apaguei do S3?',
      'deletei o bucket raw por engano, tem volta?',
      'Dá para desfazer a exclusão de um objeto no s3?',
    ],
    answers: [
      'Se o versionamento estava ligado, apaga o delete marker e ele volta.',
      'Sem versionamento, não tem volta 😬',
    ],
  },
];
