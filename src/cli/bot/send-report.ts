import type { BotApi } from '../../telegram/bot-api.ts';

/** What is posted of a report. */
export interface ReportPost {
  /** Of plain text. */
  readonly summary: string;
  /** PNG; undefined where there is no browser to make it. */
  readonly picture: Uint8Array | undefined;
  readonly file: { readonly name: string; readonly content: Uint8Array };
}

/** Telegram's limits, in UTF-16 units. @see https://core.telegram.org/bots/api#sendphoto */
const longestCaption = 1024;
const longestMessage = 4096;

/**
 * Posts a report into a chat: the picture with the summary below it, then the file. Nothing in it is markup, and no
 * username in it notifies anybody.
 *
 * @throws BotApiError when Telegram refuses; with the summary posted, when only the file is refused
 */
export async function postReport(
  api: BotApi,
  chatId: number,
  { summary, picture, file }: ReportPost,
): Promise<void> {
  // Only here: other commands need nothing of the client.
  const { fileToSend } = await import('../../telegram/bot-api.ts');
  const text = summary.replaceAll('@', '@\u2060').slice(0, longestMessage);
  const asCaption = picture !== undefined && text.length <= longestCaption;
  if (picture) {
    await api.sendPhoto(chatId, fileToSend(picture, 'report.png'), asCaption ? { caption: text } : {});
  }
  if (!asCaption) await api.sendMessage(chatId, text, { link_preview_options: { is_disabled: true } });
  await api.sendDocument(chatId, fileToSend(file.content, file.name), { disable_notification: true });
}
