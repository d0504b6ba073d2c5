import { expect } from 'chai';
import { event } from '../../tools/fixtures/event-rows.ts';
import { message } from '../../tools/fixtures/message-rows.ts';
import { askedLake, columnNames, valuesOf } from '../support/asked-lake.ts';

const group = -1001234567890;
const admin = { user_id: 1087968824, user_is_bot: true, user_first_name: 'Group', sender_chat_id: group };

describe('queries about questions', () => {
  const ask = askedLake();

  describe('which texts are questions', () => {
    const questions = [
      'Como instalo o Python?',
      'vai ter aula hoje ?!',
      'Where are the slides？ or not?',
      'Oi, tudo bem? Vai ter aula hoje?',
      'https://example.com/a?b=1 alguém já leu?',
      'Já viram https://example.com/aula?',
      'Alguém sabe instalar o Docker',
      'bom dia, alguem mais com erro 502',
      'Pessoal, como faço para sair do vim',
      'How do I leave vim',
      'Não consigo acessar a plataforma',
      'The bot does not work',
      "it doesn't work here",
      'Como faço isso em C++?',
      'このデータ は何ですか?',
      // Marks of other scripts.
      'كيف أثبت المكتبة؟',
      '如何安装这个库 谢谢？',
      '¿cómo se instala esto?',
      'πώς το εγκαθιστώ αυτό;',
      // Without a mark.
      'como vcs fizeram a query 4',
      'não estou conseguindo conectar',
      'me ajuda com o lambda',
      'qual layer usar',
      'Preciso de ajuda com o Athena',
      'quem entende de IAM',
      'onde fica o bucket',
      'tem como rodar local',
      'posso usar outra região',
      'Será que cai na prova',
      'duvida: o prazo é hoje',
      'dá erro 403 aqui',
      'meu bot não responde',
    ];
    const others = [
      'Bom dia, turma! Tudo bem com vocês?',
      'Oi, gente! Tudo certo por aí??',
      'Hey all, how are you?',
      'Olhem: https://www.youtube.com/watch?v=abc123',
      'www.example.com/busca?q=1',
      'vejam example.com/busca?q=aula',
      '???',
      'Sério?',
      '👍?',
      'Como eu disse, a aula foi boa',
      'Porque instalei errado',
      'Obrigado!',
      'cron(0 3 * * ? *)',
      'SELECT * FROM t WHERE id = ?',
      'Quem estiver com dificuldade pode me chamar',
      'vcs dormem? kkkk',
      `Grande novidade! Quer crescer? ${'Participe do nosso programa. '.repeat(30)}`,
    ];
    let found: unknown[];
    before(async () => {
      // One person asks it all, so that no message answers another.
      const rows = [...questions, ...others].map((text, at) => message({ text, message_id: 1 + at }));
      found = valuesOf(await ask('open-questions', rows), 'question').flat();
    });

    for (const question of questions) {
      it(`finds the question: ${question}`, () => expect(found).to.include(question));
    }
    for (const other of others) {
      it(`finds no question in: ${other}`, () => expect(found).not.to.include(other));
    }
  });

  it('see questions in captions, of people, not of bots, in forwards, or of the group itself or a channel', async () => {
    const text = 'Quando é a prova?';
    const result = await ask('open-questions', [
      message({ message_id: 1, caption: text }),
      message({ message_id: 2, text, ...admin }),
      message({ message_id: 3, text, user_is_bot: null }),
      message({ message_id: 4, text, user_is_bot: true, user_id: 99 }),
      message({ message_id: 5, text, is_forward: true }),
      message({ message_id: 6, text, kind: 'channel_post' }),
    ]);
    expect(valuesOf(result, 'message_id')).to.deep.equal([[3], [1]]);
  });

  it('take an unmarked call for help for a question only where it answers nobody', async () => {
    const result = await ask('open-questions', [
      message({ message_id: 1, text: 'Assim não funciona' }),
      message({ message_id: 2, text: 'Assim não funciona', reply_to_message_id: 1 }),
      message({ message_id: 3, text: 'Assim não funciona?', reply_to_message_id: 1 }),
    ]);
    expect(valuesOf(result, 'message_id')).to.deep.equal([[3], [1]]);
  });

  describe('most-frequent-questions', () => {
    it('counts as one what differs in case, accents, punctuation, greeting and link', async () => {
      const result = await ask('most-frequent-questions', [
        message({ at: '2026-11-20 10:00', message_id: 1, text: 'Como instalo o Python?' }),
        message({
          at: '2026-11-20 11:00',
          message_id: 2,
          user_id: 12,
          text: 'bom dia!! como instalo o PYTHON ???',
        }),
        message({ at: '2026-11-22 09:00', message_id: 3, text: 'Cómo instalo\no pythón? obrigada 🙏' }),
        message({
          at: '2026-11-21 09:00',
          message_id: 4,
          text: 'Como instalo o Python? https://example.com/?a=b',
        }),
        message({ at: '2026-11-21 09:30', message_id: 5, text: 'Como instalo o R?' }),
      ]);
      expect(columnNames(result)).to.deep.equal([
        'question',
        'question_amount',
        'user_amount',
        'first_date',
        'last_date',
        'example',
        'same_wording_user_amount',
        'wording_amount',
        'other_wordings',
        'answered_percent',
        'confirmed_percent',
      ]);
      expect(result.rows).to.deep.equal([
        [
          'como instalo o python',
          4,
          2,
          '2026-11-20',
          '2026-11-22',
          'Cómo instalo\no pythón? obrigada 🙏',
          2,
          1,
          '',
          0,
          0,
        ],
      ]);
    });

    it('counts as one what asks the same in other words, and nothing else, under the most typical wording', async () => {
      const texts = [
        'Onde encontro a gravação da aula de ontem?',
        'A aula de ontem ficou gravada?',
        'alguém tem o link da gravação da aula',
        'cadê a gravação da aula de ontem',
        'Meu lambda dá timeout depois de 3 segundos',
        'o timeout do lambda é de quantos segundos?',
        'lambda com timeout, como aumento os segundos?',
        'Qual o prazo do projeto final?',
      ];
      const result = await ask(
        'most-frequent-questions',
        texts.map((text, index) => message({ message_id: 1 + index, user_id: 11 + index, text })),
      );
      expect(valuesOf(result, 'question_amount', 'wording_amount', 'example')).to.deep.equal([
        [4, 4, 'cadê a gravação da aula de ontem'],
        [3, 3, 'o timeout do lambda é de quantos segundos?'],
      ]);
    });

    it('has nothing that was asked once, or by one person only', async () => {
      const asked = (message_id: number, user_id: number, text: string) =>
        message({ message_id, user_id, text });
      const result = await ask('most-frequent-questions', [
        asked(1, 11, 'E o b?'),
        asked(2, 11, 'E o a?'),
        asked(3, 11, 'E o c?'),
        asked(4, 12, 'E o c?'),
        asked(5, 11, 'E o d?'),
        asked(6, 11, 'E o d?'),
      ]);
      expect(valuesOf(result, 'question', 'question_amount', 'user_amount')).to.deep.equal([['e o c', 2, 2]]);
    });

    it('counts the newest wording of an edited message', async () => {
      const edited = [11, 12].map((user_id) =>
        message({ message_id: user_id, user_id, text: 'Como instalo o Docker?', edit_date: 1795402799 }),
      );
      expect(valuesOf(await ask('most-frequent-questions', edited), 'question')).to.deep.equal([
        ['como instalo o docker'],
      ]);
    });

    it('stops at a hundred', async () => {
      // Words that have no beginning in common.
      const letters = (index: number) =>
        [1, 26, 676]
          .map((unit) => String.fromCharCode(97 + (Math.floor((index * 379) / unit) % 26)))
          .join('');
      const rows = Array.from({ length: 240 }, (_, index) => {
        const word = letters(index >> 1).repeat(3);
        return message({ message_id: 1 + index, user_id: 1 + (index % 2), text: `Onde está ${word}?` });
      });
      expect((await ask('most-frequent-questions', rows)).rows).to.have.length(100);
    });
  });

  describe('questions-answered-per-day', () => {
    const at = (clock: string) => ({ at: `2026-11-20 ${clock}` });
    const text = 'Quando é a prova?';

    it("counts the first reply of somebody else, on any later day, under the question's day", async () => {
      const result = await ask('questions-answered-per-day', [
        message({ message_id: 1, ...at('10:00:00'), text }),
        message({ message_id: 2, ...at('10:00:30'), text: 'Dia 5', user_id: 12, reply_to_message_id: 1 }),
        message({ message_id: 3, ...at('10:00:10'), user_id: 13, reply_to_message_id: 1 }), // a sticker, sooner
        message({ message_id: 4, at: '2026-11-20 23:59:30', text, user_id: 12 }),
        message({ message_id: 5, at: '2026-11-21 00:01:00', text: 'Dia 5', reply_to_message_id: 4 }),
        message({ message_id: 6, at: '2026-11-21 08:00', text }),
      ]);
      expect(columnNames(result)).to.deep.equal([
        'context_date',
        'question_amount',
        'answered_amount',
        'confirmed_amount',
        'answered_percent',
        'median_seconds_to_reply',
      ]);
      expect(result.rows).to.deep.equal([
        ['2026-11-21', 1, 0, 0, 0, null],
        ['2026-11-20', 2, 2, 0, 100, 50], // 10 s and 90 s
      ]);
    });

    it("counts a bot's reply, but none of one's own, nor to the same number in another chat", async () => {
      const result = await ask('questions-answered-per-day', [
        message({ message_id: 1, ...at('10:00'), text }),
        message({ message_id: 2, ...at('10:01'), reply_to_message_id: 1, text: 'alguém?' }),
        message({ message_id: 3, ...at('10:02'), reply_to_message_id: 1, user_id: 99, user_is_bot: true }),
        message({ message_id: 4, ...at('10:03'), reply_to_message_id: 1, user_id: 12, chat_id: -1002 }),
      ]);
      expect(result.rows).to.deep.equal([['2026-11-20', 1, 1, 0, 100, 120]]);
    });

    it('counts a message that begins with the name or the username of the asker as an answer', async () => {
      const bob = { user_id: 12, user_first_name: 'Bob' };
      const result = await ask('questions-answered-per-day', [
        message({ message_id: 1, ...at('10:00:00'), text }),
        message({ message_id: 2, ...at('10:00:40'), text: '@ana_s dia 5', ...bob }),
        message({ message_id: 3, ...at('10:00:50'), text: 'Ana, dia 5', ...bob }),
        message({ message_id: 4, ...at('11:00:00'), text: 'E a sala, qual é?', user_username: 'ana_s' }),
        message({ message_id: 5, ...at('15:00:00'), text: 'Ana, obrigado', ...bob }),
      ]);
      expect(result.rows).to.deep.equal([['2026-11-20', 2, 1, 0, 50, 40]]);
    });

    it('counts the reply of an anonymous administrator, whose user id is the same for all groups', async () => {
      const result = await ask('questions-answered-per-day', [
        message({ message_id: 1, ...at('10:00:00'), text, user_id: 1087968824 }),
        message({
          message_id: 3,
          ...at('10:00:20'),
          reply_to_message_id: 1,
          ...admin,
          sender_chat_id: -1003,
        }),
      ]);
      expect(result.rows).to.deep.equal([['2026-11-20', 1, 1, 0, 100, 20]]);
    });

    const answers: [title: string, answer: Partial<Parameters<typeof message>[0]>, answered: number][] = [
      ['the next message within ten minutes', { text: 'Dia 5' }, 1],
      ['the next message later than that', { text: 'Dia 5', ...at('10:10:01') }, 0],
      ['the next message, which asks something itself', { text: 'Alguém tem o slide?' }, 0],
      ['a reply that asks back', { text: 'Qual prova?', reply_to_message_id: 1 }, 0],
      ['a reply that only asks the same', { text: 'também quero saber', reply_to_message_id: 1 }, 0],
      [
        'a bot that does not know',
        { text: 'Ainda não sei responder.', reply_to_message_id: 1, user_is_bot: true },
        0,
      ],
      ['a sticker in reply', { text: null, reply_to_message_id: 1 }, 1],
    ];
    for (const [title, answer, answered] of answers) {
      it(`counts ${answered === 1 ? 'as an answer' : 'as no answer'} ${title}`, async () => {
        const result = await ask('questions-answered-per-day', [
          message({ message_id: 1, ...at('10:00:00'), text }),
          message({ message_id: 2, ...at('10:01:00'), user_id: 12, user_first_name: 'Bob', ...answer }),
        ]);
        expect(valuesOf(result, 'answered_amount')[0]).to.deep.equal([answered]);
      });
    }

    it('counts no next message as an answer while many talk', async () => {
      const talk = Array.from({ length: 9 }, (_, index) =>
        message({ message_id: 1 + index, ...at('09:55:00'), user_id: 20 + index, text: 'bom dia' }),
      );
      const result = await ask('questions-answered-per-day', [
        ...talk,
        message({ message_id: 30, ...at('10:00:00'), text }),
        message({ message_id: 31, ...at('10:00:10'), user_id: 12, user_first_name: 'Bob', text: 'Dia 5' }),
      ]);
      expect(valuesOf(result, 'answered_amount')).to.deep.equal([[0]]);
    });

    const confirmations: [title: string, said: Partial<Parameters<typeof message>[0]>, confirmed: number][] =
      [
        ['says that it worked, within an hour', { text: 'deu certo!' }, 1],
        [
          'thanks in reply to the answer, within a day',
          { ...at('20:00'), text: 'Valeu', reply_to_message_id: 2 },
          1,
        ],
        ['thanks after more than an hour, in reply to nothing', { ...at('20:00'), text: 'Valeu' }, 0],
        ['says that it did not work', { text: 'não funcionou' }, 0],
        ['is somebody else', { text: 'obrigado', user_id: 13 }, 0],
      ];
    for (const [title, said, confirmed] of confirmations) {
      it(`counts ${confirmed === 1 ? 'as confirmed' : 'as not confirmed'} where who speaks after the answer ${title}`, async () => {
        const result = await ask('questions-answered-per-day', [
          message({ message_id: 1, ...at('10:00:00'), text }),
          message({ message_id: 2, ...at('10:01:00'), user_id: 12, reply_to_message_id: 1, text: 'Dia 5' }),
          message({ message_id: 3, ...at('10:02:00'), ...said }),
        ]);
        expect(valuesOf(result, 'confirmed_amount')).to.deep.equal([[confirmed]]);
      });
    }

    const reactions: [title: string, events: Partial<Parameters<typeof event>[0]>[], confirmed: number][] = [
      ['the asker thanks by a reaction to it', [{}], 1],
      ['somebody else thanks by a reaction to it', [{ user_id: 13 }], 0],
      ['the asker gives it a thumb down', [{ reaction: '👎' }], 0],
      ['the asker takes the reaction back', [{}, { event: 'reaction_removed', at: '2026-11-20 10:05' }], 0],
      ['the asker reacts to another message', [{ message_id: 3 }], 0],
    ];
    for (const [title, given, confirmed] of reactions) {
      it(`counts an answer as ${confirmed === 1 ? 'confirmed' : 'not confirmed'} where ${title}`, async () => {
        const rows = [
          message({ message_id: 1, ...at('10:00:00'), text }),
          message({ message_id: 2, ...at('10:01:00'), user_id: 12, reply_to_message_id: 1, text: 'Dia 5' }),
          message({ message_id: 3, ...at('10:02:00'), user_id: 12, text: 'bom dia' }),
        ];
        const events = given.map((fields) =>
          event({ event: 'reaction_added', reaction: '👍', message_id: 2, ...at('10:03:00'), ...fields }),
        );
        const result = await ask('questions-answered-per-day', rows, undefined, events);
        expect(valuesOf(result, 'confirmed_amount')).to.deep.equal([[confirmed]]);
      });
    }

    const medians: [waits: number[], median: number][] = [
      [[7], 7],
      [[10, 20], 15],
      [[1, 2, 90], 2],
      [[4, 1, 100, 3], 4], // 3.5
      [[5, 5, 5, 5, 9], 5],
    ];
    for (const [waits, median] of medians) {
      it(`finds the median ${median} s of ${waits.join(', ')} s beside two open questions`, async () => {
        const asked = [...waits, undefined, undefined].map((_, index) =>
          message({ message_id: 1 + index, ...at('10:00:00'), text: `Quem fez o ${index}?` }),
        );
        const replies = waits.map((seconds, index) => ({
          ...message({
            message_id: 100 + index,
            ...at('10:00:00'),
            user_id: 12,
            reply_to_message_id: 1 + index,
          }),
          date: (asked[0]?.date ?? 0) + seconds,
        }));
        const result = await ask('questions-answered-per-day', [...asked, ...replies]);
        const share = Math.round((waits.length * 1000) / (waits.length + 2)) / 10;
        expect(result.rows).to.deep.equal([['2026-11-20', waits.length + 2, waits.length, 0, share, median]]);
      });
    }
  });

  describe('question-terms', () => {
    const said = (texts: readonly string[], user_id: number, firstId: number) =>
      texts.map((text, at) => message({ message_id: firstId + at, user_id: user_id + at, text }));

    it('has what is more common in questions than in other messages, once for each question', async () => {
      const result = await ask('question-terms', [
        ...said(
          ['Como instalo o Docker, o Docker novo?', 'Galera, o docker não abre?', 'e a prova, galera?'],
          11,
          1,
        ),
        ...said(['que prova boa, galera', 'a prova foi longa', 'prova feita', 'docker é legal'], 21, 11),
      ]);
      expect(result.rows).to.deep.equal([
        ['docker', 2, 2, 'Galera, o docker não abre?'],
        ['abre', 1, 1, 'Galera, o docker não abre?'],
        ['instalo', 1, 1, 'Como instalo o Docker, o Docker novo?'],
        ['novo', 1, 1, 'Como instalo o Docker, o Docker novo?'],
      ]);
    });

    it('has all words of a group that only asks, but for those of asking', async () => {
      const result = await ask('question-terms', said(['Alguém sabe como funciona o Athena?'], 11, 1));
      expect(valuesOf(result, 'term')).to.deep.equal([['athena'], ['funciona']]);
    });
  });

  describe('open-questions', () => {
    it('lists what nobody else replied to, newest first, with age and link', async () => {
      const result = await ask('open-questions', [
        message({ message_id: 1, at: '2026-11-20 23:59:59', text: 'Quem tem o link?' }),
        message({ message_id: 2, at: '2026-11-21 10:00', text: 'E a gravação?', caption: null }),
        message({ message_id: 3, at: '2026-11-21 10:05', user_id: 12, text: 'Subi', reply_to_message_id: 2 }),
        message({
          message_id: 4,
          at: '2026-11-21 11:00',
          text: 'Qual é a sala?',
          user_id: 12,
          user_first_name: 'Bia',
        }),
        message({
          message_id: 5,
          at: '2026-11-21 11:01',
          text: 'up',
          user_id: 12,
          user_first_name: 'Bia',
          reply_to_message_id: 4,
        }),
        message({ message_id: 9, at: '2026-11-21 12:29', text: 'boa noite' }),
      ]);
      expect(columnNames(result)).to.deep.equal([
        'asked_at',
        'age_hours',
        'user_id',
        'user_first_name',
        'question',
        'message_link',
        'chat_id',
        'message_id',
      ]);
      expect(result.rows).to.deep.equal([
        ['2026-11-21 11:00', 1, 12, 'Bia', 'Qual é a sala?', 'https://t.me/c/1234567890/4', group, 4],
        ['2026-11-20 23:59', 12, 11, 'Ana', 'Quem tem o link?', 'https://t.me/c/1234567890/1', group, 1],
      ]);
    });

    it('gives no link where Telegram has none: in basic groups', async () => {
      const row = message({ text: 'E agora?', chat_id: -4099887766, chat_type: 'group' });
      expect(valuesOf(await ask('open-questions', [row]), 'message_link')).to.deep.equal([[null]]);
    });

    it('gives the time of another zone', async () => {
      const row = message({ at: '2026-11-22 21:30', text: 'E agora?' });
      expect(valuesOf(await ask('open-questions', [row], 'UTC'), 'asked_at')).to.deep.equal([
        ['2026-11-23 00:30'],
      ]);
    });
  });
});
