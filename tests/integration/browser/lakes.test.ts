import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { message } from '../../../tools/fixtures/message-rows.ts';
import { fiveYearsOfAThousand, hostileLake, lakeOf } from './lakes.ts';
import { charts, editions, madePage, nameOf } from './made-pages.ts';
import { desktop, phone } from './opened-page.ts';
import { isTooWide, type ShownFigure, shownFigures } from './shown-charts.ts';
import { opened } from './started.ts';

const named = editions.filter(({ anonymous }) => !anonymous);

/**
 * Opens the page on a desk and on a phone; what must be so of every page is looked at, and the desk's figures are
 * given.
 */
async function figuresOf(address: string): Promise<ShownFigure[]> {
  const [wide = [], narrow = []] = await Promise.all(
    [desktop, phone].map(async (device) => {
      const { page, faults } = await opened(address, device);
      const figures = await shownFigures(page);
      expect(await isTooWide(page)).to.equal(false);
      expect(faults).to.deep.equal([]);
      for (const { id, title, finding, description, drawing } of figures) {
        // What a young lake lacks goes without saying.
        const words = id === 'data-quality' ? [title, description] : [title, finding, description];
        for (const text of words) expect(text, id).to.have.length.above(5);
        if (drawing) expect(drawing, id).to.deep.include({ cut: [], overlapping: [] });
        if (drawing) expect(drawing.shapes, id).to.be.above(0);
      }
      return figures;
    }),
  );
  expect(narrow.map(({ id }) => id)).to.deep.equal(wide.map(({ id }) => id));
  return wide;
}

const drawn = (figures: readonly ShownFigure[]) =>
  figures.filter(({ drawing }) => drawing).map(({ id }) => id);

/** Charts of a group in which no bot writes. */
const withoutBot = charts.filter(({ section }) => section !== 'bot');

let large: Promise<string> | undefined;
let hostile: Promise<string> | undefined;

describe('the page of a lake', () => {
  const few: [name: string, rows: Parameters<typeof message>[0][]][] = [
    ['one message', [{ text: 'Bom dia' }]],
    ['one message without words', [{}]],
    [
      'one person',
      Array.from({ length: 40 }, (_, at) => ({
        message_id: at + 1,
        at: `2026-11-${10 + (at % 12)} 1${at % 10}:00`,
        text: 'Alguém aí?',
      })),
    ],
    [
      'one day',
      Array.from({ length: 60 }, (_, at) => ({
        message_id: at + 1,
        at: `2026-11-22 12:${10 + (at % 50)}`,
        user_id: at % 7,
        user_first_name: `Ana ${at % 7}`,
        text: at % 3 ? 'Sim' : 'Onde fica a tabela?',
        ...(at % 3 && { reply_to_message_id: at }),
      })),
    ],
  ];

  for (const edition of named) {
    it(`without messages says so, and shows nothing: ${nameOf(edition)}`, async () => {
      const address = await madePage(await lakeOf('empty', []), edition);
      expect(await figuresOf(address)).to.deep.equal([]);
      const { page } = await opened(address, phone);
      expect(await page.locator('header .lead').textContent()).to.have.length.above(10);
    });

    for (const [name, rows] of few) {
      it(`of ${name} is whole: ${nameOf(edition)}`, async () => {
        const lake = await lakeOf(name, rows.map(message));
        const address = await madePage(lake, edition);
        const shown = (await figuresOf(address)).map(({ id }) => id);
        expect(shown).to.include('data-quality');
        const { page } = await opened(address, desktop);
        const folded = await page.locator('#not-enough-data').textContent();
        for (const { id, texts } of withoutBot) {
          if (!shown.includes(id)) expect(folded, id).to.include(texts[edition.lang].title);
        }
      });
    }

    it(`of 1,000 people and five years is whole, and below 1 MB: ${nameOf(edition)}`, async () => {
      large ??= lakeOf('large', [...fiveYearsOfAThousand()]);
      const address = await madePage(await large, edition);
      const figures = await figuresOf(address);
      // All but topics and reactions, which this group has not.
      expect(drawn(figures)).to.have.length(withoutBot.length - 2);
      expect(statSync(fileURLToPath(address)).size).to.be.below(1_000_000);
    });
  }
});

describe('the page of a hostile group', () => {
  for (const edition of editions) {
    it(`runs nothing and holds together: ${nameOf(edition)}`, async () => {
      hostile ??= hostileLake();
      const address = await madePage(await hostile, edition);
      const figures = await figuresOf(address);
      expect(drawn(figures)).to.have.length(charts.length);
      const { page } = await opened(address, desktop);
      const strange = await page.evaluate(() =>
        [...document.querySelectorAll('*')].flatMap((element) => [
          ...(/^(script|img|iframe|object|embed|form|input|base|link|image|use|animate|set)$/i.test(
            element.tagName,
          )
            ? [element.tagName]
            : []),
          ...[...element.attributes]
            .filter(({ name, value }) => /^on|^style$/.test(name) || /^\s*(javascript|data):/i.test(value))
            .map(({ name, value }) => `${name}=${value}`),
        ]),
      );
      expect(strange).to.deep.equal([]);
    });
  }
});
