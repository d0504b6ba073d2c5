import { asInteger, asObject, asString } from '../../base/json.ts';
import type { BotApi } from '../../telegram/bot-api.ts';
import { readUpdate } from '../../telegram/update.ts';

/** A chat that an update names. */
export interface SeenChat {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly updates: number;
  /** The id that it has now, when it became a supergroup. */
  readonly migratedTo: number | undefined;
}

/** The chats of the updates that wait, or why Telegram does not show those. */
export type SeenChats =
  | { readonly outcome: 'seen'; readonly chats: readonly SeenChat[]; readonly more: boolean }
  | { readonly outcome: 'webhook'; readonly url: string };

/** As many updates as one call gives. */
const limit = 100;

/**
 * The chats of the updates that wait to be fetched, in the order in which they were first heard of.
 *
 * Nothing is confirmed, so the next program that fetches updates gets them all. A call with an offset would confirm,
 * which is why only the first hundred can be seen.
 */
export async function seenChats(api: BotApi): Promise<SeenChats> {
  const { url } = await api.getWebhookInfo();
  if (url) return { outcome: 'webhook', url };
  const updates = await api.getUpdates({ limit, timeout: 0 });
  const chats = new Map<number, SeenChat>();
  for (const update of updates) {
    const chat = chatOf(update);
    if (!chat) continue;
    const earlier = chats.get(chat.id);
    chats.set(chat.id, {
      ...chat,
      updates: (earlier?.updates ?? 0) + 1,
      migratedTo: chat.migratedTo ?? earlier?.migratedTo,
    });
  }
  return { outcome: 'seen', chats: [...chats.values()], more: updates.length === limit };
}

function chatOf(value: unknown): Omit<SeenChat, 'updates'> | undefined {
  const update = readUpdate(value);
  if ('notAnUpdate' in update || update.chatId === undefined) return undefined;
  const { payload } = update;
  const chat = asObject(payload.chat) ?? asObject(asObject(payload.message)?.chat);
  const title = asString(chat?.title) ?? asString(chat?.username) ?? asString(chat?.first_name);
  return {
    id: update.chatId,
    type: asString(chat?.type) ?? '',
    title: title ?? '',
    migratedTo: asInteger(payload.migrate_to_chat_id),
  };
}
