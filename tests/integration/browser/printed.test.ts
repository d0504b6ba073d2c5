import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { messageUpdate } from '../../../tools/fixtures/updates.ts';
import { postedLake } from '../../cli/commands/posted-lake.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('telegram-lake report as PDF and PNG, by the browser of this machine', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const report = (out: string) => {
    const { CHROMIUM } = process.env;
    const args = ['report', '--lake', folder(), '--title', 'Turma 44', '--out', join(folder(), out)];
    return runCli(args, CHROMIUM ? { CHROMIUM } : {});
  };
  beforeEach(() => postedLake(folder(), [messageUpdate(1, { text: 'Bom dia' })]));

  it('writes a PDF, and replaces its own', async () => {
    for (let time = 0; time < 2; time++) {
      const { code, output } = await report('week.pdf');
      expect(code, output).to.equal(0);
      expect(output).to.match(/week\.pdf: \d+ kB\. It shows what people wrote/);
      const pdf = readFileSync(join(folder(), 'week.pdf'), 'latin1');
      expect(pdf)
        .to.match(/^%PDF-1\.\d/)
        .and.match(/%%EOF\s+% made by telegram-lake report\n$/);
      expect(pdf).to.contain('/Type /Page');
    }
  });

  it('writes a picture of 1080 × 1350 pixels, and replaces its own', async () => {
    for (let time = 0; time < 2; time++) {
      const { code, output } = await report('week.png');
      expect(code, output).to.equal(0);
      const png = readFileSync(join(folder(), 'week.png'));
      expect(png.subarray(0, 8).toString('latin1')).to.equal('\x89PNG\r\n\x1a\n');
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).to.deep.equal([1080, 1350]);
    }
  });
});
