import { escaped } from '../../base/html.ts';
import { checkSafe, shownAttributes } from './safe-svg.ts';
import { parseSvg, type SvgElement, type SvgNode, svgText } from './svg-tree.ts';

export interface SlimOptions {
  /** Of the ids within, which must not meet those of other charts. */
  readonly prefix: string;
  /** Of the `svg` element, besides its view box. */
  readonly rootAttributes: Readonly<Record<string, string>>;
  /** Whether each mark has a title, which browsers show on hover. */
  readonly withTitles: boolean;
}

/**
 * A chart as Vega drew it, made fit for the page: checked, without what is invisible, and about half as long.
 *
 * @param svg - the text that Vega's `toSVG` gave
 * @throws {UnsafeSvgError} when it holds what the page must not
 */
export function slimSvg(svg: string, options: SlimOptions): string {
  const root = parseSvg(svg);
  checkSafe(root);
  const attributes = new Map([['viewBox', root.attributes.get('viewBox') ?? '']]);
  for (const [name, value] of Object.entries(options.rootAttributes)) attributes.set(name, escaped(value));
  const children = root.children.flatMap((child) => slimNode(child, options, false));
  return svgText({ name: root.name, attributes, children });
}

/** A node without what is invisible in it: none, one, or the children of a group that does nothing. */
function slimNode(node: SvgNode, options: SlimOptions, isInMark: boolean): SvgNode[] {
  // Vega may cut a text in the middle of a character.
  if (typeof node === 'string') return [node.replaceAll(/\p{Cs}/gu, '')];
  if (!isVisible(node)) return [];
  const isMark = isInMark || /\brole-mark\b/.test(node.attributes.get('class') ?? '');
  const children = node.children.flatMap((child) => slimNode(child, options, isMark));
  const attributes = slimAttributes(node, options.prefix);
  if (node.name === 'g') {
    if (children.length === 0) return [];
    return attributes.size === 0 ? children : [{ ...node, attributes, children }];
  }
  const label = isInMark && options.withTitles ? node.attributes.get('aria-label') : undefined;
  const title: SvgNode[] = label ? [{ name: 'title', attributes: new Map(), children: [label] }] : [];
  return [{ ...node, attributes, children: [...title, ...children] }];
}

function isVisible({ name, attributes }: SvgElement): boolean {
  if (attributes.get('display') === 'none' || attributes.get('opacity') === '0') return false;
  const isFrame = name === 'path' && /\b(background|foreground)\b/.test(attributes.get('class') ?? '');
  const paint = [attributes.get('stroke'), attributes.get('fill')].filter(
    (color) => color && color !== 'none',
  );
  return !isFrame || paint.some((color) => color !== 'transparent');
}

function slimAttributes({ attributes }: SvgElement, prefix: string): Map<string, string> {
  return new Map(
    [...attributes]
      .filter(([name, value]) => shownAttributes.has(name) && defaults[name] !== value)
      .map(([name, value]) => [name, shortened(name, value, prefix)]),
  );
}

/** What an attribute need not say. */
const defaults: Readonly<Record<string, string>> = {
  transform: 'translate(0,0)',
  opacity: '1',
  'stroke-width': '1',
  'stroke-miterlimit': '4',
  'text-anchor': 'start',
};

function shortened(name: string, value: string, prefix: string): string {
  if (name === 'id') return `${prefix}-${value}`;
  if (value.startsWith('url(#')) return value.replace('url(#', `url(#${prefix}-`);
  if (name === 'fill' || name === 'stroke') return value;
  return value.replaceAll(/\d+\.\d{2,}(e-?\d+)?/g, (number) => String(Math.round(Number(number) * 10) / 10));
}
