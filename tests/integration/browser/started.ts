import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startBrowser } from '../../../tools/engines/chromium.ts';
import { type Device, type OpenedPage, openPage } from './opened-page.ts';

let browser: Browser | undefined;
let folder = '';

/** A folder for lakes and pages of this test run, removed at its end. */
export const runFolder = (): string => folder;

/**
 * Opens a page in the browser of this test run: mocha loads this file with `--require`, which starts it before the
 * first test and stops it after the last. Each page has a context of its own, closed after the test.
 */
export async function opened(address: string, device: Device): Promise<OpenedPage> {
  if (!browser) throw new Error('start mocha with --require tests/integration/browser/started.ts');
  return openPage(browser, address, device);
}

export async function mochaGlobalSetup(): Promise<void> {
  browser = await startBrowser();
  folder = mkdtempSync(join(tmpdir(), 'telegram-lake-browser-'));
}

export async function mochaGlobalTeardown(): Promise<void> {
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
}

export const mochaHooks = {
  async afterEach(): Promise<void> {
    await Promise.all((browser?.contexts() ?? []).map((context) => context.close()));
  },
};
