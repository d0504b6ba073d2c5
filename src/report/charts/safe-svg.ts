import { type SvgNode, UnsafeSvgError } from './svg-tree.ts';

/** All that Vega draws from marks of Vega-Lite, but images and links, which would reach out of the page. */
const elements = new Set(
  'svg g path line rect circle text tspan defs clipPath linearGradient radialGradient stop'.split(' '),
);

/** What the page keeps. */
export const shownAttributes: ReadonlySet<string> = new Set(
  (
    'd transform x y x1 x2 y1 y2 dx dy r cx cy rx ry width height fill fill-opacity stroke stroke-width stroke-opacity ' +
    'stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit opacity text-anchor ' +
    'font-size font-weight font-style id clip-path offset stop-color gradientUnits viewBox'
  ).split(' '),
);

/** What Vega writes for editors and screen readers, and the page does otherwise or not at all. */
const droppedAttributes = new Set(
  (
    'xmlns xmlns:xlink version class role aria-hidden aria-roledescription aria-label pointer-events cursor ' +
    'font-family display direction dir preserveAspectRatio'
  ).split(' '),
);

/**
 * Accepts a chart that cannot run a script, load anything or link out of the page, whatever its spec and its rows say:
 * every element and attribute is on a list.
 *
 * @throws {UnsafeSvgError} for the first that is not
 */
export function checkSafe(node: SvgNode): void {
  if (typeof node === 'string') return;
  if (!elements.has(node.name)) throw new UnsafeSvgError(`a chart must not hold the element ${node.name}`);
  for (const [name, value] of node.attributes) checkAttribute(name, value);
  node.children.forEach(checkSafe);
}

function checkAttribute(name: string, value: string): void {
  if (droppedAttributes.has(name)) return;
  if (!shownAttributes.has(name)) throw new UnsafeSvgError(`a chart must not hold the attribute ${name}`);
  if (/url\(|javascript:|data:/i.test(value) && !/^url\(#[\w-]+\)$/.test(value)) {
    throw new UnsafeSvgError(`a chart must not refer to anything outside of it, as its ${name} does`);
  }
}
