import { escaped } from '../../base/html.ts';

/** Vega drew something that must not be in the page. The message names the element or attribute. */
export class UnsafeSvgError extends Error {
  override name = 'UnsafeSvgError';
}

/** All that Vega draws from marks of Vega-Lite, but images and links, which would reach out of the page. */
const elements = new Set(
  'svg g path line rect circle text tspan defs clipPath linearGradient radialGradient stop'.split(' '),
);

const attributes = new Set(
  (
    'd transform x y x1 x2 y1 y2 dx dy r cx cy rx ry width height fill fill-opacity stroke stroke-width stroke-opacity ' +
    'stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit opacity text-anchor ' +
    'font-size font-weight font-style id clip-path offset stop-color gradientUnits viewBox'
  ).split(' '),
);

/** What Vega writes for editors and screen readers, and the page does otherwise or not at all. */
const dropped = new Set(
  (
    'xmlns xmlns:xlink version class role aria-hidden aria-roledescription aria-label pointer-events cursor ' +
    'font-family display direction dir preserveAspectRatio'
  ).split(' '),
);

interface Tag {
  readonly name: string;
  readonly values: ReadonlyMap<string, string>;
}

/**
 * A chart as Vega drew it, made fit for the page: a title on each mark, which browsers show on hover, and nothing of
 * what is invisible. About half as long.
 *
 * What it holds is checked against a list of elements and attributes, so that no chart can run a script, load
 * anything or link out of the page, whatever its spec and its rows say.
 *
 * @param svg - the text that Vega's `toSVG` gave
 * @param prefix - of the ids within, which must not meet those of other charts
 * @param root - attributes of the `svg` element, such as `class="wide" role="img"`, as text
 * @throws {UnsafeSvgError} when there is anything else in it
 */
export function slimSvg(svg: string, prefix: string, root: string, withTitles: boolean): string {
  let slim = '';
  /** What closes each open element; undefined for one that is left out with its contents. */
  const open: (string | undefined)[] = [];
  let inMarks = 0;
  const marksDepths: number[] = [];
  const hidden = () => open.includes(undefined);

  for (const [, closing, name = '', rest = '', selfClosed, text] of svg.matchAll(
    /<(\/?)([A-Za-z][\w:]*)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/g,
  )) {
    if (text !== undefined) {
      // Vega may cut a text in the middle of a character.
      if (!hidden()) slim += text.replaceAll(/\p{Cs}/gu, '');
      continue;
    }
    if (closing) {
      const tag = open.pop();
      if (!hidden() && tag !== undefined) slim += tag;
      if (marksDepths.at(-1) === open.length) {
        marksDepths.pop();
        inMarks -= 1;
      }
      continue;
    }
    const tag = tagOf(name, rest);
    const written = visible(tag) && !hidden() ? startOf(tag, prefix, root) : undefined;
    if (/\brole-mark\b/.test(tag.values.get('class') ?? '') && !selfClosed) {
      marksDepths.push(open.length);
      inMarks += 1;
    }
    const label = inMarks > 0 && withTitles && name !== 'g' ? tag.values.get('aria-label') : undefined;
    const title = label ? `<title>${label}</title>` : '';
    if (selfClosed) {
      if (written) slim += title ? `${written}>${title}</${name}>` : `${written}/>`;
      continue;
    }
    // A group without attributes does nothing.
    if (written === '<g') open.push('');
    else {
      open.push(written === undefined ? undefined : `</${name}>`);
      if (written !== undefined) slim += `${written}>${title}`;
    }
  }
  return withoutEmptyGroups(slim);
}

function tagOf(name: string, rest: string): Tag {
  if (!elements.has(name)) throw new UnsafeSvgError(`a chart must not hold the element ${name}`);
  const values = new Map<string, string>();
  for (const [, attribute = '', value = ''] of rest.matchAll(/\s+([\w:-]+)="([^"]*)"/g)) {
    if (!attributes.has(attribute) && !dropped.has(attribute)) {
      throw new UnsafeSvgError(`a chart must not hold the attribute ${attribute}`);
    }
    const reference = attributes.has(attribute) && /url\(|javascript:|data:/i.test(value);
    if (reference && !/^url\(#[\w-]+\)$/.test(value)) {
      throw new UnsafeSvgError(`a chart must not refer to anything outside of it, as its ${attribute} does`);
    }
    values.set(attribute, value);
  }
  return { name, values };
}

function visible({ name, values }: Tag): boolean {
  if (values.get('display') === 'none' || values.get('opacity') === '0') return false;
  const isFrame = name === 'path' && /\b(background|foreground)\b/.test(values.get('class') ?? '');
  const paint = [values.get('stroke'), values.get('fill')].filter((color) => color && color !== 'none');
  return !isFrame || paint.some((color) => color !== 'transparent');
}

function startOf({ name, values }: Tag, prefix: string, root: string): string {
  if (name === 'svg') return `<svg viewBox="${values.get('viewBox')}" ${root}`;
  const kept = [...values]
    .filter(([attribute, value]) => attributes.has(attribute) && !isDefault(attribute, value))
    .map(([attribute, value]) => ` ${attribute}="${shortened(attribute, value, prefix)}"`);
  return `<${name}${kept.join('')}`;
}

function isDefault(attribute: string, value: string): boolean {
  return (
    (attribute === 'transform' && /^translate\(0,0\)$/.test(value)) ||
    (attribute === 'opacity' && value === '1') ||
    (attribute === 'stroke-width' && value === '1') ||
    (attribute === 'stroke-miterlimit' && value === '4') ||
    (attribute === 'text-anchor' && value === 'start')
  );
}

function shortened(attribute: string, value: string, prefix: string): string {
  if (attribute === 'id') return `${prefix}-${value}`;
  if (value.startsWith('url(#')) return value.replace('url(#', `url(#${prefix}-`);
  if (attribute === 'fill' || attribute === 'stroke') return value;
  return value.replaceAll(/\d+\.\d{2,}(e-?\d+)?/g, (number) => String(Math.round(Number(number) * 10) / 10));
}

function withoutEmptyGroups(svg: string): string {
  const less = svg.replaceAll(/<g(?: [^>]*)?><\/g>/g, '');
  return less === svg ? svg : withoutEmptyGroups(less);
}

/** An attribute for `slimSvg`'s root. */
export const attribute = (name: string, value: string): string => `${name}="${escaped(value)}"`;
