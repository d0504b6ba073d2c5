import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { crc32 } from 'node:zlib';
import { inScratchFolder } from '../../base/scratch-folder.ts';
import { findBrowser } from './find-browser.ts';

/** What a browser makes of a page. */
export type PrintedForm = 'pdf' | 'png';

/** Of the picture, in pixels: upright, as phones show it. */
const pictureSize = [1080, 1350] as const;

const timeoutMilliseconds = 90_000;

/** Marks the files that were made here, which a later one may replace. */
export const madeHere = 'made by telegram-lake report';

/**
 * A page as PDF, or its first screen as PNG: by the Chrome, Chromium or Edge of this machine, without a window. It
 * loads nothing from the network.
 *
 * @throws Error where there is no such browser, or it makes nothing
 */
export async function printedPage(page: string, form: PrintedForm): Promise<Buffer> {
  const browser = findBrowser();
  if (!browser) throw noBrowser(form);
  return inScratchFolder(async (folder) => {
    const [source, result] = [join(folder, 'page.html'), join(folder, `page.${form}`)];
    // The style sheet shows the first screen and the first chart of a page that is a picture.
    const shown = form === 'png' ? page.replace('\n<body>\n', '\n<body class="picture">\n') : page;
    writeFileSync(source, shown, { mode: 0o600 });
    await run(browser, [...switches(folder), ...target(form, result), pathToFileURL(source).href]);
    const made = readMade(result, browser);
    return form === 'pdf' ? markedPdf(made) : markedPng(made);
  });
}

export const noBrowser = (form: PrintedForm): Error =>
  new Error(
    `a ${form.toUpperCase()} needs Chrome, Chromium or Edge, and none was found. Install one, or name its program in ` +
      'the environment variable CHROMIUM; --out report.html needs none',
  );

function switches(folder: string): string[] {
  return [
    '--headless=new',
    '--disable-gpu',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    `--user-data-dir=${join(folder, 'profile')}`,
    // Chromium does not start as root with its sandbox, as in a container. The page runs no script.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}

function target(form: PrintedForm, result: string): string[] {
  return form === 'pdf'
    ? [`--print-to-pdf=${result}`, '--no-pdf-header-footer']
    : [
        `--screenshot=${result}`,
        `--window-size=${pictureSize.join(',')}`,
        '--hide-scrollbars',
        '--blink-settings=preferredColorScheme=1',
      ];
}

function run(browser: string, parameters: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(browser, parameters, { stdio: 'ignore', timeout: timeoutMilliseconds });
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(`${browser} cannot be run (${error.code}); CHROMIUM can name another browser`)),
    );
    // Whether it succeeded is seen by the file: some versions end with 0 without one.
    child.on('close', () => resolve());
  });
}

function readMade(path: string, browser: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Error(
      `${browser} made nothing of the page; CHROMIUM can name another browser (a snap cannot read files of other programs)`,
      { cause: error },
    );
  }
}

/** A comment after the end, which readers skip. */
const markedPdf = (pdf: Buffer): Buffer => Buffer.concat([pdf, Buffer.from(`\n% ${madeHere}\n`)]);

/** A text chunk behind the header. @see https://www.w3.org/TR/png-3/#11tEXt */
function markedPng(png: Buffer): Buffer {
  const content = Buffer.from(`tEXtSoftware\0${madeHere}`, 'latin1');
  const chunk = Buffer.alloc(content.length + 8);
  chunk.writeUInt32BE(content.length - 4, 0);
  content.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(content), content.length + 4);
  const header = 33;
  return Buffer.concat([png.subarray(0, header), chunk, png.subarray(header)]);
}
