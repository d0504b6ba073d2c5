import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Environment } from '../../lake/settings.ts';
import { processEnvironment } from '../../lake/settings.ts';

/** Names of Chrome, Chromium and Edge on Linux, where they are on the PATH. */
const linuxNames = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
];

const macPaths = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);

const windowsPaths = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
];

/** Where a browser may be, the preferred one first: what `CHROMIUM` names stands alone. */
export function browserPaths(
  platform: NodeJS.Platform,
  environment: Environment = processEnvironment,
): string[] {
  const own = environment.CHROMIUM?.trim();
  if (own) return [own];
  if (platform === 'darwin') return [...macPaths, ...macPaths.map((path) => `${environment.HOME}${path}`)];
  if (platform === 'win32') {
    const roots = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap(
      (name) => environment[name] ?? environment[name.toUpperCase()] ?? [],
    );
    return windowsPaths.flatMap((path) => roots.map((root) => join(root, ...path)));
  }
  const folders = [...(environment.PATH ?? '').split(delimiter).filter(Boolean), '/snap/bin'];
  return linuxNames.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** The browser of this machine that makes PDF and PNG; undefined where none is found. */
export function findBrowser(
  platform: NodeJS.Platform = process.platform,
  environment: Environment = processEnvironment,
): string | undefined {
  return browserPaths(platform, environment).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
