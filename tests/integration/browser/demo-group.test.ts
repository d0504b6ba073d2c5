import { expect } from 'chai';
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
  });
}
