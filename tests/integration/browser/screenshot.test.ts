import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { runFolder } from './started.ts';

const root = join(import.meta.dirname, '..', '..', '..');

describe('npm run screenshot', () => {
  it('makes the pictures that README shows, of their size', async () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const pictures = [...readme.matchAll(/(?:src|srcset)="docs\/([\w-]+\.png)"/g)].map(
      ([, file]) => file ?? '',
    );
    expect(pictures).to.have.members(['report.png', 'report-dark.png']);

    await promisify(execFile)(process.execPath, [join(root, 'tools/screenshot.ts'), runFolder()]);
    for (const file of pictures) {
      const [made, shown] = [join(runFolder(), file), join(root, 'docs', file)].map((path) =>
        readFileSync(path),
      );
      expect(pixels(made).width).to.equal(pixels(shown).width).and.to.equal(1_440);
      // Other fonts break lines elsewhere.
      expect(pixels(made).height / pixels(shown).height).to.be.within(0.85, 1.15);
      expect(shown?.length).to.be.below(300_000);
    }
  });
});

/** The size in the header of a PNG. */
function pixels(png: Buffer | undefined) {
  if (png?.subarray(1, 4).toString() !== 'PNG') throw new Error('no PNG');
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}
