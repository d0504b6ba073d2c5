import { expect } from 'chai';
import type { MessageRow } from '../../src/lake/columns.ts';
import type { EventRow } from '../../src/lake/event-columns.ts';
import { event } from '../../tools/fixtures/event-rows.ts';
import { message } from '../../tools/fixtures/message-rows.ts';
import { askedLake, valuesOf } from '../support/asked-lake.ts';

const bot = { user_id: 99, user_is_bot: true, user_first_name: 'Helper' };
const bia = { user_id: 12, user_first_name: 'Bia' };

describe('saved queries for bots', () => {
  const ask = askedLake();
  const asked = (file: string, rows: MessageRow[], events: EventRow[] = []) =>
    ask(file, rows, undefined, events);
  let lastId: number;
  beforeEach(() => {
    lastId = 0;
  });
  /** A message on 22 November, numbered in the order of the calls. */
  const said = (at: string, text: string, fields: Partial<MessageRow> = {}) => {
    lastId += 1;
    return message({ message_id: lastId, at: at.includes('-') ? at : `2026-11-22 ${at}`, text, ...fields });
  };
  const repliedTo = ({ message_id, user_id }: MessageRow) => ({
    reply_to_message_id: message_id,
    reply_to_user_id: user_id,
  });

  describe('bot-commands', () => {
    it('counts each command under its name alone, with its hour, and whether a bot answered within a minute', async () => {
      const help = said('09:00:00', '/help');
      const rows = [
        help,
        said('09:00:20', 'Diga /start', { ...bot, ...repliedTo(help) }),
        said('09:10:00', '/HELP@helper_bot agora', bia),
        said('09:11:01', 'tarde demais', bot),
        said('10:00:00', '/start'),
        said('10:00:30', 'resposta a outra', { ...bot, ...repliedTo(help) }),
        said('11:00:00', '/start'),
        said('11:00:01', 'Olá', bot),
        said('12:00:00', '/home/ana/x.py não é'),
        said('12:00:00', 'nem /this'),
        said('12:00:00', '/start', { user_id: 98, user_is_bot: true }),
      ];
      expect(
        valuesOf(
          await asked('bot-commands', rows),
          'command',
          'command_amount',
          'user_amount',
          'hour_of_day',
          'answered_amount',
          'answered_percent',
        ),
      ).to.deep.equal([
        ['/help', 2, 2, 9, 1, 50],
        ['/start', 2, 1, 10, 1, 50],
      ]);
    });

    it('leaves the answers open where the lake has no message of a bot', async () => {
      const result = await asked('bot-commands', [said('09:00', '/help')]);
      expect(valuesOf(result, 'command_amount', 'answered_amount', 'answered_percent')).to.deep.equal([
        [1, null, null],
      ]);
    });
  });

  /** Five questions: answered by the bot, by Bia, by both (twice, the bot first once), and by nobody. */
  function fiveQuestions(): MessageRow[] {
    const questions = ['banco', 'rede', 'disco', 'tela', 'som'].map((word, index) =>
      said(`1${index}:00:00`, `Como configuro o meu ${word} aqui?`),
    );
    const [one, two, three, four] = questions as [MessageRow, MessageRow, MessageRow, MessageRow];
    return [
      ...questions,
      said('10:00:10', 'Assim.', { ...bot, ...repliedTo(one) }),
      said('11:10:00', 'Assado.', { ...bia, ...repliedTo(two) }),
      said('12:00:20', 'Assim.', { ...bot, ...repliedTo(three) }),
      said('12:30:00', 'Melhor assado.', { ...bia, ...repliedTo(three) }),
      said('13:00:05', 'Assado.', { ...bia, ...repliedTo(four) }),
      said('13:00:30', 'Assim.', { ...bot, ...repliedTo(four) }),
    ];
  }

  it('bot-answers-per-day: counts questions by who answered them', async () => {
    expect((await asked('bot-answers-per-day', fiveQuestions())).rows).to.deep.equal([
      ['2026-11-22', 5, 1, 1, 2, 1],
    ]);
  });

  it('bot-answers-per-day, bot-time-to-answer: have no rows where there is no bot', async () => {
    const rows = fiveQuestions().filter(({ user_id }) => user_id !== bot.user_id);
    expect((await asked('bot-answers-per-day', rows)).rows).to.deep.equal([]);
    expect((await asked('bot-time-to-answer', rows)).rows).to.deep.equal([]);
  });

  it('bot-time-to-answer: gives the median and the slow end of the first answers of each', async () => {
    expect((await asked('bot-time-to-answer', fiveQuestions())).rows).to.deep.equal([
      ['bot', 3, 20, 30],
      ['person', 3, 600, 1800],
    ]);
  });

  it('bot-handed-over: lists what the bot answered first and a person later', async () => {
    const result = await asked('bot-handed-over', fiveQuestions());
    expect(
      valuesOf(result, 'asked_at', 'question', 'bot_seconds_to_reply', 'person_seconds_to_reply'),
    ).to.deep.equal([['2026-11-22 12:00', 'Como configuro o meu disco aqui?', 20, 1800]]);
  });

  describe('bot-fallbacks', () => {
    const sorry = 'Desculpe, não entendi.';
    const dialog = (words: string[], fields: Partial<MessageRow> = {}) =>
      words.flatMap((word, index) => {
        const question = said(`0${index}:00:00`, word, fields);
        return [question, said(`0${index}:00:02`, sorry, { ...fields, ...bot, ...repliedTo(question) })];
      });

    it('lists a text that answers three different messages, but not two, one thrice, or commands', async () => {
      const three = dialog(['alô', 'socorro', 'o banco caiu']);
      const result = await asked('bot-fallbacks', three);
      expect(valuesOf(result, 'bot_text', 'reply_amount', 'wording_amount', 'user_amount')).to.deep.equal([
        [sorry, 3, 3, 1],
      ]);
      expect((await asked('bot-fallbacks', dialog(['alô', 'ALÔ', 'socorro']))).rows).to.deep.equal([]);
      expect((await asked('bot-fallbacks', dialog(['/a', '/b', '/c']))).rows).to.deep.equal([]);
    });

    it('takes the word of a bot that says whether it could help', async () => {
      const unhandled = dialog(['alô']).map((row) => (row.user_is_bot ? { ...row, handled: false } : row));
      const result = await asked('bot-fallbacks', unhandled);
      expect(valuesOf(result, 'bot_text', 'reply_amount', 'unhandled_amount')).to.deep.equal([[sorry, 1, 1]]);
      const handled = dialog(['alô', 'socorro', 'o banco caiu']).map((row) => ({ ...row, handled: true }));
      expect((await asked('bot-fallbacks', handled)).rows).to.deep.equal([]);
    });

    it('takes what a bot says next in a private chat for its reply, and in a group not', async () => {
      const talk = (chat: Partial<MessageRow>) =>
        ['alô', 'socorro', 'o banco caiu'].flatMap((word, index) => [
          said(`0${index}:00:00`, word, chat),
          said(`0${index}:00:02`, sorry, { ...chat, ...bot }),
        ]);
      const inPrivate = await asked('bot-fallbacks', talk({ chat_id: 11, chat_type: 'private' }));
      expect(valuesOf(inPrivate, 'wording_amount')).to.deep.equal([[3]]);
      expect((await asked('bot-fallbacks', talk({}))).rows).to.deep.equal([]);
    });
  });

  it('bot-asked-again: counts what the same person asks again within 24 hours of asking', async () => {
    const words = 'Onde fica o material da aula de redes?';
    const first = said('2026-11-20 10:00', words);
    const other = said('2026-11-20 11:00', 'Quando começa a prova de bancos?', bia);
    const rows = [
      first,
      other,
      said('2026-11-20 10:00:05', 'Lá.', { ...bot, ...repliedTo(first) }),
      said('2026-11-20 11:00:05', 'Hoje.', { ...bot, ...repliedTo(other) }),
      said('2026-11-21 09:59', words),
      said('2026-11-22 11:01', 'Quando começa a prova de bancos?', bia),
      said('2026-11-20 12:00', words, bia),
    ];
    expect((await asked('bot-asked-again', rows)).rows).to.deep.equal([['2026-11-20', 2, 1, 50]]);
  });

  it('bot-users-after-start: tells who did nothing after the first /start, and who came back on a later day', async () => {
    const rows = [
      said('2026-11-16 10:00', '/start'),
      said('2026-11-16 10:00:01', '/start', bia),
      said('2026-11-16 10:00:01', 'oi', bia),
      said('2026-11-17 10:00', '/start@helper_bot', { user_id: 13 }),
      said('2026-11-18 10:00', 'oi', { user_id: 14 }),
      said('2026-11-23 10:00', '/start', { user_id: 15 }),
    ];
    const press = event({ event: 'button_pressed', user_id: 13, arrived_at: '2026-11-19 08:00:00' });
    expect((await asked('bot-users-after-start', rows, [press])).rows).to.deep.equal([
      ['2026-11-23', 1, 1, 0, 0],
      ['2026-11-16', 3, 1, 1, 33.3],
    ]);
  });

  it('bot-buttons: counts presses by the data of the button', async () => {
    const press = (data: string | null, fields: Partial<EventRow> = {}) =>
      event({ event: 'button_pressed', data, message_id: 1, arrived_at: '2026-11-22 08:00:00', ...fields });
    const events = [
      press('menu'),
      press('menu', { user_id: 12, message_id: 2, arrived_at: '2026-11-23 08:00:00' }),
      press('sair'),
      press(null),
      event({ event: 'joined', data: 'menu' }),
    ];
    expect((await asked('bot-buttons', [], events)).rows).to.deep.equal([
      ['menu', 2, 2, 2, '2026-11-22', '2026-11-23'],
      ['sair', 1, 1, 1, '2026-11-22', '2026-11-22'],
    ]);
  });

  it('weekly-retention: follows those who wrote first in a week, without bots', async () => {
    const rows = [
      said('2026-11-02 10:00', 'oi'),
      said('2026-11-03 10:00', 'oi', bia),
      said('2026-11-09 10:00', 'oi', { user_id: 13 }),
      said('2026-11-16 10:00', 'oi', bia),
      said('2026-11-16 10:00', 'oi', bot),
    ];
    expect((await asked('weekly-retention', rows)).rows).to.deep.equal([
      ['2026-11-09', 0, 1, 100],
      ['2026-11-02', 0, 2, 100],
      ['2026-11-02', 2, 1, 50],
    ]);
  });

  it('sessions-per-day: ends a session after 30 minutes without a message or a press, by person and chat', async () => {
    const rows = [
      said('2026-11-21 23:50', 'oi'),
      said('2026-11-22 00:20', 'ainda aqui'),
      said('2026-11-22 00:50:01', 'de volta'),
      said('2026-11-22 10:00', 'oi', bia),
      said('2026-11-22 10:00', 'oi', { ...bia, chat_id: 12, chat_type: 'private' }),
      said('2026-11-22 10:00', 'oi', bot),
    ];
    const press = event({ event: 'button_pressed', user_id: 12, arrived_at: '2026-11-22 10:30:00' });
    expect((await asked('sessions-per-day', rows, [press])).rows).to.deep.equal([
      ['2026-11-22', 3, 2, 1.3, 0],
      ['2026-11-21', 1, 1, 2, 1800],
    ]);
  });

  it('joins-and-leaves-per-week: counts people once, who is still there, and who wrote since', async () => {
    const joined = (user_id: number, at: string, fields: Partial<EventRow> = {}) =>
      event({ event: 'joined', user_id, at, ...fields });
    const events = [
      joined(21, '2026-11-16 10:00', { kind: 'chat_member' }),
      joined(21, '2026-11-16 10:00', { kind: 'new_chat_members' }),
      joined(22, '2026-11-17 10:00'),
      joined(23, '2026-11-18 10:00'),
      joined(99, '2026-11-18 10:00', { user_is_bot: true }),
      event({ event: 'banned', user_id: 23, at: '2026-11-18 11:00' }),
      event({ event: 'left', user_id: 22, at: '2026-11-24 10:00' }),
      joined(22, '2026-11-25 10:00'),
    ];
    const rows = [
      said('2026-11-16 09:00', 'antes', { user_id: 22 }),
      said('2026-11-16 11:00', 'oi', { user_id: 21 }),
    ];
    expect((await asked('joins-and-leaves-per-week', rows, events)).rows).to.deep.equal([
      ['2026-11-23', 1, 1, 0, 1],
      ['2026-11-16', 3, 1, 1, 1],
    ]);
  });
});
