import { expect } from 'chai';
import fc from 'fast-check';
import type { ResultTable, Value } from '../../../src/query/query-runner.ts';
import { findingOf, findingRules } from '../../../src/report/data/findings/findings.ts';
import { type Row, rowsOf } from '../../../src/report/data/records.ts';
import { type FindingName, findingNames } from '../../../src/report/finding-names.ts';
import { english } from '../../../src/report/language/english.ts';
import { portuguese } from '../../../src/report/language/portuguese.ts';
import { charts, reportAnswers } from '../../support/report-answers.ts';
import { resultTable } from '../../support/result-table.ts';

type Rows = readonly (readonly Value[])[];

/** As the saved queries of these charts give them. */
const columns: Readonly<Record<FindingName, string>> = {
  'busiest-day': 'context_date date, message_amount bigint, user_amount bigint, week_average double',
  'active-days': 'context_date date, message_amount bigint, user_amount bigint, week_average double',
  'busiest-hour':
    'hour_of_day bigint, message_amount bigint, message_share_percent double, user_amount bigint',
  'busiest-hour-of-week':
    'parsed_date_hour bigint, parsed_date_weekday bigint, parsed_date_weeknum bigint, message_amount bigint',
  'most-active': 'user_id bigint, user_first_name varchar, message_amount bigint',
  newcomers: 'week_start date, user_amount bigint, newcomer_amount bigint, returning_amount bigint',
  replies:
    'user_id bigint, user_first_name varchar, reply_to_user_id bigint, reply_to_first_name varchar, reply_amount bigint',
  'message-length':
    'user_id bigint, user_first_name varchar, message_amount bigint, median_message_length bigint, text_amount bigint',
  'top-term': 'term varchar, question_amount bigint, user_amount bigint, example varchar',
  answered:
    'context_date date, question_amount bigint, answered_amount bigint, confirmed_amount bigint, answered_percent double, median_seconds_to_reply bigint',
  'time-to-reply':
    'context_date date, question_amount bigint, answered_amount bigint, confirmed_amount bigint, answered_percent double, median_seconds_to_reply bigint',
  kinds: 'content_type varchar, message_amount bigint, message_share_percent double, user_amount bigint',
  reactions: 'reaction varchar, reaction_amount bigint, message_amount bigint, user_amount bigint',
  topics:
    'message_thread_id bigint, opening varchar, message_amount bigint, user_amount bigint, first_date date, last_date date, message_link varchar',
  'bot-answers':
    'context_date date, question_amount bigint, by_bot_amount bigint, by_people_amount bigint, by_both_amount bigint, by_nobody_amount bigint',
  'bot-commands':
    'command varchar, command_amount bigint, user_amount bigint, hour_of_day bigint, answered_amount bigint, answered_percent double',
  'bot-buttons':
    'button varchar, press_amount bigint, user_amount bigint, message_amount bigint, first_date date, last_date date',
  highest: 'context_date date, message_amount bigint',
};

const tableOf = (name: FindingName, rows: Rows): ResultTable => resultTable(columns[name], ...rows);

/** Days back from 22 November 2026, a Sunday, with these messages each. */
const days = (...amounts: number[]): Rows =>
  amounts.map((amount, back) => [`2026-11-${String(22 - back).padStart(2, '0')}`, amount, 1, null]);

/** Rows of questions and their answers for as many days back; null where no question of the day was answered. */
const questionDays = (
  ...ofDays: [questions: number, answered: number, seconds: number | null, confirmed?: number][]
): Rows =>
  ofDays.map(([questions, answered, seconds, confirmed = 0], back) => [
    `2026-11-${String(22 - back).padStart(2, '0')}`,
    questions,
    answered,
    confirmed,
    null,
    seconds,
  ]);

const twice = <T>(row: T): T[] => [row, row];

