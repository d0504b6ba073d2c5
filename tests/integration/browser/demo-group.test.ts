import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { faintColors } from './contrast.ts';
import { charts, demoPage, editions, nameOf } from './made-pages.ts';
import { dark, desktop, phone } from './opened-page.ts';
import { isTooWide, shownFigures } from './shown-charts.ts';
import { opened } from './started.ts';

const devices = { desktop, 'desktop, dark': dark(desktop), phone, 'phone, dark': dark(phone) };

for (const edition of editions) {
  describe(`the page of telegram-lake report ${nameOf(edition)}`, () => {
    for (const [name, device] of Object.entries(devices)) {
      it(`shows every chart of sql/, whole and legible, and does nothing else: ${name}`, async () => {
        const { page, faults } = await opened(await demoPage(edition), device);
        const shown = new Map((await shownFigures(page)).map((figure) => [figure.id, figure]));
        for (const { id, texts } of charts) {
          const figure = shown.get(id);
          const { title, description } = texts[edition.lang];
          expect(figure, id).to.include({ title, description });
          expect(figure?.finding, id).to.have.length.above(20);
          const drawing = figure?.drawing;
          expect(drawing?.width, id).to.be.above(device.width === phone.width ? 250 : 600);
          expect(drawing?.height, id).to.be.above(50);
          expect(drawing?.shapes, id).to.be.above(0);
          expect(drawing, id).to.include({ label: title, describedBy: figure?.finding });
          expect(drawing, id).to.deep.include({ cut: [], overlapping: [] });
          expect(drawing?.smallestText, id).to.be.above(9);
        }
        expect(await isTooWide(page)).to.equal(false);
        expect(faults).to.deep.equal([]);
      });
    }

    it('tells the values of a mark under the pointer', async () => {
      const { page } = await opened(await demoPage(edition), desktop);
      for (const { id } of charts) {
        const titles = await titlesUnderPointer(page, id);
        expect(titles, id).to.have.length.above(2);
        for (const { expected, found } of titles) expect(found, id).to.equal(expected).and.to.match(/\d/);
      }
    });

    it('is printed without a chart cut in two, dark on white from a dark screen, too', async () => {
      const { page, faults } = await opened(await demoPage(edition), {
        ...dark(desktop),
        width: paper.width,
      });
      await page.emulateMedia({ media: 'print' });
      for (const { id, drawing } of await shownFigures(page)) {
        expect(await heightOf(page, id), id).to.be.below(paper.height);
        if (drawing) expect(drawing, id).to.deep.include({ cut: [], overlapping: [] });
      }
      expect(await faintColors(page)).to.deep.equal([]);
      const pdf = await page.pdf({ format: 'A4', margin });
      expect(pdf.subarray(0, 5).toString()).to.equal('%PDF-');
      expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).to.have.length.within(4, 16);
      expect(faults).to.deep.equal([]);
    });
  });
}

const margin = { top: '10mm', right: '10mm', bottom: '10mm', left: '10mm' };

/** A4 without the margins, in CSS pixels. */
const paper = { width: 718, height: 1046 };

async function heightOf(page: Page, id: string): Promise<number> {
  return (await page.locator(`#${id}`).boundingBox())?.height ?? 0;
}

/** The titles of the first marks of a chart, beside the titles of what a pointer over their middles meets. */
function titlesUnderPointer(page: Page, id: string) {
  return page.evaluate((figure) => {
    const titleOf = (element: Element | null) => element?.querySelector(':scope > title')?.textContent;
    const marks = [...document.querySelectorAll<SVGElement>(`#${figure} svg.wide :has(> title)`)];
    return marks
      .filter((mark) => mark.getAttribute('fill') && mark.getBoundingClientRect().width > 1)
      .slice(0, 20)
      .map((mark) => {
        mark.scrollIntoView({ block: 'center' });
        const { x, y, width, height } = mark.getBoundingClientRect();
        return {
          expected: titleOf(mark),
          found: titleOf(document.elementFromPoint(x + width / 2, y + height / 2)),
        };
      });
  }, id);
}
