import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { faintColors } from './contrast.ts';
import { demoPage } from './made-pages.ts';
import { type Device, dark, desktop, phone } from './opened-page.ts';
import { opened } from './started.ts';

const { source: axe } = createRequire(import.meta.url)('axe-core') as { source: string };

describe('accessibility of the page', () => {
  const combinations: [lang: 'en' | 'pt', device: Device][] = [
    ['en', desktop],
    ['en', dark(phone)],
    ['pt', phone],
    ['pt', dark(desktop)],
  ];
  for (const [lang, device] of combinations) {
    const { width, colorScheme } = device;
    it(`has nothing that axe objects to, nor anything too faint: ${lang}, ${colorScheme}, ${width} pixels`, async () => {
      const { page, faults } = await opened(await demoPage({ lang, anonymous: false }), device);
      await openTables(page);
      expect(await axeViolations(page)).to.deep.equal([]);
      expect(await faintColors(page)).to.deep.equal([]);
      expect(faults).to.deep.equal([]);
    });
  }

  it('says its language, and has one heading above all, no level left out', async () => {
    for (const [lang, tag] of [
      ['en', 'en-GB'],
      ['pt', 'pt-BR'],
    ] as const) {
      const { page } = await opened(await demoPage({ lang, anonymous: false }), desktop);
      expect(await page.locator('html').getAttribute('lang')).to.equal(tag);
      const levels = await page.evaluate(() =>
        [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(({ tagName }) => Number(tagName[1])),
      );
      expect(levels.filter((level) => level === 1)).to.deep.equal([1]);
      expect(levels[0]).to.equal(1);
      for (const [at, level] of levels.entries()) expect(level - (levels[at - 1] ?? 0)).to.be.at.most(1);
    }
  });

  it('has each table one click away, by keyboard too, with the focus always in sight', async () => {
    const { page } = await opened(await demoPage({ lang: 'en', anonymous: false }), desktop);
    const figures = await page.locator('figure:has(summary)').count();
    const opens = new Set<string>();
    for (let focused = await tab(page); focused; focused = await tab(page)) {
      expect(focused.outline, focused.text).to.match(/^(auto|solid) [1-9]/);
      if (focused.element !== 'SUMMARY') continue;
      await page.keyboard.press('Enter');
      const table = page.locator(`#${focused.figure} table`);
      expect(await table.isVisible(), focused.figure).to.equal(true);
      expect(await table.locator('tbody tr').count(), focused.figure).to.be.above(0);
      opens.add(focused.figure);
    }
    expect(opens.size).to.equal(figures).and.to.be.above(12);
  });

  it('does not move, with or without the wish for less motion', async () => {
    const { page } = await opened(await demoPage({ lang: 'en', anonymous: false }), desktop);
    const moving = await page.evaluate(
      () =>
        [...document.querySelectorAll('*')].filter((element) => {
          const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element);
          return animationName !== 'none' || transitionDuration !== '0s' || scrollBehavior !== 'auto';
        }).length,
    );
    expect(moving).to.equal(0);
  });
});

/** Goes on to what has the focus next; undefined at the end of the page. */
async function tab(page: Page) {
  await page.keyboard.press('Tab');
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return undefined;
    const { outlineStyle, outlineWidth } = getComputedStyle(focused);
    return {
      element: focused.tagName,
      text: focused.textContent?.trim() ?? '',
      figure: focused.closest('figure')?.id ?? '',
      outline: `${outlineStyle} ${outlineWidth}`,
    };
  });
}

async function openTables(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
}

/** What axe has against a page by WCAG 2.1 A and AA, and by good practice; a line each. */
async function axeViolations(page: Page): Promise<string[]> {
  // The page's policy holds for scripts of the page; this one comes through the browser's tools.
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(
    (): Promise<AxeResults> =>
      (window as unknown as { axe: typeof import('axe-core') }).axe.run({
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
      }),
  );
  expect(passes.length).to.be.above(20);
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target }) => target).join(' ')}`,
  );
}
