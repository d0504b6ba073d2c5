import { UsageError } from '../../base/usage-error.ts';
import { printable } from '../../query/result-format.ts';
import { chatOfExport } from '../../telegram/export/export-peer.ts';
import type { ExportedChat } from '../../telegram/export/export-reader.ts';

/** Which chat of an export is meant, decided while the export is read. */
export interface ChatChoice {
  /** Whether this is the chat: the first that fits. */
  readonly wants: (chat: ExportedChat) => boolean;
  /**
   * @param chats - all of the export
   * @throws UsageError, after listing the chats, unless exactly one of them fitted
   */
  check(chats: readonly { readonly chat: ExportedChat; readonly messages: number }[]): void;
}

/**
 * The choice that `--chat` makes: by the id, as the Bot API or as the export writes it, or by the name. Without it, the
 * one chat of an export that holds no other.
 */
export function chatChoice(selector: string | undefined, list: (line: string) => void): ChatChoice {
  let taken = false;
  const fits = (chat: ExportedChat) =>
    selector === undefined
      ? !chat.isInAccount
      : idsOf(chat).includes(selector) || sameName(chat.name, selector);
  return {
    wants(chat) {
      if (taken || !fits(chat)) return false;
      taken = true;
      return true;
    },
    check(chats) {
      const fitting = chats.filter(({ chat }) => fits(chat)).length;
      if (fitting === 1) return;
      for (const { chat, messages } of chats) list(chatLine(chat, messages));
      if (selector === undefined) {
        throw new UsageError('the export is of a whole account; choose a chat with --chat, by id or name');
      }
      const found = fitting === 0 ? 'no chat' : `${fitting} chats`;
      throw new UsageError(`${found} of the export fit --chat ${selector}; choose one by its id`);
    },
  };
}

function idsOf(chat: ExportedChat): string[] {
  return [chatOfExport(chat, false)?.id, chatOfExport(chat, true)?.id, chat.id].map(String);
}

function sameName(a: string, b: string): boolean {
  return a.normalize().localeCompare(b.normalize(), undefined, { sensitivity: 'accent' }) === 0;
}

function chatLine(chat: ExportedChat, messages: number): string {
  const id = chatOfExport(chat, false)?.id ?? chat.id;
  const count = messages.toLocaleString('en').padStart(12);
  return `${String(id).padStart(16)}  ${count} messages  ${printable(chat.type).padEnd(18)}  ${printable(chat.name)}`;
}
