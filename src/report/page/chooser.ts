import { type Html, html } from '../../base/html.ts';
import { sanitizeText } from '../data/sanitize.ts';
import type { Language } from '../language/language.ts';

/** The groups that a server has a page of, and the one that is shown; undefined where it is all of them. */
export interface Chooser {
  readonly groups: readonly { readonly chatId: number; readonly title: string }[];
  readonly chosen: number | undefined;
}

/** Links to the page of each group and to that of all of them; nothing where there are not several. */
export function chooserOf({ groups, chosen }: Chooser, { key, page }: Language): Html | undefined {
  if (groups.length < 2) return undefined;
  const link = (title: string, chatId: number | undefined) => {
    const address = `?lang=${key}${chatId === undefined ? '' : `&chat=${chatId}`}`;
    return html`<li>${chatId === chosen ? html`<b aria-current="page">${title}</b>` : html`<a href="${address}">${title}</a>`}</li>`;
  };
  return html`<nav class="chooser" aria-label="${page.groups}"><ul>${link(page.allGroups, undefined)}${groups.map(
    ({ chatId, title }) => link(sanitizeText(title, 60) || String(chatId), chatId),
  )}</ul></nav>
`;
}
