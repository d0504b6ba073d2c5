import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { MissingToolError } from './installed.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const fixedPlaces = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** No requests of its own: not for updates, not for experiments, and no name leads anywhere. */
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/**
 * Starts this machine's Chromium without a window: the one that CHROMIUM names, or else the first of the usual places.
 *
 * @throws MissingToolError when there is none
 */
export async function startBrowser(): Promise<Browser> {
  const { CHROMIUM, PATH = '' } = process.env;
  const usual = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const executablePath = [...(CHROMIUM ? [CHROMIUM] : [...usual, ...fixedPlaces])].find(existsSync);
  if (!executablePath) {
    throw new MissingToolError(
      `Chromium is needed ${CHROMIUM ? 'where CHROMIUM says' : '(Debian: apt-get install chromium), or name a browser of its kind in CHROMIUM'}`,
    );
  }
  return chromium.launch({ executablePath, args, timeout: 60_000 });
}
