/** Answers that fit a question about a picture. Each slot in braces is filled by chance from {@link slots}. */
export const photoAnswers: readonly string[] = [
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
