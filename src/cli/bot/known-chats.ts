import { UsageError } from '../../base/usage-error.ts';
import { printable } from '../../query/result-format.ts';
import type { BotApi } from '../../telegram/bot-api.ts';
import { BotApiError } from '../../telegram/bot-api-error.ts';
import { seenChats } from './bot-chats.ts';

/** Supergroups and channels have the id −1000000000000 − n. @see https://core.telegram.org/api/bots/ids */
const supergroupPrefix = 1_000_000_000_000;

/**
 * Accepts chat ids that Telegram knows of this bot.
 *
 * Without this check a mistyped id would lose messages: updates of other chats are confirmed without being stored, and
 * Telegram then forgets them. Nothing is confirmed here.
 *
 * @param untouched - what was not done yet, for the error
 * @throws UsageError when the bot is in no chat of one of these ids; it names the id that was probably meant
 * @throws BotApiError when Telegram cannot be reached, or does not know the token
 */
export async function checkChatsExist(
  api: BotApi,
  chatIds: Iterable<number>,
  untouched = 'Nothing was fetched from Telegram.',
): Promise<void> {
  for (const chatId of chatIds) {
    if ((await titleOf(api, chatId)) !== undefined) continue;
    throw new UsageError(
      `the bot is in no chat with the id ${chatId}, so its messages would be lost. ` +
        `${untouched} ${await suggestion(api, chatId)}`,
    );
  }
}

/** A chat of the bot's. */
export interface KnownChat {
  readonly id: number;
  readonly title: string;
}

/**
 * The chat that a person means by an id, also without the -100 that makes it a supergroup's.
 *
 * @throws UsageError when the bot is in no such chat
 * @throws BotApiError when Telegram cannot be reached, or does not know the token
 */
export async function findChat(api: BotApi, chatId: number): Promise<KnownChat> {
  const digits = Math.abs(chatId);
  for (const id of new Set([chatId, -supergroupPrefix - digits, -digits])) {
    const title = await titleOf(api, id);
    if (title !== undefined) return { id, title };
  }
  throw new UsageError(
    `the bot is in no chat with the id ${chatId}. Add it to the chat; npx telegram-lake bot chats lists ids`,
  );
}

/** A chat by its title and id, for a person to recognise it: `"Turma" (-1001234567890)`. */
export async function describeChat(api: BotApi, chatId: number): Promise<string> {
  const title = await titleOf(api, chatId).catch(() => undefined);
  return title ? `"${printable(title)}" (${chatId})` : String(chatId);
}

/** Undefined where Telegram knows no such chat of the bot's. A group that has become a supergroup is known. */
async function titleOf(api: BotApi, chatId: number): Promise<string | undefined> {
  try {
    const chat = await api.getChat(chatId);
    return chat.title ?? chat.username ?? chat.first_name ?? '';
  } catch (error) {
    if (!(error instanceof BotApiError) || error.transient || error.errorCode === 401) throw error;
    return error.migrateToChatId === undefined ? undefined : '';
  }
}

async function suggestion(api: BotApi, chatId: number): Promise<string> {
  const digits = Math.abs(chatId);
  for (const candidate of [-supergroupPrefix - digits, -digits]) {
    if (candidate === chatId) continue;
    const title = await titleOf(api, candidate);
    if (title !== undefined) return `Did you mean ${candidate} ("${printable(title)}")?`;
  }
  const seen = await seenChats(api);
  const chats = seen.outcome === 'seen' ? seen.chats : [];
  if (chats.length === 0)
    return 'Write something in the group, then npx telegram-lake bot chats lists its id.';
  const listed = chats.slice(0, 5).map(({ id, title }) => `${id} ("${printable(title)}")`);
  return `Messages wait from ${listed.join(', ')}.`;
}
