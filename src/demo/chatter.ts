/** Small talk in both languages of the group. Slots in braces as in `questions.ts`. */
export interface Chatter {
  /** Said without being asked. */
  readonly remarks: readonly string[];
  /** Short replies to any remark. */
  readonly replies: readonly string[];
  /** What the asker says to an answer. */
  readonly thanks: readonly string[];
  /** What somebody adds to an answer already given. */
  readonly additions: readonly string[];
  /** What people put before a question. */
  readonly openings: readonly string[];
  /** By time of day: morning, afternoon, evening. Some end in a question mark, and yet ask nothing. */
  readonly greetings: readonly [readonly string[], readonly string[], readonly string[]];
}

export const portuguese: Chatter = {
  remarks: [
    'Terminei o módulo {module} agora, que alívio 😅',
    'Gente, o exercício {exercise} é bem mais legal do que parece',
    'Passei {number} horas num bug que era um espaço no nome da coluna 🤡',
    'Consegui! O bot já grava no S3 🎉',
    'Dica: dá para testar a Lambda local antes do deploy, economiza muito tempo.',
    'Subi meu projeto, quem quiser olhar: https://git.example.com/turma7/projeto-{number}',
    'O {tool} ficou muito mais rápido nessa última versão',
    'Hoje a aula foi excelente 👏',
    'Finalmente entendi window function',
    'Meu dashboard ficou pronto, depois mando print',
    'Estou migrando tudo de CSV para Parquet, caiu de 300 MB para {number} MB',
    'Café + SQL = melhor manhã ☕',
    'Anotei tudo da aula do módulo {module}, se alguém quiser eu compartilho',
    'Amanhã tem entrevista para vaga de analista, torçam por mim 🙏',
    'O conteúdo do módulo {module} está bem denso, fui devagar',
    'Nunca mais esqueço o WHERE num DELETE…',
    'Gente, cuidado para não subir o token do bot no GitHub!',
    'Quem estiver com dificuldade no {tool} pode me chamar',
    'Lembrete: custo na AWS se acompanha toda semana, coloquem um alerta de orçamento.',
    'Meu chefe adorou o relatório que fiz com o que vimos no módulo {module} 😍',
    'Tirei {number} prints para o README, agora sim ficou bonito',
    'A explicação do {tool} na aula foi a melhor até agora',
    'Tô há {number} minutos esperando o deploy, vou passar um café',
    'Descobri hoje que `COUNT(coluna)` ignora NULL 🤯',
    'Artigo bom sobre {tool}: https://blog.example.com/artigo?id={number}&utm_source=turma7',
    '#dica usem CTE, a query fica muito mais fácil de ler',
    '#projeto versão {number} no ar!',
    'Resolvido! Era o fuso horário, como sempre.',
    'Ontem dormi pensando em join kkkkk',
    'Reparei que o grupo fala muito mais à noite, daria um bom gráfico',
    'Acabei de ler {number} páginas da documentação do {tool}. Recomendo com moderação.',
    'Quem mais está na maratona de estudos levanta a mão ✋',
    'Pela primeira vez meu ETL rodou sozinho de madrugada e deu certo 🥹',
    'A planilha do módulo {module} tem uma coluna sobrando, só ignorar',
    'Bora fechar esse projeto, pessoal 💪',
    'Apaguei o bucket errado, mas o versionamento me salvou',
    'Meu primeiro README com diagrama 😎',
    'Perdi a primeira meia hora da aula, vou ver a gravação no domingo',
    'Fiz o módulo {module} inteiro no celular, no ônibus. Não recomendo.',
    'O exercício {exercise} me pegou na ordem dos joins',
  ],
  replies: [
    'kkkkkk',
    'Boa!',
    'Parabéns! 👏👏',
    'Top demais',
    'Aqui também',
    'Verdade',
    'Concordo',
    'Show 🚀',
    'Quero ver depois!',
    'Manda aqui no grupo',
    'Melhor mensagem do dia',
    'Passei por isso semana passada 😂',
    'Isso aí',
    'Boa sorte!',
    'Sensacional',
    'Salvei aqui, valeu',
    'Eu também, viu',
    'Faz sentido',
    'Arrasou',
    '👏',
    '😂😂😂',
    '💙',
    'Bem isso',
    'Vou testar hoje',
    'Força!',
    'Que massa',
    'Te entendo perfeitamente',
    'Já quero ler',
    'Vamos!!',
    'Kkk clássico',
  ],
  thanks: [
    'Funcionou, valeu! 🙏',
    'Era isso mesmo, valeu!',
    'Deu certo aqui ❤️',
    'Perfeito, valeu demais',
    'Ahhh entendi, valeu',
    'Salvou meu dia',
    'Vou tentar agora, valeu',
    'Top, resolvido ✅',
  ],
  additions: [
    'Isso, e não esquece de reiniciar o terminal depois.',
    'Confirmo, fiz assim também.',
    'Só complementando: está na documentação oficial.',
    'Exato 👆',
    'Comigo foi igual',
    'E se não resolver, manda o log aqui',
    'Aprendi isso ontem na monitoria',
  ],
  openings: ['Pessoal, ', 'Gente, ', 'Oi, tudo bem? ', 'Galera, ', 'Olá! ', 'Oi gente! ', 'Turma, '],
  greetings: [
    ['Bom dia, pessoal! ☀️', 'Bom dia, turma! Tudo bem com vocês?', 'bom dia gente', 'Bom dia! Bora estudar'],
    ['Boa tarde, pessoal!', 'Oi, gente! Tudo bem?', 'Boa tarde! Tudo certo por aí?'],
    ['Boa noite, turma 🌙', 'Boa noite! Tudo certo?', 'Oi, pessoal, boa noite!'],
  ],
};

