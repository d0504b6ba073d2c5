/** A piece of HTML that is safe to put into a page as it is. Only `html` and `trustedHtml` make one. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Html | undefined | readonly Part[];

/**
 * HTML from a template: every value that is not `Html` itself is escaped, so that no text of a stranger becomes
 * markup. Lists are joined, undefined is nothing. Attribute values stand in double quotes.
 *
 * @example html`<p title="${'"<b>'}">${['a', html`<i>b</i>`]}</p>`.text // '<p title="&quot;&lt;b&gt;">a<i>b</i></p>'
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(String.raw({ raw: strings }, ...parts.map(markup)));
}

/** Text that this program itself made as HTML: a checked SVG, its own style sheet. Never anything that people wrote. */
export const trustedHtml = (text: string): Html => new Html(text);

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML shows it, in an element or a quoted attribute. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}

function markup(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(markup).join('');
  return escaped(String(part));
}
