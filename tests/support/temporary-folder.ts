import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const testPrefix = 'telegram-lake-test-';

/** A new folder for each test of the suite that calls this, removed after it. Returns a function that names it. */
export function temporaryFolder(): () => string {
  let folder = '';
  beforeEach(() => {
    folder = make(testPrefix);
  });
  afterEach(() => remove(folder));
  return () => folder;
}

/** One folder for all tests of the suite that calls this, removed after the last. Returns a function that names it. */
export function suiteFolder(prefix = testPrefix): () => string {
  let folder = '';
  before(() => {
    folder = make(prefix);
  });
  after(() => remove(folder));
  return () => folder;
}

function make(prefix: string): string {
  return mkdtempSync(join(tmpdir(), prefix));
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