export const english: Chatter = {
  remarks: [
    'Just finished module {module}, the Athena part was fun',
    'TIL: Parquet is so much smaller than CSV, {number}x in my case',
    'My bot finally writes to S3 🎉',
    'I keep forgetting that the timestamps are UTC',
    'Good read about {tool}: https://blog.example.com/post?id={number}',
    'The lesson about partitions was great 👏',
  ],
  replies: ['Nice!', 'Great work 🙌', 'Haha same here', 'Good to know', 'Congrats!', '😂', 'True', 'Love it'],
  thanks: ['Thank you, that was it!', 'Works now, thanks!', 'Perfect, thanks 🙏'],
  additions: ['Same for me', 'Yes, and the docs say the same.', 'Can confirm 👆'],
  openings: ['Hi all, ', 'Hey! ', 'Hello, '],
  greetings: [['Good morning everyone ☀️'], ['Good afternoon!'], ['Good evening, how are you all?']],
};

/** What teachers and monitors say of themselves. */
export const staffRemarks: readonly string[] = [
  'Subi a correção do exercício {exercise} do módulo {module}.',
  'Pessoal, atualizem o repositório: tem notebook novo do módulo {module}.',
  'Respondi as dúvidas de ontem, se faltou alguma me marquem.',
  'Dica de quem corrige: README bem escrito vale ponto.',
  'Amei os projetos que já chegaram 😍',
  'Na monitoria de hoje vimos {tool}. As anotações estão na plataforma.',
  'Lembrem de apagar os recursos da AWS depois do exercício {exercise}!',
  'Quem já entregou pode ajudar os colegas, ensinar é a melhor revisão.',
];

export const photoCaptions: readonly string[] = [
  'Meu dashboard do módulo {module} 📊',
  'Setup de estudos de hoje',
  'Olhem esse gráfico de mensagens por hora',
  'Primeiro deploy com sucesso! 🎉',
  'Diagrama do meu projeto',
  'O gato aprovou a query 😹',
  'Slide que caiu na prova do módulo {module}',
];

export const documents: readonly { fileName: string; mimeType: string; caption: string }[] = [
  {
    fileName: 'exercicio_modulo_3.ipynb',
    mimeType: 'application/x-ipynb+json',
    caption: 'Meu notebook do módulo 3',
  },
  { fileName: 'resumo_sql.pdf', mimeType: 'application/pdf', caption: 'Resumo de SQL que montei' },
  { fileName: 'mensagens_do_mes.csv', mimeType: 'text/csv', caption: '' },
  {
    fileName: 'messages.parquet',
    mimeType: 'application/octet-stream',
    caption: 'Esse arquivo abre aí para vocês?',
  },
  { fileName: 'template.yaml', mimeType: 'application/yaml', caption: 'Minha stack, podem criticar' },
  { fileName: 'anotacoes_athena.pdf', mimeType: 'application/pdf', caption: 'Anotações da aula' },
];

export const stickers: readonly string[] = ['😂', '👏', '🚀', '😭', '🤔', '🐍', '🦆', '❤️'];

/** Posts of the linked channel on the evenings of a lesson. */
export const announcements: readonly string[] = [
  '📢 Aula de hoje às 19h30: consultas no Athena. O link chega às 19h20.',
  '📢 Hoje, 19h30: partições e Parquet. Prontos para economizar?',
  '📢 Novo material no módulo {module}: exercícios resolvidos.',
  '📢 Monitoria aberta hoje das 18h às 19h30.',
  '📢 O projeto final vale 40% da nota. Entrega: {deadline}, 23:59.',
  '📢 Hoje às 19h30: do webhook ao data lake, ao vivo.',
];

/** What administrators post as the group itself. */
export const adminPosts: readonly string[] = [
  'Pessoal, mantenham as dúvidas neste grupo para que todos aprendam. 🙂',
  'Regra da casa: nada de tokens e senhas nas mensagens.',
  'A sala da aula já está aberta: https://aula.example.com/turma7?from=telegram',
  'Aviso: sexta a plataforma fica em manutenção das 6h às 8h.',
  'Parabéns a quem já entregou! Faltam poucos dias. 💪',
  'Qual dia fica melhor para a aula extra, sábado ou domingo?',
];
