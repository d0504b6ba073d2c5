import type { Problem } from './problem.ts';

/** Answers that fit a question about a picture; each slot in braces is filled by chance. */
const answers: readonly string[] = [
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

/** Captions that ask about the picture above them: each a problem of its own, asked in these words alone. */
export const pictureProblems: readonly Problem[] = [
  'Alguém sabe o que significa esse erro?',
  'Como faço para tirar esse aviso vermelho?',
  'Por que esse gráfico ficou vazio?',
  'O que vocês acham desse layout?',
  'essa tabela está certa?',
  'Dá para deixar esse eixo em português?',
  'Faltou alguma coisa nesse diagrama?',
  'de onde vem esse pico na quinta?',
  'Qual das duas cores fica melhor?',
].map((caption) => ({ weight: 1, wordings: [caption], answers }));

/** The caption of a file that asks about it. */
export const fileProblem: Problem = {
  weight: 1,
  wordings: ['Esse arquivo abre aí para vocês?'],
  answers: [
    'Aqui abriu normal 👍',
    'Aqui não abre, diz que está corrompido.',
    'Abre sim, só demora.',
    'Só abre no computador, no celular dá erro.',
  ],
};