const told: [name: FindingName, of: string, rows: Rows, english: string, portuguese: string][] = [
  [
    'busiest-day',
    'days, the newest week not whole',
    days(2, 1, 6),
    'The busiest day was Friday, 20 November 2026 with 6 messages, 2 times the average of 3.',
    'O dia mais movimentado foi sexta-feira, 20 de novembro de 2026, com 6 mensagens, 2 vezes a média de 3.',
  ],
  [
    'busiest-day',
    'days alike, the newest of which is named',
    days(1, 1, 1),
    'The busiest day was Sunday, 22 November 2026 with 1 message, not far from the average of 1.',
    'O dia mais movimentado foi domingo, 22 de novembro de 2026, com 1 mensagem, perto da média de 1.',
  ],
  [
    'busiest-day',
    'a busy day in a silent time, without a factor over next to nothing',
    days(1, 0, 0, 0, 0, 0, 0, 8, ...Array<number>(14).fill(0)),
    'The busiest day was Sunday, 15 November 2026 with 8 messages.',
    'O dia mais movimentado foi domingo, 15 de novembro de 2026, com 8 mensagens.',
  ],
  [
    'busiest-day',
    'many messages, with the average of the newest week',
    [
      ['2026-11-22', 1000, 9, 1234.5],
      ['2026-11-21', 0, 0, 2000],
      ['2026-11-20', 2600, 9, null],
    ],
    'The busiest day was Friday, 20 November 2026 with 2,600 messages, 2.2 times the average of 1,200; the last seven days had 1,235 a day.',
    'O dia mais movimentado foi sexta-feira, 20 de novembro de 2026, com 2.600 mensagens, 2,2 vezes a média de 1.200; os últimos sete dias tiveram 1.235 por dia.',
  ],
  [
    'active-days',
    'days without silence',
    days(1, 2, 3, 4, 5, 6, 7),
    'There were messages on every one of the 7 days.',
    'Houve mensagens em todos os 7 dias.',
  ],
  [
    'active-days',
    'one silent day',
    days(1, 1, 1, 0, 1, 1, 1),
    'There were messages on 6 of 7 days; the longest silence was 1 day from 19 November 2026.',
    'Houve mensagens em 6 de 7 dias; o silêncio mais longo foi de 1 dia, a partir de 19 de novembro de 2026.',
  ],
  [
    'active-days',
    'two silences as long as one another, of which the newer is named by its first day',
    days(1, 0, 0, 1, 0, 0, 1, 0, 1),
    'There were messages on 4 of 9 days; the longest silence was 2 days from 20 November 2026.',
    'Houve mensagens em 4 de 9 dias; o silêncio mais longo foi de 2 dias, a partir de 20 de novembro de 2026.',
  ],
  [
    'busiest-hour',
    'hours, the busiest first',
    [
      [23, 15, 71.4, 4],
      [9, 6, 28.6, 1],
    ],
    'The group is busiest from 23:00 to 00:00: 15 messages, 71.4% of all, by 4 people.',
    'O grupo é mais movimentado entre 23h e 0h: 15 mensagens, 71,4% do total, de 4 pessoas.',
  ],
  [
    'busiest-hour',
    'one hour of one person',
    [[9, 20, 100, 1]],
    'The group is busiest from 09:00 to 10:00: 20 messages, 100% of all, by 1 person.',
    'O grupo é mais movimentado entre 9h e 10h: 20 mensagens, 100% do total, de 1 pessoa.',
  ],
  [
    'busiest-hour-of-week',
    // By hour of the week: Monday 9 h has 30 + 20, Sunday 23 h 30, Tuesday 0 h 20. Half of 100 is the first alone.
    'weeks, added up',
    [
      [9, 1, 46, 30],
      [23, 7, 46, 30],
      [0, 2, 47, 20],
      [9, 1, 47, 20],
    ],
    'Monday from 09:00 to 10:00 is the busiest hour of the week; half of all messages fall into 1 of its 168 hours.',
    'A hora mais movimentada da semana é segunda-feira entre 9h e 10h; metade das mensagens cai em 1 das 168 horas.',
  ],
  [
    'busiest-hour-of-week',
    // 40, 40 and 21: the first two hold more than half of 101, the first alone does not. Monday comes before Sunday.
    'hours alike, of which the earlier in the week is named',
    [
      [23, 7, 46, 40],
      [23, 1, 46, 40],
      [5, 3, 46, 21],
    ],
    'Monday from 23:00 to 00:00 is the busiest hour of the week; half of all messages fall into 2 of its 168 hours.',
    'A hora mais movimentada da semana é segunda-feira entre 23h e 0h; metade das mensagens cai em 2 das 168 horas.',
  ],
  [
    'most-active',
    'three people, of whom one leads',
    [
      [1, 'Ana', 2, null],
      [2, 'Bia', 1, null],
      [3, 'Caio', 1, null],
    ],
    'Ana wrote most: 2 of 4 messages.',
    'Quem mais escreveu foi Ana: 2 de 4 mensagens.',
  ],
  [
    'most-active',
    // A fifth of eleven people is three: 10 + 5 + 5 of 28.
    'eleven people, of whom three lead',
    [10, 5, 5, 1, 1, 1, 1, 1, 1, 1, 1].map((amount, at) => [at, at ? `Bia ${at}` : 'Ana', amount]),
    'Ana wrote most: 10 of 28 messages; the 3 most active of 11 people wrote 71.4% of all.',
    'Quem mais escreveu foi Ana: 10 de 28 mensagens; as 3 pessoas mais ativas, de 11, escreveram 71,4% do total.',
  ],
  [
    'most-active',
    // Never more than five: 5 of 1,000.
    'a thousand people, of whom five lead',
    Array.from({ length: 1000 }, (_, at) => [at, 'Ana', 1]),
    'Ana wrote most: 1 of 1,000 messages; the 5 most active of 1,000 people wrote 0.5% of all.',
    'Quem mais escreveu foi Ana: 1 de 1.000 mensagens; as 5 pessoas mais ativas, de 1.000, escreveram 0,5% do total.',
  ],
  [
    'newcomers',
    'weeks, the newest first',
    [
      ['2026-11-23', 2, 1, 1],
      ['2026-11-16', 12, 3, 9],
      ['2026-11-09', 20, 20, 0],
    ],
    'In the week from 16 November 2026, 12 people wrote; 3 for the first time.',
    'Na semana de 16 de novembro de 2026, 12 pessoas escreveram; 3 pela primeira vez.',
  ],
  [
    'newcomers',
    'one person who has written before',
    [
      ['2026-11-23', 1, 0, 1],
      ['2026-11-16', 1, 0, 1],
      ['2026-11-09', 1, 1, 0],
    ],
    'In the week from 16 November 2026, 1 person wrote; nobody for the first time.',
    'Na semana de 16 de novembro de 2026, 1 pessoa escreveu; ninguém pela primeira vez.',
  ],
  [
    'replies',
    'two pairs, one of which goes both ways',
    [
      [1, 'Ana', 2, 'Bia', 6],
      [3, 'Caio', 1, 'Ana', 3],
      [2, 'Bia', 1, 'Ana', 1],
    ],
    'Ana replied most often to one person: 6 times to Bia. In 1 pair, both reply to each other.',
    'Quem mais respondeu a uma mesma pessoa foi Ana: 6 vezes a Bia. Em 1 dupla, os dois se respondem.',
  ],
  [
    'replies',
    'pairs that go one way only',
    [
      [1, 'Ana', 2, 'Bia', 9],
      [2, 'Bia', 3, 'Caio', 1],
    ],
    'Ana replied most often to one person: 9 times to Bia.',
    'Quem mais respondeu a uma mesma pessoa foi Ana: 9 vezes a Bia.',
  ],
  [
    'replies',
    'many pairs, each of which once',
    [1, 2, 3, 4, 5].flatMap((user) => [
      [user, `A${user}`, 10 + user, `B${user}`, 1],
      [10 + user, `B${user}`, user, `A${user}`, 1],
    ]),
    'A1 replied most often to one person: 1 time to B1. In 5 pairs, both reply to each other.',
    'Quem mais respondeu a uma mesma pessoa foi A1: 1 vez a B1. Em 5 duplas, os dois se respondem.',
  ],
  [
    'message-length',
    // 10, 20 and 90: the middle one is typical. People who never wrote a word do not count.
    'people, one of whom never wrote a word',
    [
      [1, 'Ana', 9, 10, 10],
      [2, 'Bia', 8, null, 0],
      [3, 'Caio', 7, 90, 10],
      [4, 'Davi', 6, 20, 10],
    ],
    'Among the most active, Caio writes the longest messages: half of them have 90 characters or more. 20 is typical.',
    'Entre as pessoas mais ativas, Caio escreve as mensagens mais longas: metade tem 90 caracteres ou mais. O típico é 20.',
  ],
  [
    'message-length',
    // 1, 1, 2 and 2: halfway between 1 and 2.
    'an even number of people, the more active named of two alike',
    [
      [1, 'Ana', 9, 2, 10],
      [2, 'Bia', 8, 2, 10],
      [3, 'Caio', 7, 1, 10],
      [4, 'Davi', 6, 1, 10],
    ],
    'Among the most active, Ana writes the longest messages: half of them have 2 characters or more. 1.5 is typical.',
    'Entre as pessoas mais ativas, Ana escreve as mensagens mais longas: metade tem 2 caracteres ou mais. O típico é 1,5.',
  ],
  [
    'message-length',
    'the fifteen whom the chart shows, and not who writes rarely and long',
    [
      ...Array.from({ length: 15 }, (_, at) => [at, at ? 'Bia' : 'Ana', 100 - at, 30 - at, 10]),
      [15, 'Caio', 1, 4000, 10],
    ],
    'Among the most active, Ana writes the longest messages: half of them have 30 characters or more. 23 is typical.',
    'Entre as pessoas mais ativas, Ana escreve as mensagens mais longas: metade tem 30 caracteres ou mais. O típico é 23.',
  ],
  [
    'top-term',
    'terms, the most frequent first',
    [
      ['docker', 5, 4, 'x'],
      ['python', 3, 3, 'x'],
    ],
    '“docker” is in 5 questions, more than any other term; “python” comes next.',
    '“docker” está em 5 perguntas, mais que qualquer outro termo; depois vem “python”.',
  ],
  [
    'top-term',
    'one term',
    [['docker', 3, 1, 'x']],
    '“docker” is in 3 questions, more than any other term.',
    '“docker” está em 3 perguntas, mais que qualquer outro termo.',
  ],
  [
    'top-term',
    'two terms alike, neither of which is more frequent',
    [
      ['docker', 3, 3, 'x'],
      ['python', 3, 2, 'x'],
    ],
    '“docker” is in 3 questions, as many as “python”.',
    '“docker” está em 3 perguntas, o mesmo que “python”.',
  ],
  [
    'answered',
    // 3 of 6.
    'fewer than fourteen days',
    questionDays([1, 1, 60], [2, 0, null], [3, 2, 60]),
    '50% of questions got an answer from somebody else (3 of 6).',
    '50% das perguntas tiveram resposta de outra pessoa (3 de 6).',
  ],
  [
    'answered',
    // 14 + 0 of 21; of the newest seven days 0 of 7.
    'fourteen days, the newest seven by themselves',
    questionDays(
      ...Array<[number, number, number | null]>(7).fill([1, 0, null]),
      ...Array<[number, number, number | null]>(7).fill([2, 2, 30]),
    ),
    '67% of questions got an answer from somebody else (14 of 21), and 0% on the newest 7 days with questions.',
    '67% das perguntas tiveram resposta de outra pessoa (14 de 21), e 0% nos 7 dias mais recentes com perguntas.',
  ],
  [
    'answered',
    // 999 of 1,000.
    'nearly all questions, which are not all',
    questionDays([1000, 999, 60]),
    '99% of questions got an answer from somebody else (999 of 1,000).',
    '99% das perguntas tiveram resposta de outra pessoa (999 de 1.000).',
  ],
  [
    'answered',
    // 8 of 707 is 1.1%, and 1 of 700, of the newest seven days, 0.1%.
    'one answered question, which is more than none',
    questionDays(
      [694, 1, 60],
      ...Array<[number, number, number | null]>(6).fill([1, 0, null]),
      ...Array<[number, number, number | null]>(7).fill([1, 1, 30]),
    ),
    '1% of questions got an answer from somebody else (8 of 707), and 1% on the newest 7 days with questions.',
    '1% das perguntas tiveram resposta de outra pessoa (8 de 707), e 1% nos 7 dias mais recentes com perguntas.',
  ],
  [
    'answered',
    'all questions',
    questionDays([5, 5, 60]),
    '100% of questions got an answer from somebody else (5 of 5).',
    '100% das perguntas tiveram resposta de outra pessoa (5 de 5).',
  ],
  [
    'answered',
    'answers of which the askers said that they helped',
    questionDays([6, 5, 60, 2], [4, 3, 60, 1]),
    '80% of questions got an answer from somebody else (8 of 10); in 30% the asker said that it helped.',
    '80% das perguntas tiveram resposta de outra pessoa (8 de 10); em 30%, quem perguntou disse que ajudou.',
  ],
  [
    'answered',
    'a group where no answer can be seen',
    questionDays([6, 0, null]),
    'No answer to the 6 questions can be seen: nobody replied to them or named who asked.',
    'Não se vê resposta a nenhuma das 6 perguntas: ninguém respondeu a elas nem citou quem perguntou.',
  ],
  [
    'time-to-reply',
    // 30 s, 90 s and 7,200 s: the middle one is typical. The day without a reply is none of them.
    'days, one of which had no reply',
    questionDays([1, 1, 30], [1, 0, null], [2, 2, 7200], [1, 1, 60]),
    'On a typical day half of the first replies come within 60 seconds; on the slowest, 20 November 2026, it took 2 hours.',
    'Num dia típico, metade das primeiras respostas vem em até 60 segundos; no mais lento, 20 de novembro de 2026, levou 2 horas.',
  ],
  [
    'time-to-reply',
    'days on which replies came at once',
    questionDays([1, 1, 0], [1, 1, 0], [1, 1, 0]),
    'On a typical day half of the first replies come within 0 seconds; on the slowest, 22 November 2026, it took 0 seconds.',
    'Num dia típico, metade das primeiras respostas vem em até 0 segundo; no mais lento, 22 de novembro de 2026, levou 0 segundo.',
  ],
  [
    'kinds',
    'kinds that have a word, and kinds that have none',
    [
      ['text', 15, 71.4, 3],
      ['hologram', 6, 28.6, 1],
    ],
    '71.4% of messages are text, 28.6% hologram.',
    '71,4% das mensagens são texto, 28,6% hologram.',
  ],
  [
    'kinds',
    'one kind',
    [['voice', 20, 100, 3]],
    '100% of messages are voice messages.',
    '100% das mensagens são mensagens de voz.',
  ],
  [
    'reactions',
    'reactions, the most frequent first',
    [
      ['👍', 1200, 900, 31],
      ['custom_emoji', 300, 200, 2],
    ],
    '👍 is the favorite: 1,200 of 1,500 reactions in four weeks, from 31 people.',
    '👍 é a favorita: 1.200 de 1.500 reações em quatro semanas, de 31 pessoas.',
  ],
  [
    'reactions',
    'one kind, of one person, by its word',
    [['paid', 10, 10, 1]],
    'paid star is the favorite: 10 of 10 reactions in four weeks, from 1 person.',
    'estrela paga é a favorita: 10 de 10 reações em quatro semanas, de 1 pessoa.',
  ],
  [
    'topics',
    'topics, the busiest first',
    [
      [5, 'Docker', 8, 3, '2026-11-01', '2026-11-22', null],
      [9, null, 2, 1, '2026-11-01', '2026-11-22', null],
    ],
    'The busiest of 2 topics has 8 messages by 3 people.',
    'O mais movimentado de 2 tópicos tem 8 mensagens de 3 pessoas.',
  ],
  [
    'topics',
    'one topic',
    [[5, 'Docker', 10, 1, '2026-11-01', '2026-11-22', null]],
    'The only topic has 10 messages by 1 person.',
    'O único tópico tem 10 mensagens de 1 pessoa.',
  ],
  [
    'bot-answers',
    'two days',
    [
      ['2026-11-22', 6, 3, 1, 1, 1],
      ['2026-11-21', 4, 1, 1, 0, 2],
    ],
    'Of 10 questions, a bot alone answered 40%, people alone 20%, both 10%, and nobody 30%.',
    'De 10 perguntas, só um bot respondeu 40%, só pessoas 20%, os dois 10%, e ninguém 30%.',
  ],
  [
    'bot-commands',
    'three commands, of which no bot answered one that is frequent',
    [
      ['/start', 9, 4, 20, 9, 100],
      ['/nota', 3, 2, 9, 0, 0],
      ['/x', 2, 1, 9, 0, 0],
    ],
    '/start was used most: 9 times, by 4 people. No bot answers /nota.',
    'O comando mais usado é /start: 9 vezes, por 4 pessoas. Nenhum bot responde a /nota.',
  ],
  [
    'bot-commands',
    'commands of which nobody knows the answers',
    [
      ['/start', 1, 1, 20, null, null],
      ['/nota', 1, 1, 9, null, null],
    ],
    '/start was used most: 1 time, by 1 person.',
    'O comando mais usado é /start: 1 vez, por 1 pessoa.',
  ],
  [
    'bot-buttons',
    'two buttons',
    [
      ['sim', 7, 3, 2, '2026-11-01', '2026-11-22'],
      ['não', 3, 3, 2, '2026-11-01', '2026-11-22'],
    ],
    '“sim” was pressed most: 7 of 10 presses, by 3 people.',
    'O botão mais tocado é “sim”: 7 de 10 toques, por 3 pessoas.',
  ],
  [
    'highest',
    'days',
    [
      ['2026-11-22', 1],
      ['2026-11-21', 4000],
      ['2026-11-20', 4000],
    ],
    'The most messages: 21 Nov 2026 with 4,000, of 3 rows.',
    'Mais mensagens: 21 de nov. de 2026, com 4.000, de 3 linhas.',
  ],
];

