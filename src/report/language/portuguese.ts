import { changePercent, formats } from './formats.ts';
import type { Language } from './language.ts';

const forms = formats('pt-BR', (hour) => `${hour}h`);
const { count, number, percent, day, fullDay, weekday, hour, duration } = forms;
const plural = (amount: number, one: string, many = `${one}s`): string =>
  `${count(amount)} ${amount === 1 ? one : many}`;
const fromTo = ({ now, before }: { now: number; before: number }): string =>
  now === before ? `${count(now)}, como antes` : `de ${count(before)} para ${count(now)}`;

/** The report in Portuguese, as written in Brazil. */
export const portuguese: Language = {
  key: 'pt',
  tag: 'pt-BR',
  formats: forms,
  numberLocale: { decimal: ',', thousands: '.', grouping: [3], currency: ['', ''] },
  timeLocale: {
    dateTime: '%A, %e de %B de %Y, %X',
    date: '%d/%m/%Y',
    time: '%H:%M:%S',
    periods: ['AM', 'PM'],
    days: [
      'domingo',
      'segunda-feira',
      'terça-feira',
      'quarta-feira',
      'quinta-feira',
      'sexta-feira',
      'sábado',
    ],
    shortDays: ['dom', 'seg', 'ter', 'qua', 'qui', 'sex', 'sáb'],
    months: [
      'janeiro',
      'fevereiro',
      'março',
      'abril',
      'maio',
      'junho',
      'julho',
      'agosto',
      'setembro',
      'outubro',
      'novembro',
      'dezembro',
    ],
    shortMonths: ['jan', 'fev', 'mar', 'abr', 'mai', 'jun', 'jul', 'ago', 'set', 'out', 'nov', 'dez'],
  },
  columns: {
    context_date: 'dia',
    chat_title: 'grupo',
    message_amount: 'mensagens',
    user_amount: 'pessoas',
    week_average: 'média de 7 dias',
    hour_of_day: 'hora',
    message_share_percent: 'proporção das mensagens',
    parsed_date_hour: 'hora',
    parsed_date_weekday: 'dia da semana',
    parsed_date_weeknum: 'semana ISO',
    user_first_name: 'nome',
    user_username: 'nome de usuário',
    active_days: 'dias ativos',
    text_amount: 'com palavras',
    first_date: 'primeiro dia',
    last_date: 'último dia',
    average_message_length: 'média de caracteres',
    median_message_length: 'mediana de caracteres',
    week_start: 'semana de',
    newcomer_amount: 'chegaram',
    returning_amount: 'voltaram',
    reply_to_first_name: 'responde a',
    reply_amount: 'respostas',
    question: 'pergunta',
    question_amount: 'perguntas',
    example: 'texto mais recente',
    same_wording_user_amount: 'pessoas com estas palavras',
    wording_amount: 'formulações',
    unhandled_amount: 'informadas como não resolvidas',
    other_wordings: 'outras formulações',
    term: 'termo',
    answered_amount: 'respondidas',
    open_amount: 'sem resposta',
    minutes: 'minutos',
    answered_percent: 'proporção respondida',
    confirmed_amount: 'confirmadas',
    confirmed_percent: 'proporção confirmada',
    median_seconds_to_reply: 'tempo mediano até a primeira resposta',
    asked_at: 'feita em',
    age_hours: 'há quanto tempo',
    message_link: 'link',
    content_type: 'tipo',
    reaction: 'reação',
    command: 'comando',
    command_amount: 'vezes',
    button: 'botão',
    press_amount: 'toques',
    by_bot_amount: 'por um bot',
    by_people_amount: 'por pessoas',
    by_both_amount: 'pelos dois',
    by_nobody_amount: 'por ninguém',
    reaction_amount: 'reações',
    opening: 'começa com',
    measure: 'o quê',
    amount: 'quantos',
    of_amount: 'de',
    amount_percent: 'proporção',
  },
  values: {
    content_type: {
      text: 'texto',
      photo: 'fotos',
      video: 'vídeos',
      voice: 'mensagens de voz',
      video_note: 'mensagens de vídeo',
      audio: 'músicas',
      document: 'arquivos',
      sticker: 'figurinhas',
      animation: 'GIFs',
      poll: 'enquetes',
      location: 'localizações',
      venue: 'lugares',
      contact: 'contatos',
      dice: 'dados',
      rich_message: 'texto formatado',
      live_photo: 'fotos animadas',
      story: 'stories',
      game: 'jogos',
      invoice: 'faturas',
      paid_media: 'mídia paga',
      checklist: 'listas de tarefas',
      giveaway: 'sorteios',
      new_chat_members: 'alguém entrou',
      left_chat_member: 'alguém saiu',
      pinned_message: 'mensagem fixada',
      group_chat_created: 'grupo criado',
      supergroup_chat_created: 'grupo criado',
      channel_chat_created: 'canal criado',
      new_chat_title: 'título alterado',
      new_chat_photo: 'foto alterada',
      delete_chat_photo: 'foto removida',
      migrate_to_chat_id: 'virou supergrupo',
      migrate_from_chat_id: 'virou supergrupo',
      forum_topic_created: 'tópico criado',
      forum_topic_edited: 'tópico editado',
      forum_topic_closed: 'tópico fechado',
      forum_topic_reopened: 'tópico reaberto',
      video_chat_scheduled: 'chamada de vídeo marcada',
      video_chat_started: 'chamada de vídeo iniciada',
      video_chat_ended: 'chamada de vídeo encerrada',
      video_chat_participants_invited: 'convite para chamada de vídeo',
      message_auto_delete_timer_changed: 'temporizador alterado',
      boost_added: 'grupo impulsionado',
      chat_background_set: 'fundo alterado',
    },
    reaction: { custom_emoji: 'emoji personalizado', paid: 'estrela paga' },
    measure: {
      'days without messages': 'dias sem mensagens',
      'replies to messages not in the lake': 'respostas a mensagens que o lake não tem',
      'messages without sender': 'mensagens sem autor',
      'messages without words': 'mensagens sem texto nem legenda',
      'messages edited': 'mensagens editadas',
      'messages imported': 'mensagens importadas de uma exportação',
      'messages with an impossible date': 'mensagens com data impossível, contadas no dia em que chegaram',
    },
  },
  sections: {
    overview: 'Em resumo',
    groups: 'Grupos',
    rhythm: 'Ritmo',
    people: 'Pessoas',
    questions: 'Perguntas',
    bot: 'O bot',
    content: 'Conteúdo',
    quality: 'Qualidade dos dados',
    more: 'Mais',
  },
  page: {
    title: 'A história de um grupo',
    messages: (amount) => (amount === 1 ? 'mensagem' : 'mensagens'),
    people: (amount) => (amount === 1 ? 'pessoa' : 'pessoas'),
    days: (amount) => (amount === 1 ? 'dia' : 'dias'),
    trend: (days) => `mensagens, em relação aos ${days} dias anteriores`,
    noTrend: 'Uma tendência precisa de duas semanas inteiras.',
    period: (first, last) => (first === last ? first : `${first} a ${last}`),
    emptyPeriod: 'O lake não tem mensagens deste período.',
    noPeriodBefore: 'O lake não tem o período anterior inteiro; por isso nada é comparado com ele.',
    questions: (amount) => (amount === 1 ? 'pergunta' : 'perguntas'),
    answered: 'das perguntas respondidas',
    before: (value) => `antes: ${value}`,
    severalGroups: (amount) => `A história de ${amount} grupos`,
    groups: 'Os grupos lado a lado',
    allGroups: 'Todos os grupos',
    groupsDescription: 'Cada grupo do lake: o que foi escrito, a hora mais movimentada e as perguntas.',
    summedGroups: (amount) =>
      `As outras partes desta página somam ${amount} grupos. Para a página de um só: telegram-lake report --chat ID.`,
    contents: 'Conteúdo da página',
    empty:
      'O lake ainda não tem mensagens. Quando o grupo escrever e o dia for processado, a história aparece aqui.',
    nothing: 'Nada ainda.',
    notEnoughData: 'Ainda há poucos dados para:',
    none: 'nada ainda',
    noFrequentQuestion: 'nenhuma pergunta se repetiu',
    hiddenQuestions: 'nenhuma com as mesmas palavras por três pessoas',
    asTable: 'Os números em tabela',
    moreRows: (shown, all, query) =>
      `As primeiras ${count(shown)} de ${count(all)} linhas. Todas: telegram-lake query ${query} --format csv`,
    yes: 'sim',
    no: 'não',
    asked: (times, people) => `${plural(times, 'vez', 'vezes')}, por ${plural(people, 'pessoa')}`,
    frequentQuestions: 'As mais feitas',
    frequentQuestionsDescription:
      'Perguntas que pedem o mesmo com outras palavras contam juntas, com as palavras que mais pessoas usaram.',
    openQuestions: 'Ainda sem resposta',
    openQuestionsDescription:
      'As perguntas mais recentes que ninguém respondeu. Os links abrem para membros do grupo.',
    showMessage: 'ver no Telegram',
    quality: 'Dados que faltam ou foram corrigidos',
    qualityDescription:
      'Mensagens apagadas continuam no lake: o Telegram não avisa os bots quando alguém apaga.',
    hiddenTexts: 'Os textos destas perguntas estão ocultos.',
    anonymous:
      'Os nomes são pseudônimos. O que as pessoas escreveram só aparece onde ao menos três escreveram o mesmo.',
    madeAt: (moment) => `Feito em ${moment} com as consultas salvas deste lake.`,
    newestDay: 'dia mais recente com mensagens',
    builtAt: 'última atualização',
    quarantined: 'mensagens recebidas que não vieram do Telegram',
    animals: (
      'Texugo Castor Bisão Borboleta Canário Caribu Gato Camaleão Guepardo Cigarra Grou Grilo Cervo Golfinho Libélula Águia ' +
      'Garça-branca Falcão Vaga-lume Raposa Sapo Gazela Lagartixa Girafa Cabra Lebre Gavião Ouriço Garça Hipopótamo Cavalo Beija-flor ' +
      'Íbis Iguana Onça Coala Joaninha Lêmure Leão Lhama Lince Arara Peixe-boi Marta Lontra Coruja Panda Papagaio ' +
      'Pelicano Pinguim Puma Coelho Corvo Foca Preguiça Esquilo Andorinha Cisne Anta Tigre Tucano Tartaruga Baleia Zebra'
    ).split(' '),
  },
  digest: {
    mostActive: 'Quem mais escreve',
    messagesADay: 'Mensagens por dia',
    messagesOfLastDays: (days) => `Mensagens por dia, nos últimos ${days} dias`,
    mondays: '(as datas são segundas-feiras)',
    askForMore: (command) => `Para mais detalhes: ${command} NOME`,
  },
  faq: {
    title: 'Perguntas frequentes',
    about: (questions) =>
      questions === 1
        ? 'A pergunta mais feita, com as respostas que mais ajudaram.'
        : `As ${count(questions)} perguntas mais feitas, com as respostas que mais ajudaram.`,
    none: 'Nenhuma pergunta foi feita por duas pessoas.',
    otherWordings: 'Também perguntada assim:',
    unanswered: 'Perguntadas muitas vezes, sem resposta',
    byBot: 'o bot',
    confirmed: (people) => `ajudou ${plural(people, 'pessoa que perguntou', 'pessoas que perguntaram')}`,
    thanked: (people) => `${plural(people, 'pessoa reagiu', 'pessoas reagiram')} agradecendo`,
    replied: (people) => (people === 0 ? 'ninguém disse se ajudou' : plural(people, 'resposta')),
  },
  sentences: {
    notEnoughData: (needed) => `Ainda há poucos dados: são necessários pelo menos ${needed}.`,
    needs: {
      days: (amount) => plural(amount, 'dia'),
      messages: (amount) => plural(amount, 'mensagem', 'mensagens'),
      weeks: (amount) => plural(amount, 'semana'),
      people: (amount) => plural(amount, 'pessoa'),
      questions: (amount) => plural(amount, 'pergunta'),
      replies: (amount) => plural(amount, 'resposta'),
      reactions: (amount) => plural(amount, 'reação', 'reações'),
      rows: (amount) => plural(amount, 'linha'),
    },
    trend: ({ percent: change, days, messages, before }) =>
      `Nos últimos ${days} dias o grupo escreveu ${plural(messages, 'mensagem', 'mensagens')}, ${
        before === 0
          ? 'depois de nenhuma'
          : Math.abs(change) < 3
            ? 'quase o mesmo que'
            : `${percent(Math.abs(change))} a ${change > 0 ? 'mais' : 'menos'} que`
      } nos ${days} dias anteriores${before === 0 ? '' : ` (${count(before)})`}.`,
    compared: ({ days, messages, people, questions, answeredPercent }) =>
      `${days === 1 ? 'Neste dia' : `Nestes ${days} dias`} o grupo escreveu ${plural(messages.now, 'mensagem', 'mensagens')}, ${
        messages.before === 0
          ? 'depois de nenhuma'
          : Math.abs(changePercent(messages)) < 3
            ? 'quase o mesmo que'
            : `${percent(Math.abs(changePercent(messages)))} a ${messages.now > messages.before ? 'mais' : 'menos'} que`
      } ${days === 1 ? 'no dia anterior' : `nos ${days} dias anteriores`}${messages.before === 0 ? '' : ` (${count(messages.before)})`}. ${[
        `Pessoas: ${fromTo(people)}`,
        `perguntas: ${fromTo(questions)}`,
        ...(answeredPercent
          ? [`respondidas: de ${percent(answeredPercent.before)} para ${percent(answeredPercent.now)}`]
          : []),
      ].join('; ')}.`,
    busiestDay: ({ day: date, messages, average, lastWeekAverage }) =>
      `O dia mais movimentado foi ${fullDay(date)}, com ${plural(messages, 'mensagem', 'mensagens')}${
        average === undefined
          ? ''
          : messages < 1.2 * average
            ? `, perto da média de ${number(average)}`
            : `, ${number(messages / average)} vezes a média de ${number(average)}`
      }${
        lastWeekAverage === undefined
          ? ''
          : `; os últimos sete dias tiveram ${number(lastWeekAverage)} por dia`
      }.`,
    activeDays: ({ days, active, longestSilence, silenceFrom }) =>
      longestSilence === 0
        ? `Houve mensagens em todos os ${count(days)} dias.`
        : `Houve mensagens em ${count(active)} de ${count(days)} dias; o silêncio mais longo foi de ${plural(longestSilence, 'dia')}, a partir de ${day(silenceFrom)}.`,
    busiestHour: ({ hour: from, messages, percent: share, people }) =>
      `O grupo é mais movimentado entre ${hour(from)} e ${hour(from + 1)}: ${plural(messages, 'mensagem', 'mensagens')}, ${percent(share)} do total, de ${plural(people, 'pessoa')}.`,
    busiestHourOfWeek: ({ weekday: which, hour: from, half }) =>
      `A hora mais movimentada da semana é ${weekday(which)} entre ${hour(from)} e ${hour(from + 1)}; metade das mensagens cai em ${half} das 168 horas.`,
    mostActive: ({ name, messages, all, leaders, percent: share, people }) =>
      `Quem mais escreveu foi ${name}: ${count(messages)} de ${plural(all, 'mensagem', 'mensagens')}${
        leaders === 1
          ? ''
          : `; as ${leaders} pessoas mais ativas, de ${count(people)}, escreveram ${percent(share)} do total`
      }.`,
    newcomers: ({ people, newcomers, week }) =>
      `Na semana de ${day(week)}, ${plural(people, 'pessoa escreveu', 'pessoas escreveram')}; ${newcomers === 0 ? 'ninguém' : count(newcomers)} pela primeira vez.`,
    replies: ({ from, to, replies, mutual }) =>
      `Quem mais respondeu a uma mesma pessoa foi ${from}: ${plural(replies, 'vez', 'vezes')} a ${to}.${
        mutual === 0 ? '' : ` Em ${plural(mutual, 'dupla')}, os dois se respondem.`
      }`,
    messageLength: ({ name, characters, typical }) =>
      `Entre as pessoas mais ativas, ${name} escreve as mensagens mais longas: metade tem ${plural(characters, 'caractere')} ou mais. O típico é ${number(typical)}.`,
    topQuestion: ({ question, times, people }) =>
      `“${question}” foi perguntado ${plural(times, 'vez', 'vezes')}, por ${plural(people, 'pessoa')}.`,
    topTerm: ({ term, questions, second, isTied }) =>
      `“${term}” está em ${plural(questions, 'pergunta')}, ${
        isTied
          ? `o mesmo que “${second}”`
          : `mais que qualquer outro termo${second ? `; depois vem “${second}”` : ''}`
      }.`,
    answered: ({ answered, questions, percent: share, confirmedPercent, newest, days }) =>
      answered === 0
        ? `Não se vê resposta a nenhuma das ${count(questions)} perguntas: ninguém respondeu a elas nem citou quem perguntou.`
        : `${percent(share)} das perguntas tiveram resposta de outra pessoa (${count(answered)} de ${count(questions)})${
            newest === undefined ? '' : `, e ${percent(newest)} nos ${days} dias mais recentes com perguntas`
          }${confirmedPercent === 0 ? '' : `; em ${percent(confirmedPercent)}, quem perguntou disse que ajudou`}.`,
    timeToReply: ({ typical, slowest, day: date }) =>
      `Num dia típico, metade das primeiras respostas vem em até ${duration(typical)}; no mais lento, ${day(date)}, levou ${duration(slowest)}.`,
    openQuestions: ({ open, oldWeek }) =>
      open === 0
        ? 'Nenhuma pergunta está sem resposta.'
        : `${plural(open, 'pergunta continua', 'perguntas continuam')} sem resposta${oldWeek === 0 ? '' : `, ${count(oldWeek)} há mais de uma semana`}.`,
    kinds: ({ first, percent: share, second, secondPercent }) =>
      `${percent(share)} das mensagens são ${first}${second ? `, ${percent(secondPercent)} ${second}` : ''}.`,
    reactions: ({ reaction, times, people, all }) =>
      `${reaction} é a favorita: ${count(times)} de ${plural(all, 'reação', 'reações')} em quatro semanas, de ${plural(people, 'pessoa')}.`,
    topics: ({ messages, topics, people }) =>
      `${topics === 1 ? 'O único tópico' : `O mais movimentado de ${plural(topics, 'tópico')}`} tem ${plural(messages, 'mensagem', 'mensagens')} de ${plural(people, 'pessoa')}.`,
    botAnswers: ({ questions, bot, people, both, nobody }) =>
      `De ${plural(questions, 'pergunta')}, só um bot respondeu ${percent(bot)}, só pessoas ${percent(people)}, os dois ${percent(both)}, e ninguém ${percent(nobody)}.`,
    botCommands: ({ command, times, people, unanswered }) =>
      `O comando mais usado é ${command}: ${plural(times, 'vez', 'vezes')}, por ${plural(people, 'pessoa')}.${
        unanswered.length === 0 ? '' : ` Nenhum bot responde a ${unanswered.join(', ')}.`
      }`,
    botButtons: ({ button, times, people, all }) =>
      `O botão mais tocado é “${button}”: ${count(times)} de ${plural(all, 'toque')}, por ${plural(people, 'pessoa')}.`,
    damagedDays: ({ days, named }) =>
      `${plural(days, 'dia ficou', 'dias ficaram')} de fora, porque um arquivo está danificado: ${named}. O ETL o refaz: telegram-lake etl.`,
    missingDays: ({ missing, days }) =>
      missing === 0
        ? `Há mensagens em cada um dos ${count(days)} dias.`
        : `${plural(missing, 'dia')} de ${count(days)} ${missing === 1 ? 'não tem' : 'não têm'} mensagens.`,
    unknownReplies: ({ unknown, replies }) =>
      unknown === 0
        ? 'Todas as mensagens respondidas estão no lake.'
        : `${count(unknown)} de ${plural(replies, 'resposta é', 'respostas são')} a mensagens que não estão no lake.`,
    highest: ({ what, label, value, rows }) =>
      `Mais ${what}: ${label}, com ${value}, de ${plural(rows, 'linha')}.`,
  },
};
