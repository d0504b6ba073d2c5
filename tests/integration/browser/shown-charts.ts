import type { Page } from 'playwright-core';

/** A figure of the page as a reader sees it. */
export interface ShownFigure {
  readonly id: string;
  readonly title: string;
  readonly finding: string;
  readonly description: string;
  /** Undefined where there is nothing to draw, or the figure is a list. */
  readonly drawing?: Drawing;
}

export interface Drawing {
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Shapes that have an extent: bars, cells, lines, dots. */
  readonly shapes: number;
  /** What screen readers call it, and what they read of it. */
  readonly label: string;
  readonly describedBy: string;
  /** Texts that reach out of the drawing, and are cut. */
  readonly cut: readonly string[];
  /** Texts that lie on one another. */
  readonly overlapping: readonly string[];
  /** Of the smallest text, in CSS pixels. */
  readonly smallestText: number;
}

/** The figures of a page in their order, measured as they are shown now. */
export function shownFigures(page: Page): Promise<ShownFigure[]> {
  return page.evaluate(() => {
    const textIn = (element: Element, selector: string) =>
      element.querySelector(selector)?.textContent?.trim() ?? '';
    const hasExtent = ({ width, height }: DOMRect) => width > 0 || height > 0;

    function measured(svg: SVGSVGElement) {
      const frame = svg.getBoundingClientRect();
      const scale = frame.width / svg.viewBox.baseVal.width;
      const texts = [...svg.querySelectorAll('text')]
        .filter((text) => text.textContent?.trim())
        .map((text) => ({
          text: text.textContent ?? '',
          // The box of slanted text is far larger than the text.
          isSlanted: /rotate\(-?(?!90\b|180\b|270\b|0\b)\d/.test(text.getAttribute('transform') ?? ''),
          box: text.getBoundingClientRect(),
          size: scale * Number.parseFloat(getComputedStyle(text).fontSize),
        }));
      const overlapping = texts.flatMap((one, at) =>
        texts
          .slice(at + 1)
          .filter((other) => {
            const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
            const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
            // A line's box is a little higher than its letters.
            return across > 1 && down > 3 && !one.isSlanted && !other.isSlanted;
          })
          .map((other) => `${one.text} | ${other.text}`),
      );
      const cut = texts.filter(
        ({ box }) =>
          box.left < frame.left - 1 ||
          box.right > frame.right + 1 ||
          box.top < frame.top - 1 ||
          box.bottom > frame.bottom + 1,
      );
      return {
        width: frame.width,
        height: frame.height,
        shapes: [...svg.querySelectorAll('path, rect, circle')].filter((shape) =>
          hasExtent(shape.getBoundingClientRect()),
        ).length,
        label: svg.getAttribute('role') === 'img' ? (svg.getAttribute('aria-label') ?? '') : '',
        describedBy:
          document.getElementById(svg.getAttribute('aria-describedby') ?? '')?.textContent?.trim() ?? '',
        cut: cut.map(({ text }) => text),
        overlapping,
        smallestText: Math.min(...texts.map(({ size }) => size)),
      };
    }

    return [...document.querySelectorAll('figure')].map((figure) => {
      const drawings = [...figure.querySelectorAll('svg')].filter((svg) =>
        hasExtent(svg.getBoundingClientRect()),
      );
      if (drawings.length > 1) throw new Error(`${figure.id} is drawn twice`);
      const [drawing] = drawings;
      return {
        id: figure.id,
        title: textIn(figure, 'h3'),
        finding: textIn(figure, '.finding'),
        description: textIn(figure, 'figcaption'),
        ...(drawing && { drawing: measured(drawing) }),
      };
    });
  });
}

/** Whether the page is wider than its window, so that one would have to scroll sideways. */
export function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) > window.innerWidth);
}
