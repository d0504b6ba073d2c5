import { type Html, html } from '../../base/html.ts';
import type { Finding } from '../data/findings/findings.ts';

/** One part of the story in the page. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  readonly finding: Finding;
  readonly html: Html;
}

export interface FigureParts {
  readonly id: string;
  readonly title: string;
  readonly finding: Finding;
  /** The picture or the list; undefined where there is nothing to show. */
  readonly body: Html | undefined;
  readonly description: string;
  readonly table: Html | undefined;
}

/** A figure: what it is called, what it says in a sentence, the picture, how to read it, and its numbers. */
export function figure({ id, title, finding, body, description, table }: FigureParts): Figure {
  return {
    id,
    title,
    finding,
    html: html`<figure id="${id}">
<h3>${title}</h3>
${finding.sentence === '' ? undefined : html`<p class="finding" id="${id}-finding">${finding.sentence}</p>`}
${body}
<figcaption>${description}</figcaption>
${table}
</figure>
`,
  };
}
