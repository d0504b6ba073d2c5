import type { Problem } from './problem.ts';

/** The course itself: lessons, deadlines, certificate. `{deadline}` is filled with the day of the project's deadline. */
export const courseProblems: readonly Problem[] = [
  {
    weight: 10,
    botKnows: true,
    wordings: [
      'A aula de hoje vai ficar gravada?',
      'Onde encontro a gravação da aula?',
      'perdi a aula ontem, tem replay?',
      'Quando sobe o vídeo da aula na plataforma?',
      'não vou conseguir assistir ao vivo hoje, fica gravado?',
    ],
    answers: [
      'Fica gravada, está em Módulos > Gravações 🎥',
      'Vai sim! A gravação sobe na plataforma até o meio-dia de amanhã.',
      'Sempre fica. Se não aparecer amanhã cedo, me avisa aqui.',
    ],
  },
  {
    weight: 8,
    botKnows: true,
    wordings: [
      'Qual o prazo de entrega do projeto?',
      'Até quando posso entregar o projeto?',
      'gente, que dia fecha a entrega?',
      'ainda dá tempo de enviar o trabalho final? qual é a data limite?',
    ],
    answers: [
      'Entrega {deadline}, até 23:59 📌',
      'Até {deadline}, às 23:59. Não deixa para a última hora!',
      'Fecha {deadline}. Depois disso perde um ponto por dia.',
    ],
  },
  {
    weight: 6,
    wordings: [
      'Dá para fazer o projeto sem conta na AWS?',
      'sou obrigado a ter cartão de crédito para criar a conta da AWS?',
      'Tem como rodar tudo local, sem AWS?',
      'não quero abrir conta na amazon, consigo entregar mesmo assim?',
    ],
    answers: [
      'Dá, roda tudo local primeiro. A conta só precisa na entrega final.',
      'Dá sim, com o modo local.',
    ],
  },
  {
    weight: 5,
    botKnows: true,
    wordings: [
      'Vai ter aula no feriado?',
      'feriado tem aula normal?',
      'Na semana do feriado a aula muda de dia?',
    ],
    answers: ['Feriado não tem aula, mas a monitoria responde aqui.', 'Não, a gente repõe na quinta.'],
  },
  {
    weight: 5,
    wordings: [
      'Quando sai o certificado?',
      'alguém já recebeu o certificado?',
      'Depois da nota final demora quanto para emitir o certificado?',
      'onde baixo meu certificado de conclusão?',
    ],
    answers: ['Duas semanas depois da nota final.', 'Chega por e-mail, pelo que a Camila falou.'],
  },
  {
    weight: 4,
    wordings: [
      'Posso entregar o projeto em dupla?',
      'o trabalho é individual ou pode fazer com um colega?',
      'Dá para formar dupla na entrega final?',
    ],
    answers: ['Pode, em dupla, mas cada um sobe o próprio repositório.', 'Pode sim 👍'],
  },
  {
    weight: 4,
    wordings: [
      'Não consigo acessar a plataforma',
      'A plataforma está fora do ar para vocês também?',
      'site do curso não abre aqui, só eu?',
      'erro ao entrar na plataforma, fica carregando para sempre',
    ],
    answers: [
      'Limpa o cache e tenta de novo, voltou agora há pouco.',
      'Caiu para todo mundo, já avisamos o suporte.',
    ],
  },
  {
    weight: 2,
    wordings: [
      'Como envio o projeto? é pelo GitHub?',
      'Onde anexo o link do repositório da entrega?',
      'mando o trabalho por e-mail ou pela plataforma?',
    ],
    answers: [
      'Pela plataforma, em Projeto > Enviar, com o link do GitHub.',
      'Só o link do repositório, público.',
    ],
  },
  {
    weight: 1.5,
    wordings: [
      'Quanto vale o projeto na nota?',
      'qual a média para passar?',
      'Como é calculada a nota final do curso?',
    ],
    answers: ['O projeto vale 40%. Precisa de 7 no total.', 'Exercícios 60, projeto 40.'],
  },
  {
    weight: 1.2,
    wordings: [
      'O exercício 5 é obrigatório?',
      'precisa entregar todos os exercícios da lista?',
      'se eu pular um exercício perco ponto?',
    ],
    answers: ['Os marcados com estrela são opcionais.', 'Vale a média dos oito melhores.'],
  },
  {
    weight: 1,
    wordings: [
      'Tem vaga de estágio para quem está começando em dados?',
      'alguém sabe de vaga júnior de analista?',
      'onde vocês procuram emprego na área?',
    ],
    answers: [
      'Tem um canal de vagas na comunidade, pede o link para a Jussara.',
      'Eu achei a minha no LinkedIn.',
    ],
  },
  {
    weight: 0.8,
    wordings: [
      'Vai ter continuação do curso no ano que vem?',
      'quando abre a próxima turma?',
      'Tem módulo avançado depois desse?',
    ],
    answers: ['A turma 8 abre em fevereiro.', 'Tem, de engenharia de dados. Avisamos no canal.'],
  },
  {
    weight: 0.6,
    wordings: [
      'Que livro de SQL vocês indicam?',
      'alguma recomendação de leitura sobre modelagem?',
      'tem material extra para treinar consultas?',
    ],
    answers: ['A lista de leituras está no módulo 1.', 'O Mode tem um tutorial ótimo, de graça.'],
  },
  {
    weight: 3,
    language: 'en',
    wordings: [
      "Is there a recording of yesterday's class?",
      'I missed the lesson, where is the video?',
      'Will tonight be recorded?',
    ],
    answers: ['Yes, under Modules > Recordings. Subtitles come one day later.', 'It is up already 🎥'],
  },
  {
    weight: 3,
    language: 'en',
    wordings: [
      'How do I group messages by week in SQL?',
      'How can I get the week number in Athena?',
      'which function gives the ISO week?',
    ],
    answers: [
      '`week(ts)` gives the ISO week. Careful at the turn of the year!',
      "`date_trunc('week', ts)` is safer.",
    ],
  },
  {
    weight: 2,
    language: 'en',
    wordings: [
      'Where can I find the slides?',
      'Are the slides shared somewhere?',
      'is there a pdf of the presentation?',
    ],
    answers: ['Pinned in the announcements channel.', 'Same folder as the notebooks.'],
  },
];