const tooFew: [name: FindingName, of: string, rows: Rows, english: string, portuguese: string][] = [
  ['busiest-day', 'two days', days(900, 1), '3 days', '3 dias'],
  ['active-days', 'six days', days(1, 1, 1, 1, 1, 1), '7 days', '7 dias'],
  ['busiest-hour', '19 messages', [[9, 19, 100, 1]], '20 messages', '20 mensagens'],
  ['busiest-hour-of-week', '99 messages', [[9, 1, 46, 99]], '100 messages', '100 mensagens'],
  ['most-active', 'one person', [[1, 'Ana', 500]], '2 people', '2 pessoas'],
  ['newcomers', 'two weeks', twice(['2026-11-16', 12, 12, 0]), '3 weeks', '3 semanas'],
  ['replies', 'nine replies', [[1, 'Ana', 2, 'Bia', 9]], '10 replies', '10 respostas'],
  [
    'message-length',
    'two people who wrote words, and one who did not',
    [...twice([1, 'Ana', 9, 5, 10]), [3, 'Caio', 9, null, 0]],
    '3 people',
    '3 pessoas',
  ],
  ['message-length', 'nobody who wrote words', [[3, 'Caio', 9, null]], '3 people', '3 pessoas'],
  ['top-term', 'two questions', [['docker', 2, 2, 'x']], '3 questions', '3 perguntas'],
  ['answered', 'four questions', questionDays([4, 4, 9]), '5 questions', '5 perguntas'],
  [
    'time-to-reply',
    'two days with a reply',
    questionDays([1, 1, 9], [9, 0, null], [1, 1, 9]),
    '3 days',
    '3 dias',
  ],
  ['time-to-reply', 'no reply', questionDays([9, 0, null]), '3 days', '3 dias'],
  ['kinds', '19 messages', [['text', 19, 100, 1]], '20 messages', '20 mensagens'],
  ['reactions', 'nine reactions', [['👍', 9, 9, 1]], '10 reactions', '10 reações'],
  ['bot-answers', 'four questions', [['2026-11-22', 4, 1, 1, 1, 1]], '5 questions', '5 perguntas'],
  ['bot-commands', 'one command', [['/start', 9, 4, 20, 9, 100]], '2 rows', '2 linhas'],
  ['bot-buttons', 'one button', [['sim', 7, 3, 2, '2026-11-01', '2026-11-22']], '2 rows', '2 linhas'],
  ['topics', 'four messages', [[5, 'x', 4, 1, null, null, null]], '5 messages', '5 mensagens'],
  ['highest', 'one row', [['2026-11-22', 9]], '2 rows', '2 linhas'],
  [
    'highest',
    'one row with an amount',
    [
      ['2026-11-22', null],
      ['2026-11-21', 5],
    ],
    '2 rows',
    '2 linhas',
  ],
];

