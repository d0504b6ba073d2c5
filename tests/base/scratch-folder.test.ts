import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { inScratchFolder } from '../../src/base/scratch-folder.ts';
import { rejection } from '../support/rejection.ts';

describe('scratch folder', () => {
  it('is there while it is used, and gone with all that is in it', async () => {
    const folder = await inScratchFolder(async (folder) => {
      writeFileSync(join(folder, 'x'), 'x');
      return folder;
    });
    expect(existsSync(folder)).to.equal(false);
  });

  it('is gone after a failure', async () => {
    let used = '';
    const failing = inScratchFolder(async (folder) => {
      used = folder;
      throw new Error('no');
    });
    expect((await rejection(failing)).message).to.equal('no');
    expect(existsSync(used)).to.equal(false);
  });

  it('is gone when the process exits meanwhile', () => {
    const module = new URL('../../src/base/scratch-folder.ts', import.meta.url).href;
    const program = `import { inScratchFolder } from '${module}';
      await inScratchFolder(async (folder) => { console.log(folder); process.exit(); });`;
    const folder = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
      encoding: 'utf8',
    }).trim();
    expect(folder).to.match(/telegram-lake-/);
    expect(existsSync(folder)).to.equal(false);
  });
});
