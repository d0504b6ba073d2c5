import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createParquetFile } from '../../../src/etl/parquet-file.ts';
import { createWebhook } from '../../../src/ingest/webhook.ts';
import type { LocalLake } from '../../../src/lake/lake.ts';
import { enrichedKey } from '../../../src/lake/object-keys.ts';
import { messageTable } from '../../../src/lake/tables.ts';
import { templateText } from '../../../tools/engines/stack.ts';
import { nulls } from '../../../tools/fixtures/message-rows.ts';

/**
 * A lake of what seldom happens, each on a day of its own, around the only New Year with an ISO week 53 for years.
 *
 * - 2020-12-24 the first and the last second of a day
 * - 2020-12-25 a day without anything; 2020-12-26 with one message
 * - 2020-12-27 messages without text or caption
 * - 2020-12-28 to 2021-01-04 the first and last second of week 53, of the year, and of the week after
 * - 2021-01-05 updates, but no message
 * - 2021-01-06 texts of many scripts, spaces and signs
 * - 2021-01-07 the largest and the smallest ids
 * - 2021-01-08 questions with replies of every kind
 * - 2021-01-09 a row of nulls
 * - 2021-01-10 late replies, and forum topics
 * - 2021-01-11 a bot: commands, answers, fallbacks, buttons, and people who come and go
 */
export const edgeCases = {
  stack: {
    timeZone: 'America/Sao_Paulo',
    parameters: { FirstDay: '2020-12-24' },
    // Queries list every day of the range: up to today these would be thousands.
    template: templateText.replaceAll('NOW+1DAYS', '2021-01-12'),
  },

  /** Messages, and the row of nulls. */
  rows: () => updates().filter((update) => 'message' in update).length + 1,
  /** Days that have one. */
  days: 14,

  async fillRaw(lake: LocalLake): Promise<void> {
    const webhook = createWebhook({
      store: lake.raw,
      secretToken: 'test',
      chats: new Set(chats.map(({ id }) => id)),
      timeZone: lake.timeZone,
      now: () => saoPaulo('2021-01-11 12:00:00'),
    });
    for (const [index, update] of updates().entries()) {
      const body = Buffer.from(JSON.stringify({ update_id: 700_000_000 + index, ...update }));
      const { outcome } = await webhook.receive({ secretToken: 'test', body });
      if (outcome !== 'stored') throw new Error(`update ${index} was ${outcome}`);
    }
  },

  /** As no ETL would write it, but other hands might. */
  async addEnriched(lake: LocalLake): Promise<void> {
    const path = join(lake.folder, 'enriched', enrichedKey('2021-01-09'));
    mkdirSync(dirname(path), { recursive: true });
    const file = await createParquetFile(path, messageTable);
    await file.append(nulls);
    await file.close();
  },
};

const group = { id: -1001234567890, type: 'supergroup', title: 'Group' };
const farthest = { id: -9007199254740991, type: 'channel', title: 'Channel' };
const small = { id: -1, type: 'group', title: 'Small' };
const chats = [group, farthest, small];

const ana = { id: 11, is_bot: false, first_name: 'Ana' };
const bia = { id: 12, is_bot: false, first_name: 'Bia 👩🏽‍💻', username: 'bia' };
const helper = { id: 13, is_bot: true, first_name: 'Helper' };

