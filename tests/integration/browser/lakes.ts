import { join } from 'node:path';
import { seededRandom } from '../../../src/base/random.ts';
import { rebuildDays } from '../../../src/cli/lake/rebuild-days.ts';
import { createWebhook } from '../../../src/ingest/webhook.ts';
import type { MessageRow } from '../../../src/lake/columns.ts';
import { createLake, daysOf } from '../../../src/lake/lake.ts';
import { message, saoPaulo } from '../../../tools/fixtures/message-rows.ts';
import { fillEnriched } from '../../support/enriched-folder.ts';
import { runFolder } from './started.ts';

/** A lake that holds just these messages. Answers its folder. */
export async function lakeOf(name: string, rows: readonly MessageRow[]): Promise<string> {
  const { folder } = createLake(join(runFolder(), name), undefined);
  await fillEnriched(join(folder, 'enriched'), rows);
  return folder;
}

/** A group of 1,000 people that wrote on every day of five years, Christmas included. */
export function* fiveYearsOfAThousand(): Generator<MessageRow> {
  const random = seededRandom(5);
  const first = saoPaulo('2021-11-23 08:00');
  let id = 0;
  for (let day = 0; day < 5 * 365; day++) {
    for (let index = 0; index < 20; index++) {
      const user = Math.floor(1_000 * random.next());
      yield message({
        date: first + 86_400 * day + 2_400 * index,
        message_id: ++id,
        user_id: 1_000 + user,
        user_first_name: `Person ${user}`,
        text: index % 5 === 0 ? `Where is table ${user % 30} kept?` : 'In the enriched bucket',
        ...(index % 3 === 2 && { reply_to_message_id: id - 1 }),
      });
    }
  }
}

/** What people call themselves, or write, to break pages. */
const hostileTexts = [
  '</script><script>alert(1)</script>',
  '"><img src=http://127.0.0.1:9/x onerror=alert(1)>',
  "' onmouseover='alert(1)' style='position:fixed",
  '</style><style>*{display:none}</style>',
  '</title></svg><svg onload=alert(1)>',
  ']]><!--',
  '&lt;b&gt;&#0;&nbsp;',
  "'); alert(1); ('",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: nobody is to fill it
  '${alert(1)} {{alert(1)}} <%= 1 %>',
  'javascript:alert(1)',
  '__proto__',
  'constructor',
  'null',
  'datum.user_id',
  'عمر يسأل',
  '\u202egnp.exe\u202d\u2066\u2067',
  '\u200b\u200b\u2060',
  '👩‍👩‍👧‍👦'.repeat(8),
  '🇧🇷'.repeat(30),
  'e\u0301\u0302\u0303\u0304\u0305\u0306\u0307'.repeat(30),
  'W'.repeat(64),
  '名'.repeat(64),
  'a\nb\tc\u0000\u001b[31m\u2028d',
  '\ud83d',
  '\u1100'.repeat(64),
  '👨\u200d'.repeat(32),
  'क\u094d'.repeat(32),
] as const;

/** Texts as long as Telegram lets them be. */
const longTexts = [
  'W'.repeat(4_095),
  '😀'.repeat(2_047),
  'ção '.repeat(1_023),
  '\u202e'.repeat(4_095),
  '\n'.repeat(4_095),
];

/**
 * A lake whose people are called by what breaks pages, write it, ask it and reply to it, in topics of that name, with a bot and buttons of that name: posted
 * to the ingest, and made rows by the ETL. Answers its folder.
 */
export async function hostileLake(): Promise<string> {
  const lake = createLake(join(runFolder(), 'hostile'), undefined);
  const chat = { id: -1001234567890, type: 'supergroup', title: hostileTexts[0], is_forum: true };
  const secretToken = 'secret';
  const webhook = createWebhook({
    store: lake.raw,
    secretToken,
    chats: new Set([chat.id]),
    timeZone: lake.timeZone,
    now: () => saoPaulo('2026-11-22 12:00'),
  });
  let id = 0;
  const store = async (kind: string, updateId: number, content: object): Promise<void> => {
    const body = Buffer.from(JSON.stringify({ update_id: updateId, [kind]: content }));
    const { outcome } = await webhook.receive({ secretToken, body });
    if (outcome !== 'stored') throw new Error(`an update was ${outcome}`);
  };
  const post = async (user: number, day: number, fields: object): Promise<object> => {
    id += 1;
    const from = {
      id: 100 + user,
      is_bot: false,
      first_name: hostileTexts[user],
      username: hostileTexts[user],
    };
    const date = saoPaulo('2026-11-01 09:00') + 86_400 * day + 97 * id;
    const posted = { message_id: id, chat, date, from, ...fields };
    await store('message', id, posted);
    const reaction = {
      chat,
      message_id: id,
      user: from,
      date,
      new_reaction: [{ type: 'emoji', emoji: from.first_name }],
    };
    await store('message_reaction', 1_000_000 + id, reaction);
    return posted;
  };

  const bot = { id: 99, is_bot: true, first_name: hostileTexts[0], username: hostileTexts[1] };
  /** A bot answers, and four people press buttons below its answer, and call a command. */
  const help = async (question: object, text: string): Promise<void> => {
    const day = 20;
    const message = await post(0, day, { from: bot, text, reply_to_message: question });
    for (let user = 0; user < 4; user++) {
      const from = { id: 100 + user, is_bot: false, first_name: hostileTexts[user] };
      for (const [at, data] of [text.slice(0, 20), 'yes', 'no'].entries()) {
        const press = { id: `${id}-${at}`, from, message, chat_instance: '1', data };
        await store('callback_query', 2_000_000 + 100 * id + 10 * user + at, press);
      }
      for (const command of ['start', 'help', 'constructor'])
        await post(user, day, { text: `/${command} ${text}` });
    }
  };

  for (const [at, text] of hostileTexts.entries()) {
    const topic = { message_thread_id: id + 1, is_topic_message: true };
    await post(at, at % 20, { ...topic, forum_topic_created: { name: text, icon_color: 1 } });
    for (let asker = at; asker < at + 4; asker++) {
      const user = asker % hostileTexts.length;
      const question = await post(user, asker % 20, {
        ...topic,
        text: `${text} ${longTexts[asker % 5]?.slice(0, 60)}?`,
      });
      if (asker % 4 < 3)
        await post((user + 1) % hostileTexts.length, asker % 20, {
          ...topic,
          text,
          reply_to_message: question,
        });
      else await help(question, text);
    }
  }
  for (const [at, text] of longTexts.entries()) {
    for (let asker = 0; asker < 4; asker++) await post(asker, at, { text: `${text}?` });
  }
  for await (const _ of rebuildDays(lake, await daysOf(lake), { force: false }));
  return lake.folder;
}
