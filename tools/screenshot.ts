import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaultTimeZone } from '../src/lake/settings.ts';
import { savedQueries } from '../src/query/query-catalog.ts';
import { chartSpecs } from '../src/report/charts/chart-specs.ts';
import { report } from '../src/report/report.ts';
import { startBrowser } from './engines/chromium.ts';
import { MissingToolError } from './engines/installed.ts';
import { demoAnswers } from './fixtures/demo-answers.ts';

/**
 * `npm run screenshot` renews README's picture: the beginning of the demo group's page, in docs/report.png and, for
 * dark screens, docs/report-dark.png. `npm run screenshot -- FOLDER` puts both elsewhere. Needs Chromium.
 */
const root = join(import.meta.dirname, '..');
const out = process.argv[2] ?? join(root, 'docs');

/** The picture ends with this chart. */
const lastChart = '#messages-per-calendar-day svg.wide';
const width = 960;
/** README shows it 720 pixels wide: two dots a pixel. */
const deviceScaleFactor = 1.5;

const folder = mkdtempSync(join(tmpdir(), 'telegram-lake-screenshot-'));
try {
  const page = join(folder, 'report.html');
  writeFileSync(page, await demoPage(join(folder, 'lake')));
  const browser = await startBrowser();
  try {
    for (const [colorScheme, file] of [
      ['light', 'report.png'],
      ['dark', 'report-dark.png'],
    ] as const) {
      const viewport = { width, height: 1_200 };
      const shown = await browser.newPage({ viewport, colorScheme, deviceScaleFactor });
      await shown.goto(pathToFileURL(page).href);
      const { y = 0, height = 0 } = (await shown.locator(lastChart).boundingBox()) ?? {};
      const path = join(out, file);
      const image = await shown.screenshot({ path, clip: { x: 0, y: 0, width, height: y + height + 16 } });
      console.log(`${path}: ${Math.round(image.length / 1000)} kB`);
    }
  } finally {
    await browser.close();
  }
} catch (error) {
  if (!(error instanceof MissingToolError)) throw error;
  console.error(`screenshot: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function demoPage(lake: string): Promise<string> {
  const sql = join(root, 'sql');
  const charts = chartSpecs(sql, savedQueries(sql));
  return report(await demoAnswers(lake), charts, { language: 'en', timeZone: defaultTimeZone, now: 0 });
}