/** Texts that regular expressions, lower case, lengths and quoting might take differently. */
const texts = [
  'Família 👨‍👩‍👧‍👦 e 🇧🇷, tudo certo mesmo?',
  `O'Reilly disse "sim" \\ \`talvez\`; -- e agora?`,
  'primeira linha\nsegunda linha\r\n\tonde acaba?',
  'İstanbul IĞDIR ışık nerede?',
  'STRASSE, straße oder ẞ?',
  'ΣΊΣΥΦΟΣ τι κάνεις;',
  'olá\u00a0pessoal, como\u00a0faço isso?',
  'oi\u2003tudo\u2003bem? Onde\u2003fica?',
  'veja https://example.com/a?b=c\u00a0e depois, serve?',
  'veja www.example.com/a?b=c e depois, serve?',
  'oi, это сюда? oi Ж',
  'ñandú øre oi, œuvre?',
  'これは何ですか？ 教えて?',
  'كيف حالك؟ أين الملف?',
  'a\u0301\u0323 e \u1ea5 e A\u030a iguais?',
  '한국어 질문 있어요?',
  'zero\u200bwidth \ufeffmark and\u200djoin?',
  'half \ud83d a surrogate?',
  'a tab\tand\u000bvertical\u000cfeed\u0085next\u2028line?',
  '１２３ ½ ² Ⅷ números?',
  'C++ ou C#? E .NET?',
  'ﬁle ﬂow ǅ ŉ ligatures?',
  `${'👍'.repeat(4000)} quantos são?`,
  'alguem sabe',
  'Alguém sabe como instalar isso',
  '?', //
  '???   ',
  ' ',
  "'",
  'bom dia, tudo bem?',
];

