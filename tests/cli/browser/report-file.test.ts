import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createLake } from '../../../src/lake/lake.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe("the report's file", () => {
  const folder = temporaryFolder();
  const report = (name: string, environment: Record<string, string> = {}) => {
    createLake(folder(), undefined);
    return runCli(['report', '--lake', folder(), '--out', join(folder(), name)], environment);
  };

  for (const name of ['week.docx', 'week.jpg', 'week.json']) {
    it(`is refused as ${name}`, async () => {
      const { code, stderr } = await report(name);
      expect(code).to.equal(2);
      expect(stderr).to.match(/a report is written as \.html, \.pdf or \.png .*, not as \.\w+: week\.\w+\n$/);
      expect(existsSync(join(folder(), name))).to.equal(false);
    });
  }

  it('needs a browser to be a PDF or PNG, and says so in one line', async () => {
    for (const name of ['week.pdf', 'week.PNG']) {
      const { code, stderr } = await report(name, { CHROMIUM: join(folder(), 'none') });
      expect(code).to.equal(1);
      expect(stderr).to.match(
        /^telegram-lake: a (PDF|PNG) needs Chrome, Chromium or Edge, and none was found\..*\n$/,
      );
      expect(existsSync(join(folder(), name))).to.equal(false);
    }
  });

  it('is not written where the browser makes nothing', async () => {
    const { code, stderr } = await report('week.pdf', { CHROMIUM: '/bin/true' });
    expect(code).to.equal(1);
    expect(stderr).to.match(/\/bin\/true made nothing of the page; CHROMIUM can name another browser/);
    expect(existsSync(join(folder(), 'week.pdf'))).to.equal(false);
  });

  it("never replaces somebody else's PDF or PNG", async () => {
    writeFileSync(join(folder(), 'week.pdf'), '%PDF-1.4 of somebody else');
    const { code, stderr } = await report('week.pdf', { CHROMIUM: '/bin/true' });
    expect(code).to.equal(2);
    expect(stderr).to.contain('is there already, and is no PDF of telegram-lake');
  });
});
