import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { browserPaths, findBrowser } from '../../../src/cli/browser/find-browser.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('findBrowser', () => {
  const folder = temporaryFolder();
  const program = (name: string, mode = 0o755) => {
    const path = join(folder(), name);
    writeFileSync(path, '');
    chmodSync(path, mode);
    return path;
  };

  it('finds a browser on the PATH, Chrome before Chromium before Edge', () => {
    const edge = program('microsoft-edge');
    expect(findBrowser('linux', { PATH: `/none:${folder()}` })).to.equal(edge);
    const chrome = program('google-chrome');
    expect(findBrowser('linux', { PATH: `/none:${folder()}` })).to.equal(chrome);
  });

  it('takes the one that CHROMIUM names, and no other', () => {
    program('chromium');
    const own = program('own');
    expect(findBrowser('linux', { PATH: folder(), CHROMIUM: own })).to.equal(own);
    expect(findBrowser('linux', { PATH: folder(), CHROMIUM: '/none/chrome' })).to.equal(undefined);
  });

  it('takes no file that cannot be run', function () {
    if (process.getuid?.() === 0 && process.platform === 'win32') this.skip();
    program('chromium', 0o644);
    expect(findBrowser('linux', { PATH: folder() })).to.not.equal(join(folder(), 'chromium'));
  });

  it('knows the usual places of macOS and Windows', () => {
    expect(browserPaths('darwin', { HOME: '/Users/ana' })).to.include.members([
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Users/ana/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ]);
    const windows = browserPaths('win32', {
      ProgramFiles: 'C:\\Program Files',
      'ProgramFiles(x86)': 'C:\\Program Files (x86)',
    }).map((path) => path.replaceAll('/', '\\'));
    expect(windows).to.include.members([
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    ]);
  });
});
