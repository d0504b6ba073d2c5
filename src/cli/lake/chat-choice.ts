import { counted } from '../../base/format.ts';
import { UsageError } from '../../base/usage-error.ts';
import { printable } from '../../query/result-format.ts';
import { chatOfExport } from '../../telegram/export/export-peer.ts';
import type { ExportedChat, ReadChat } from '../../telegram/export/export-reader.ts';

/** Which chat of an export is meant, decided while the export is read. */
export interface ChatChoice {
  /**
   * Whether this is the chat: the first that fits, also where the export lists it again among the chats that were left.
   */
  readonly wants: (chat: ExportedChat) => boolean;
  /**
   * @param chats - all of the export
   * @throws UsageError, after listing the chats, unless exactly one of them fitted
   */
  check(chats: readonly ReadChat[]): void;
}

/**
 * The choice that `--chat` makes: by the id, as the lake or as the export writes it, or by the name. Without it, the
 * one chat of an export that holds no other.
 */
export function chatChoice(selector: string | undefined, list: (line: string) => void): ChatChoice {
  let taken: ExportedChat | undefined;
  const fits = (chat: ExportedChat) =>
    selector === undefined
      ? !chat.isInAccount
      : idsOf(chat).includes(selector) || sameName(chat.name, selector);
  return {
    wants(chat) {
      if (!fits(chat)) return false;
      taken ??= chat;
      return identityOf(taken) === identityOf(chat);
    },
    check(chats) {
      const fitting = new Set(chats.filter(({ chat }) => fits(chat)).map(({ chat }) => identityOf(chat)));
      if (fitting.size === 1) return;
      for (const chat of chats) list(chatLine(chat));
      if (selector === undefined) {
        throw new UsageError(
          'the export is of a whole account; choose one of these chats with --chat, by its id or name',
        );
      }
      throw new UsageError(
        fitting.size === 0
          ? `no chat of the export has the id or name "${printable(selector)}"; choose one of these by its id`
          : `${fitting.size} chats of the export have the name "${printable(selector)}"; choose one of these by its id`,
      );
    },
  };
}

/** A chat can be in an export twice: among the chats, and among those that were left. */
function identityOf({ type, id }: ExportedChat): string {
  return `${type} ${id}`;
}

function idsOf(chat: ExportedChat): string[] {
  return [chatOfExport(chat, false)?.id, chatOfExport(chat, true)?.id, chat.id].map(String);
}

function sameName(a: string, b: string): boolean {
  return a.normalize().localeCompare(b.normalize(), undefined, { sensitivity: 'accent' }) === 0;
}

/** With the id that the lake would have. */
function chatLine({ chat, messages, isWrittenBefore2021 = false }: ReadChat): string {
  const id = chatOfExport(chat, isWrittenBefore2021)?.id ?? chat.id;
  const count = counted(messages, 'message').padStart(21);
  return `${String(id).padStart(16)}${count}  ${printable(chat.type).padEnd(18)}  ${printable(chat.name)}`;
}
