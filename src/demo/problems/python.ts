import type { Problem } from './problem.ts';

/** Python, notebooks and tools on one's own machine. */
export const pythonProblems: readonly Problem[] = [
  {
    weight: 9,
    botKnows: true,
    wordings: [
      "Alguém sabe como resolver ModuleNotFoundError: No module named 'pandas'?",
      "Por que aparece No module named 'pandas' se eu já instalei?",
      'o notebook não encontra o pandas, mas o pip diz que está instalado',
      'import pandas dá erro de módulo aqui, o que pode ser?',
    ],
    answers: [
      'Provavelmente você instalou em outro ambiente. Ativa o venv e roda `python -m pip install pandas`.',
      'No notebook usa `%pip install pandas` e reinicia o kernel 😉',
      'Confere qual Python está rodando com `which python`, aqui era isso.',
    ],
  },
  {
    weight: 5,
    botKnows: true,
    wordings: [
      'Como faço para desfazer o último commit?',
      'commitei o arquivo errado, como volto atrás no git?',
      'tem como cancelar um commit que ainda não dei push?',
      'Git: qual comando desfaz o commit sem perder as alterações?',
    ],
    answers: [
      '`git reset --soft HEAD~1` desfaz e guarda as alterações.',
      'Se já deu push, usa `git revert`.',
    ],
  },
  {
    weight: 3,
    wordings: [
      'Como instalo o Docker no Windows?',
      'docker desktop não abre no meu windows 11, pede WSL',
      'Precisa de WSL para o Docker funcionar?',
      'alguém tem um tutorial de docker para quem usa windows?',
    ],
    answers: [
      'Instala o WSL 2 primeiro, depois o Docker Desktop.',
      'Tem um passo a passo fixado no canal de avisos.',
    ],
  },
  {
    weight: 3,
    wordings: [
      'Como leio um JSON aninhado no pandas?',
      'o json do telegram tem objeto dentro de objeto, como viro isso em colunas?',
      'Qual função transforma json aninhado em DataFrame?',
      'Estou tentando abrir message.from.id no pandas e não consigo',
    ],
    answers: [
      '`pd.json_normalize` resolve quase tudo.',
      'Se for lista dentro de lista, usa o `record_path`.',
    ],
  },
  {
    weight: 3,
    wordings: [
      'Deu erro no pip install do pyarrow',
      'pyarrow não instala aqui, fala que falta o cmake',
      'Alguém conseguiu instalar o pyarrow no Mac?',
      'pip install pyarrow: failed building wheel, o que eu faço?',
    ],
    answers: ['Atualiza o pip antes: `python -m pip install -U pip`', 'É a versão do Python. Usa a 3.12.'],
  },
  {
    weight: 2,
    wordings: [
      'Qual versão do Python a gente usa no curso?',
      'Python 3.13 funciona com as bibliotecas da aula?',
      'preciso trocar de python? o meu é o 3.8',
    ],
    answers: ['3.12, igual à da aula.', 'A 3.8 é velha demais, instala a 3.12.'],
  },
  {
    weight: 1.5,
    wordings: [
      'O notebook travou e perdi tudo, tem como recuperar?',
      'jupyter morreu no meio da execução, kernel died',
      'O kernel reinicia sozinho quando leio o arquivo grande, por quê?',
      'meu notebook fica sem memória, como vocês fazem?',
    ],
    answers: [
      'É memória. Lê só as colunas que precisa ou usa DuckDB.',
      'Em `.ipynb_checkpoints` costuma ter uma cópia.',
    ],
  },
  {
    weight: 1.2,
    wordings: [
      'Como junto vários CSVs de uma pasta?',
      'tenho um csv por dia, como leio todos de uma vez?',
      'Dá para abrir a pasta inteira de arquivos no pandas?',
    ],
    answers: ['`pd.concat(map(pd.read_csv, glob("*.csv")))`', 'Com DuckDB é só `SELECT * FROM "*.csv"`.'],
  },
  {
    weight: 1,
    wordings: [
      'Qual ferramenta vocês usam para o dashboard?',
      'Power BI ou Metabase para a parte visual?',
      'Posso fazer os gráficos no Excel mesmo?',
      'que programa é melhor para montar o painel final?',
    ],
    answers: [
      'Metabase é de graça e conecta no Athena.',
      'Pode ser qualquer um, o que conta é a história que o gráfico mostra.',
    ],
  },
  {
    weight: 0.9,
    wordings: [
      'Acentos saem quebrados no meu CSV, como arrumo?',
      'o texto aparece com Ã§ no lugar do ç',
      'encoding do arquivo está errado no Excel, alguém sabe?',
    ],
    answers: ['Salva com `encoding="utf-8-sig"`, aí o Excel entende.', 'É UTF-8 aberto como Latin-1.'],
  },
  {
    weight: 0.7,
    wordings: [
      'DuckDB ou Spark para um dataset desse tamanho?',
      'alguém trocou o pandas por polars?',
      'precisa de Spark para cinco milhões de linhas?',
    ],
    answers: ['DuckDB dá conta fácil.', 'Spark só quando não cabe numa máquina.'],
  },
  {
    weight: 0.6,
    wordings: [
      'Como mascaro os nomes das pessoas antes de publicar?',
      'LGPD: posso mostrar o nome dos colegas no projeto?',
      'preciso esconder dados pessoais no relatório?',
    ],
    answers: [
      'Usa pseudônimos. Nada de nome ou telefone no README.',
      'Precisa sim, troca o id por um hash com chave.',
    ],
  },
];
