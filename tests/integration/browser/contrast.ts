import type { Page } from 'playwright-core';

/**
 * What of a page is fainter than WCAG's level AA has it, a line each: texts, those of charts too, which axe cannot
 * judge (4.5 to 1, large ones 3 to 1), and the marks of charts (3 to 1). The steps of heat maps are left out: there
 * each cell is told from its neighbors.
 */
export function faintColors(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    type Rgb = [number, number, number];
    const channels = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
    const rgb = (color: string): Rgb => channels(color).slice(0, 3) as Rgb;

    function luminance(color: Rgb): number {
      const [red, green, blue] = color.map((channel) => {
        const share = channel / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      }) as Rgb;
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    }

    function contrast(one: Rgb, other: Rgb): number {
      const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
      return (light + 0.05) / (dark + 0.05);
    }

    /** Nothing of the page lies on anything but its ancestors. */
    function backgroundOf(element: Element | null): string {
      if (!element) return 'rgb(255, 255, 255)';
      const { backgroundColor } = getComputedStyle(element);
      return channels(backgroundColor)[3] === 0 ? backgroundOf(element.parentElement) : backgroundColor;
    }

    function judged(element: Element, color: string, alpha: number, least: number, what: string) {
      const background = backgroundOf(element);
      const under = rgb(background);
      const seen = rgb(color).map((channel, at) => alpha * channel + (1 - alpha) * (under[at] ?? 0)) as Rgb;
      const reached = contrast(seen, under);
      return reached < least ? [`${what}: ${color} on ${background}, ${reached.toFixed(2)} to 1`] : [];
    }

    const shown = [...document.body.querySelectorAll('*')].filter(
      (element) => element.getClientRects().length > 0,
    );
    const texts = shown.filter((element) =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()),
    );
    const ofTexts = texts.flatMap((element) => {
      const style = getComputedStyle(element);
      const inChart = element instanceof SVGElement;
      const size = Number.parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const alpha = inChart ? Number(style.fillOpacity) * Number(style.opacity) : Number(style.opacity);
      const what = `text: ${element.textContent?.trim().slice(0, 40)}`;
      return judged(element, inChart ? style.fill : style.color, alpha, isLarge ? 3 : 4.5, what);
    });
    const marks = shown.filter((element) => /--hue-/.test(`${element.getAttribute('fill')}`));
    const ofMarks = marks.flatMap((element) => {
      const { fill, fillOpacity, opacity } = getComputedStyle(element);
      const what = `mark of ${element.closest('figure')?.id}`;
      return judged(element, fill, Number(fillOpacity) * Number(opacity), 3, what);
    });
    return [...new Set([...ofTexts, ...ofMarks])];
  });
}
