/** What members of a group should be able to read in its description, in at most Telegram's 255 characters. */
export const storageNotices = [
  'The messages of this group are stored and analysed. Questions, or to have yours erased: ask an administrator.',
  'As mensagens deste grupo são armazenadas e analisadas. Dúvidas, ou para apagar as suas: fale com a administração.',
] as const;

/** Telegram's limit for a group's description. */
export const maximumDescriptionLength = 255;

/** Whether a group's description says, in English or Portuguese, that its messages are stored. */
export function warnsOfStorage(description: string): boolean {
  const words = description.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return messages.test(words) && storing.test(words);
}

const messages = /\b(messages?|posts?|conversations?|mensage(m|ns)|conversas?)\b/;
const storing =
  /\b(stor|record|collect|archiv|saved?\b|saving|logged|armazena|registra|coleta|arquiva|grava|guarda|salva)/;
