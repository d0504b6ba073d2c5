import type { Problem } from './problem.ts';

/** Bots, chats and webhooks. */
export const telegramProblems: readonly Problem[] = [
  {
    weight: 9,
    botKnows: true,
    wordings: [
      'Como descubro o chat_id do grupo?',
      'onde eu vejo o id do grupo no telegram?',
      'Não acho o chat_id do meu grupo em lugar nenhum',
      'Alguém sabe pegar o id de um grupo pelo getUpdates?',
      'O chat_id é aquele número negativo? de onde ele sai?',
    ],
    answers: [
      'Manda uma mensagem no grupo e olha o `chat.id` que chega no `getUpdates`. Lembra que ele é negativo.',
      'Chama o `getUpdates` no navegador com o seu token e procura por `"chat":{"id":-100…}`',
      'Supergrupo começa com -100, copia o número inteiro, com o sinal.',
    ],
  },
  {
    weight: 7,
    botKnows: true,
    wordings: [
      'Por que o bot não recebe as mensagens do grupo?',
      'meu bot só enxerga os comandos, as mensagens normais não chegam',
      'O bot está no grupo mas as mensagens comuns não aparecem no update, o que falta?',
      'coloquei o bot no grupo e ele não lê nada, só /start. é normal?',
    ],
    answers: [
      'Privacy mode! Desliga no BotFather com `/setprivacy` e depois tira e põe o bot no grupo.',
      'Ou desliga o privacy mode, ou promove o bot a administrador.',
    ],
  },
  {
    weight: 6,
    botKnows: true,
    wordings: [
      'Como configuro o webhook do bot?',
      'Qual é a chamada para registrar o webhook no telegram?',
      'alguém me passa o passo a passo do setWebhook?',
      'Onde coloco a URL da API para o bot mandar os updates? é no webhook né',
    ],
    answers: [
      'Chama o `setWebhook` com a URL do API Gateway e o `secret_token`.',
      'Abre no navegador: api.telegram.org/bot<token>/setWebhook?url=<sua URL>. Volta um `ok: true`.',
    ],
  },
  {
    weight: 3,
    wordings: [
      'Como sei se o webhook está funcionando?',
      'tem jeito de conferir se o telegram está entregando no webhook?',
      'O webhook parou de chegar, onde vejo o erro?',
      'pending_update_count só aumenta no meu webhook, o que significa?',
    ],
    answers: [
      'Olha o `getWebhookInfo`: se `pending_update_count` só cresce, sua API está devolvendo erro.',
      'No `getWebhookInfo` tem o `last_error_message`, ele diz o motivo.',
    ],
  },
  {
    weight: 2,
    wordings: [
      'Perdi o token do bot, como gero outro?',
      'Subi o token no GitHub sem querer, e agora?',
      'Dá para trocar o token do bot sem criar um bot novo?',
      'como revogo o token que vazou?',
    ],
    answers: [
      'No BotFather, `/revoke`: ele cancela o antigo e te dá outro na hora.',
      'Revoga já no BotFather e apaga do histórico do git também.',
    ],
  },
  {
    weight: 2,
    wordings: [
      'A mesma mensagem está chegando duas vezes na Lambda, por quê?',
      'Por que o Telegram manda o update repetido?',
      'tá vindo mensagem duplicada no meu bucket, alguém mais?',
      'Recebo cada update umas três vezes, o que eu respondo para ele parar?',
    ],
    answers: [
      'Se a Lambda demora ou devolve erro, ele manda de novo. Responde 200 rápido e usa o `update_id` para não duplicar.',
      'Normal quando a resposta atrasa. Deduplica pelo `update_id`.',
    ],
  },
  {
    weight: 1,
    wordings: [
      'Mensagem editada conta como mensagem nova?',
      'Como trato edited_message no ETL?',
      'se a pessoa edita o texto, qual versão eu guardo?',
      'edição de mensagem vem em qual campo do update?',
    ],
    answers: [
      'Vem em `edited_message`, com o mesmo `message_id`. Fica só com a última versão.',
      'Guarda as duas no bruto e usa a mais nova na tabela.',
    ],
  },
  {
    weight: 1,
    wordings: [
      'Dá para baixar o histórico antigo do grupo pelo bot?',
      'O bot consegue ler as mensagens de antes de ele entrar?',
      'como importo as conversas do ano passado para o projeto?',
      'Existe API para pegar mensagens antigas do grupo?',
    ],
    answers: [
      'Pelo bot não. Exporta pelo Telegram Desktop em JSON e importa o arquivo.',
      'Só pelo Telegram Desktop: Exportar histórico, formato JSON.',
    ],
  },
  {
    weight: 0.7,
    wordings: [
      'Como faço o bot responder com botões?',
      'alguém já usou inline keyboard?',
      'Onde chega o clique do botão inline, no mesmo webhook?',
      'Quero pôr dois botões embaixo da resposta do bot, qual parâmetro é?',
    ],
    answers: [
      'É o `reply_markup` com `inline_keyboard`; o clique chega como `callback_query`.',
      'No sendMessage, em `reply_markup`. Depois responde o `callback_query` senão fica o reloginho.',
    ],
  },
  {
    weight: 0.6,
    wordings: [
      'O bot consegue saber quem apagou mensagem?',
      'mensagem apagada some do nosso bucket também?',
      'Tem update de mensagem deletada no Telegram?',
    ],
    answers: [
      'O Telegram não avisa os bots. O que já foi gravado continua lá.',
      'Não tem esse update, infelizmente.',
    ],
  },
];
