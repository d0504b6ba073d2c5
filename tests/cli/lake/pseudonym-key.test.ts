import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { pseudonymKey } from '../../../src/cli/lake/pseudonym-key.ts';
import { withEnvironment } from '../../support/environment.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('the key of pseudonyms', () => {
  const folder = temporaryFolder();
  const own = () => join(folder(), 'a', 'b');

  it('is made at the first use, readable by its owner alone, and kept', () => {
    const key = pseudonymKey(own());
    expect(key).to.have.length(32);
    expect(statSync(join(own(), 'pseudonyms.key')).mode & 0o777).to.equal(0o600);
    expect(Buffer.from(pseudonymKey(own()))).to.deep.equal(Buffer.from(key));
    expect(readdirSync(own())).to.deep.equal(['pseudonyms.key']);
  });

  it('is random', () => {
    expect(Buffer.from(pseudonymKey(join(folder(), 'one')))).not.to.deep.equal(
      Buffer.from(pseudonymKey(join(folder(), 'other'))),
    );
  });

  it("lies in the user's own folder", async () => {
    await withEnvironment({ XDG_CONFIG_HOME: folder() }, async () => pseudonymKey());
    expect(readdirSync(join(folder(), 'telegram-lake'))).to.deep.equal(['pseudonyms.key']);
  });

  it('is refused where it is none, and left as it is', () => {
    for (const wrong of ['', 'x'.repeat(31), 'x'.repeat(33)]) {
      writeFileSync(join(folder(), 'pseudonyms.key'), wrong);
      expect(() => pseudonymKey(folder())).to.throw(
        /pseudonyms\.key is no key of 32 bytes; delete it for a new one/,
      );
      expect(readFileSync(join(folder(), 'pseudonyms.key'), 'utf8')).to.equal(wrong);
    }
  });
});
