/** An element of a chart, or its text. Values and texts are as they stood in the file, with their entities. */
export type SvgNode = SvgElement | string;

export interface SvgElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly SvgNode[];
}

/** Vega drew something that must not be in the page. The message names the element or attribute. */
export class UnsafeSvgError extends Error {
  override name = 'UnsafeSvgError';
}

const token = /<(\/?)([A-Za-z][\w:]*)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/y;

/**
 * The one element that a text is, in the form that Vega writes: elements, attributes in double quotes, and texts.
 *
 * @throws {UnsafeSvgError} when it holds anything else, such as a comment, or is not well-formed
 */
export function parseSvg(svg: string): SvgElement {
  const root: SvgNode[] = [];
  const open: { name: string; children: SvgNode[] }[] = [{ name: '', children: root }];
  token.lastIndex = 0;
  while (token.lastIndex < svg.length) {
    const parent = open.at(-1);
    const match = token.exec(svg);
    if (!match || !parent) throw new UnsafeSvgError('a chart must be well-formed');
    const [, closing, name = '', rest = '', selfClosed, text] = match;
    if (text !== undefined) {
      parent.children.push(text);
    } else if (closing) {
      if (open.length < 2 || parent.name !== name) throw new UnsafeSvgError('a chart must be well-formed');
      open.pop();
    } else {
      const children: SvgNode[] = [];
      parent.children.push({ name, attributes: attributesOf(rest), children });
      if (!selfClosed) open.push({ name, children });
    }
  }
  const [element, ...others] = root;
  if (open.length !== 1 || typeof element !== 'object' || others.length > 0) {
    throw new UnsafeSvgError('a chart must be one element');
  }
  return element;
}

function attributesOf(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(/\s+([\w:-]+)="([^"]*)"/g)) values.set(name, value);
  return values;
}

/** The text of a node. */
export function svgText(node: SvgNode): string {
  if (typeof node === 'string') return node;
  const { name, attributes, children } = node;
  const start = `<${name}${[...attributes].map(([key, value]) => ` ${key}="${value}"`).join('')}`;
  return children.length === 0 ? `${start}/>` : `${start}>${children.map(svgText).join('')}</${name}>`;
}