function updates(): Record<string, unknown>[] {
  let lastId = 0;
  const message = (at: string, fields: Record<string, unknown> = {}) => {
    lastId += 1;
    return { message: { message_id: lastId, date: saoPaulo(at), chat: group, from: ana, ...fields } };
  };
  const text = (at: string, words: string, fields = {}) => message(at, { text: words, ...fields });
  const reply = (at: string, to: { message: { message_id: number } }, fields = {}) =>
    text(at, 'Sim.', { reply_to_message: { ...to.message, from: ana }, from: bia, ...fields });

  const seconds = [
    ...['2020-12-24 00:00:00', '2020-12-24 23:59:59', '2020-12-26 12:00:00', '2020-12-28 00:00:00'],
    ...['2020-12-31 23:59:59', '2021-01-01 00:00:00', '2021-01-03 23:59:59', '2021-01-04 00:00:00'],
  ].map((at) => text(at, 'agora'));
  const withoutText = [
    message('2020-12-27 10:00:00', { photo: [] }),
    message('2020-12-27 10:00:00', { sticker: {}, from: bia }),
    message('2020-12-27 10:00:01', { new_chat_members: [bia] }),
  ];
  const emoji = (text: string) => ({ type: 'emoji', emoji: text });
  const standing = new Map<string, unknown>();
  const reaction = (message_id: number, time: string, new_reaction: unknown, by: object = { user: ana }) => {
    const key = JSON.stringify([message_id, by]);
    const old_reaction = standing.get(key) ?? [];
    standing.set(key, new_reaction);
    const date = saoPaulo(`2021-01-05 ${time}`);
    return { message_reaction: { chat: group, message_id, date, old_reaction, new_reaction, ...by } };
  };
  const zoo = texts.map((words, index) =>
    text(`2021-01-06 10:00:${String(index).padStart(2, '0')}`, words, {
      from: { ...ana, id: 100 + index, first_name: words.slice(0, 60) },
    }),
  );
  const largest = { id: 9007199254740991, is_bot: false, first_name: "O'Neil" };
  const ids = [
    text('2021-01-07 10:00:00', 'Quem sou eu?', { from: largest, message_id: 9007199254740991 }),
    text('2021-01-07 10:00:01', 'E eu, quem sou?', {
      from: undefined,
      sender_chat: farthest,
      chat: farthest,
    }),
    text('2021-01-07 10:00:02', 'E eu aqui?', { chat: small, from: { ...ana, id: -1 } }),
  ];
  const question = (hour: number, ...answers: (readonly [at: string, fields?: object])[]) => {
    const asked = text(`2021-01-08 ${hour}:00:00`, `Pergunta ${hour}, certo?`);
    return [asked, ...answers.map(([at, fields]) => reply(at, asked, fields))];
  };
  const questions = [
    ...question(10, ['2021-01-08 10:00:30'], ['2021-01-08 10:00:31']),
    ...question(11, ['2021-01-10 09:00:00']),
    ...question(12, ['2021-01-08 12:30:00', { from: ana }]),
    ...question(13, ['2021-01-08 13:30:00', { from: helper }]),
    ...question(14, ['2021-01-08 14:30:00', { sender_chat: group }]),
    ...question(15, ['2021-01-08 15:30:00', { forward_origin: {} }]),
    ...question(16, ['2021-01-08 16:30:00', { chat: small }]),
    ...question(17),
    message('2021-01-08 20:00:00', { photo: [], caption: 'E na legenda, pode?', from: bia }),
    text('2021-01-08 21:00:00', 'Pergunta 17, CERTO?', { from: bia }),
  ];
  const opening = text('2021-01-10 12:00:00', `${'👩🏽‍💻 é '.repeat(40)}?`, {
    message_thread_id: 4_000_000_000,
  });
  const topics = [
    opening,
    reply('2021-01-10 12:00:01', opening, { message_thread_id: 4_000_000_000 }),
    message('2021-01-10 12:00:02', { photo: [], message_thread_id: 9007199254740991 }),
  ];
  const reactions = [
    reaction(1, '12:00:00', [emoji('👍')]),
    reaction(1, '12:00:01', [emoji('❤')]), // in place of the thumb
    reaction(2, '12:00:02', [emoji('👍')]),
    reaction(2, '12:00:03', []), // taken back
    reaction(2, '12:00:04', [emoji('👍'), { type: 'custom_emoji', custom_emoji_id: '1' }, { type: 'paid' }], {
      user: bia,
    }),
    reaction(3, '12:00:05', [emoji('👍')], { actor_chat: farthest }),
    reaction(3, '12:00:06', [emoji("'❤‍🔥'"), emoji('{"emoji":"🎉"}')], { user: bia }),
    reaction(3, '12:00:07', 'nothing of the kind'),
    reaction(4, '12:00:08', [emoji('👍')], {}),
  ];
  const unsure = 'Desculpe, não entendi.';
  const asked = ['09:10', '09:20', '09:30'].map((at, index) =>
    text(`2021-01-11 ${at}:00`, `Como funciona a parte ${'abc'[index]} disso?`, { from: bia }),
  );
  const repeated = text('2021-01-11 10:00:00', 'Onde fica o material da aula?');
  const change = (at: string, user: object, before: string, since: string) => ({
    chat_member: {
      chat: group,
      from: user,
      date: saoPaulo(at),
      old_chat_member: { status: before, user },
      new_chat_member: { status: since, user },
    },
  });
  const press = (id: string, user: object, data: string) => ({
    callback_query: {
      id,
      from: user,
      data,
      chat_instance: '1',
      message: { message_id: 1, date: 0, chat: group },
    },
  });
  const bot = [
    change('2021-01-11 08:59:00', bia, 'left', 'member'),
    change('2021-01-11 08:59:30', helper, 'left', 'administrator'),
    change('2021-01-11 11:00:00', { ...bia, id: 14 }, 'member', 'left'),
    text('2021-01-11 09:00:00', '/start'),
    text('2021-01-11 09:00:05', '/start@helper_bot now', { from: bia }),
    text('2021-01-11 09:00:07', 'Olá! Eu respondo perguntas.', { from: helper }),
    text('2021-01-11 09:05:00', '/ajuda', { from: bia }),
    text('2021-01-11 09:05:01', '/não é um comando', { from: bia }),
    ...asked,
    ...asked.map((question, index) =>
      reply(`2021-01-11 09:${index + 1}0:02`, question, { from: helper, text: unsure }),
    ),
    repeated,
    reply('2021-01-11 10:00:03', repeated, { from: helper, text: 'No site do curso.' }),
    reply('2021-01-11 10:20:00', repeated, { from: bia, text: 'Não está no site, está aqui.' }),
    text('2021-01-11 10:30:00', 'onde fica o material da AULA?'),
    press('1', ana, 'menu'),
    press('2', bia, 'menu'),
    press('3', bia, "it's 100% ação 🙂"),
    press('4', bia, ''),
  ];
  return [seconds, withoutText, reactions, zoo, ids, questions, topics, bot].flat();
}

function saoPaulo(clock: string): number {
  return Date.parse(`${clock.replace(' ', 'T')}-03:00`) / 1000;
}
