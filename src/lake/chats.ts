import { SettingsError } from '../base/settings-error.ts';

/** The chats that a lake keeps: ids, `private` for every private chat with the bot, `all` for every chat. */
export type Chats = ReadonlySet<number | 'private' | 'all'>;

/**
 * Whether a chat is one of them. Private chats have the ids of their people, which are positive; all others are
 * negative.
 */
export function includesChat(chats: Chats, chatId: number): boolean {
  return chats.has(chatId) || chats.has('all') || (chatId > 0 && chats.has('private'));
}

/** The ids among them. */
export function idsOf(chats: Chats): readonly number[] {
  return [...chats].filter((chat) => typeof chat === 'number');
}

/**
 * One chat or several, separated by commas: `-1001234567890,-42`, `private`, `-1001234567890,private`, `all`.
 *
 * @param name - what to call the text in an error: a variable or an option
 * @throws SettingsError when one of them is neither an id nor a word that means chats
 */
export function parseChats(text: string, name: string): Chats {
  const chats = text.split(',').map((part) => parseChat(part.trim()));
  if (chats.includes(undefined)) {
    throw new SettingsError(
      name,
      'must be one chat id or several, separated by commas, such as -1001234567890; or private (all private chats with ' +
        'the bot), or all',
    );
  }
  return new Set(chats.filter((chat) => chat !== undefined));
}

function parseChat(text: string): number | 'private' | 'all' | undefined {
  if (text === 'private' || text === 'all') return text;
  const id = /^-?\d+$/.test(text) ? Number(text) : 0;
  return Number.isSafeInteger(id) && id !== 0 ? id : undefined;
}