describe('the rule of a finding', () => {
  for (const name of findingNames) {
    it(`${name} declares every column that it reads`, () => {
      const read = new Set<string>();
      const watched = (row: object) =>
        new Proxy(row, {
          get: (target, column) => {
            read.add(String(column));
            return Reflect.get(target, column);
          },
        });
      for (const [, , rows] of told.filter(([ofRule]) => ofRule === name)) {
        const result = tableOf(name, rows);
        findingRules[name].describe(rowsOf(result).map(watched) as Row[], english, result);
      }
      expect([...read].sort()).to.deep.equal([...findingRules[name].columns].sort());
    });
  }

  it('finds its columns in the result of each saved query whose chart names it', async () => {
    const results = await reportAnswers([]);
    for (const { id, query, finding } of charts) {
      const found = results.get(query)?.columns.map(({ name }) => name);
      expect(found, `${id}: ${finding}`).to.include.members([...findingRules[finding].columns]);
    }
  });
});

describe('the finding of a chart', () => {
  it('is tried here by each of its names', () => {
    for (const cases of [told, tooFew]) {
      expect([...new Set(cases.map(([name]) => name))]).to.have.members([...findingNames]);
    }
  });

  for (const [name, of, rows, inEnglish, inPortuguese] of told) {
    it(`${name} tells of ${of}`, () => {
      const result = tableOf(name, rows);
      expect(plain(findingOf(name, result, english))).to.deep.equal({
        sentence: inEnglish,
        hasEnoughData: true,
      });
      expect(plain(findingOf(name, result, portuguese))).to.deep.equal({
        sentence: inPortuguese,
        hasEnoughData: true,
      });
    });
  }

  for (const [name, of, rows, inEnglish, inPortuguese] of tooFew) {
    it(`${name} says that it takes more than ${of}`, () => {
      const result = tableOf(name, rows);
      expect(findingOf(name, result, english)).to.deep.equal({
        sentence: `Not enough data yet: this needs at least ${inEnglish}.`,
        hasEnoughData: false,
        needed: inEnglish,
      });
      expect(findingOf(name, result, portuguese)).to.deep.equal({
        sentence: `Ainda há poucos dados: são necessários pelo menos ${inPortuguese}.`,
        hasEnoughData: false,
        needed: inPortuguese,
      });
    });
  }

  it('tells of any query by its first amount, whatever its columns', () => {
    const result = resultTable(
      'chat_id bigint, content_type varchar, note varchar, open_minutes double',
      [7, 'voice', 'a', -3.25],
      [8, 'text', 'b', -1.5],
      [9, 'text', 'c', null],
    );
    expect(findingOf('highest', result, english).sentence).to.equal(
      'The most open minutes: text with -1.5, of 3 rows.',
    );
  });

  it('tells of replies alike where names are pseudonyms and there are no ids', () => {
    const named = resultTable(
      'user_first_name varchar, reply_to_first_name varchar, reply_amount bigint',
      ['Heron 1', 'Otter 2', 8],
      ['Otter 2', 'Panda 3', 2],
    );
    expect(findingOf('replies', named, english).sentence).to.equal(
      'Heron 1 replied most often to one person: 8 times to Otter 2.',
    );
  });

  it('has too little where a query of any kind has no amount', () => {
    const result = resultTable('user_id bigint, term varchar', [1, 'a'], [2, 'b']);
    expect(findingOf('highest', result, english).hasEnoughData).to.equal(false);
  });

  it('is one sentence without NaN, null or undefined, whatever amounts the rows have', () => {
    // No saved query gives nothing but zeros.
    const row = (types: readonly string[], min: number) =>
      fc.tuple(
        ...types.map((type): fc.Arbitrary<Value> => {
          if (type === 'date')
            return fc.integer({ min: 1, max: 30 }).map((day) => `2026-11-${String(day).padStart(2, '0')}`);
          return type === 'varchar' ? fc.constantFrom('Ana', 'Bia') : fc.integer({ min, max: 7 });
        }),
      );
    for (const name of findingNames) {
      const types = columns[name].split(', ').map((column) => column.split(' ')[1] ?? '');
      const rows = fc
        .tuple(row(types, 1), fc.array(row(types, 0), { maxLength: 40 }))
        .map(([first, rest]) => [first, ...rest]);
      fc.assert(
        fc.property(rows, (some) => {
          for (const language of [english, portuguese]) {
            const { sentence } = findingOf(name, tableOf(name, some), language);
            expect(sentence, name)
              .to.match(/^[^\n]+\.$/)
              .and.not.match(/NaN|null|undefined|Infinity|∞/);
          }
        }),
        { numRuns: 40 },
      );
    }
  });
});

/** Spaces that do not break are spaces. */
const plain = ({ sentence, hasEnoughData }: { sentence: string; hasEnoughData: boolean }) => ({
  sentence: sentence.replaceAll('\u00a0', ' '),
  hasEnoughData,
});
