import type { Problem } from './problem.ts';

/** SQL, time zones and file formats. */
export const sqlProblems: readonly Problem[] = [
  {
    weight: 7,
    botKnows: true,
    wordings: [
      'Por que a hora da mensagem sai três horas adiantada?',
      'o horário está vindo em UTC, como passo para Brasília?',
      'Minhas mensagens das 22h caem no dia seguinte, é fuso?',
      'Como converto o horário do Telegram para São Paulo?',
      'a hora no athena não bate com a do celular, alguém arrumou isso?',
    ],
    answers: [
      "Porque o Telegram manda em UTC. Usa `from_unixtime(date, 'America/Sao_Paulo')`.",
      'É fuso! GMT-3. Converte antes de agrupar por dia, senão as mensagens da noite caem no dia seguinte.',
    ],
  },
  {
    weight: 6,
    botKnows: true,
    wordings: [
      'Qual a diferença entre CSV e Parquet?',
      'Por que usar Parquet em vez de CSV?',
      'o que o parquet tem de tão melhor? csv eu abro no excel',
      'vale a pena converter os csv do projeto para parquet?',
    ],
    answers: [
      'Parquet é colunar e comprimido: o Athena lê só as colunas da consulta, então sai mais barato.',
      'CSV não tem tipos. No Parquet a data é data, o número é número.',
    ],
  },
  {
    weight: 5,
    wordings: [
      'Qual a diferença entre LEFT JOIN e INNER JOIN?',
      'Quando eu uso left e quando uso inner join?',
      'não entendi por que o inner join sumiu com metade das linhas',
      'alguém explica join de um jeito simples? left, inner...',
    ],
    answers: [
      'INNER só traz quem tem par nas duas tabelas; LEFT traz tudo da esquerda, com NULL onde não achou.',
      'Pensa nos alunos e nas entregas: LEFT mostra também quem não entregou.',
    ],
  },
  {
    weight: 4,
    wordings: [
      'Como converto timestamp Unix para data no SQL?',
      'a coluna date vem com um número enorme, como transformo em data?',
      'Qual função do Athena lê epoch em segundos?',
      'o campo date é 1763500000, isso é data??',
    ],
    answers: [
      "`from_unixtime(date)` no Athena; no pandas é `pd.to_datetime(df.date, unit='s')`.",
      'São segundos desde 1970. `from_unixtime` resolve.',
    ],
  },
  {
    weight: 2.5,
    wordings: [
      'Como conto mensagens por hora do dia?',
      'preciso agrupar por hora no athena, qual função?',
      'Qual query mostra o horário em que o grupo mais fala?',
      'Quero um gráfico de mensagens por hora, como agrupo?',
    ],
    answers: [
      '`hour(from_unixtime(date))` e GROUP BY nela.',
      'Extrai a hora com `hour(...)` e conta. Não esquece do fuso antes.',
    ],
  },
  {
    weight: 2,
    wordings: [
      'O que é window function?',
      'Não entendi o OVER (PARTITION BY) da aula',
      'Como faço média móvel de sete dias no SQL?',
      'alguém tem um exemplo simples de window function?',
    ],
    answers: [
      '`avg(x) OVER (ORDER BY dia ROWS 6 PRECEDING)`: calcula olhando para as linhas vizinhas, sem agrupar.',
      'É um GROUP BY que não junta as linhas 🙂',
    ],
  },
  {
    weight: 1.5,
    wordings: [
      'Como removo linhas duplicadas no SQL?',
      'tem update_id repetido na minha tabela, como fico com um só?',
      'SELECT DISTINCT ou row_number para tirar duplicata?',
      'apareceram registros repetidos depois do ETL, como limpo?',
    ],
    answers: [
      '`row_number() OVER (PARTITION BY message_id ORDER BY update_id DESC)` e filtra = 1.',
      'DISTINCT só serve se a linha inteira for igual. Melhor row_number.',
    ],
  },
  {
    weight: 1.2,
    wordings: [
      'Minha query demora vários minutos, é normal?',
      'como deixo a consulta mais rápida no athena?',
      'A consulta lê a tabela inteira mesmo com WHERE, por quê?',
      'consulta lenta demais aqui, o que vocês fazem?',
    ],
    answers: [
      'Filtra pela partição `context_date`, senão ele lê tudo.',
      'Seleciona só as colunas que precisa, nada de SELECT *.',
    ],
  },
  {
    weight: 1,
    wordings: [
      'Como trato valor nulo na contagem?',
      'COUNT(coluna) deu menor que COUNT(*), por quê?',
      'média com NULL no meio sai errada?',
    ],
    answers: [
      'COUNT(coluna) ignora NULL. COUNT(*) conta todas as linhas.',
      'AVG também ignora os nulos. Se quiser zero, usa coalesce.',
    ],
  },
  {
    weight: 0.8,
    wordings: [
      'O que é partition projection?',
      'MSCK REPAIR ou partition projection, qual é melhor?',
      'Preciso rodar o repair todo dia para aparecer a partição nova?',
    ],
    answers: [
      'Com projection o Athena calcula as partições, não precisa de repair.',
      'Projection. Configura uma vez e esquece.',
    ],
  },
  {
    weight: 0.7,
    wordings: [
      'CTE ou subquery, o que fica melhor?',
      'para que serve o WITH no começo da consulta?',
      'WITH deixa a query mais lenta?',
    ],
    answers: [
      'CTE é mais fácil de ler, o desempenho é o mesmo.',
      'Serve para dar nome às partes. Eu uso sempre.',
    ],
  },
  {
    weight: 0.6,
    wordings: [
      'Como conto palavras por mensagem?',
      'preciso do tamanho médio dos textos, qual função conta as palavras?',
      'tem split no athena para separar as palavras?',
    ],
    answers: ["`cardinality(split(text, ' '))` dá o número de palavras.", 'Split por espaço e cardinality.'],
  },
];
