import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { UsageError } from '../../../src/base/usage-error.ts';
import { outFile, results } from '../../../src/cli/terminal/out-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const writeOutFile = (file: string, text: string) => outFile(file, results).write(text);

describe('file of --out', () => {
  const folder = temporaryFolder();

  it('may be an older result, and nothing else that is not empty', () => {
    for (const [name, older] of [
      ['a.csv', 'x'],
      ['b.TXT', 'x'],
      ['c.json', '[]\n'],
      ['d', ''],
    ] as const) {
      writeFileSync(join(folder(), name), older);
      writeOutFile(join(folder(), name), 'newer');
      expect(readFileSync(join(folder(), name), 'utf8')).to.equal('newer');
    }
    for (const [name, other] of [
      ['result.json', '{"name": "Group"}'],
      ['id_rsa', 'key'],
      ['t.ts', 'code'],
    ] as const) {
      writeFileSync(join(folder(), name), other);
      expect(() => writeOutFile(join(folder(), name), 'newer')).to.throw(
        UsageError,
        /is there already.*was left as it is/,
      );
      expect(readFileSync(join(folder(), name), 'utf8')).to.equal(other);
    }
    expect(() => writeOutFile(' ', '')).to.throw(UsageError, /must name a file/);
  });

  it('writes UTF-8 that only the owner can read', () => {
    const file = join(folder(), 'relatório da turma.csv');
    writeOutFile(file, 'João 👍\n');
    expect(readFileSync(file)).to.deep.equal(Buffer.from('João 👍\n'));
    expect(statSync(file).mode & 0o777).to.equal(0o600);
  });

  const day = 'telegram/context_date=2026-11-22';
  const files = [`raw/${day}/1.json`, `enriched/${day}/messages.parquet`, `raw/${day}/new.csv`, 'lake.json'];
  for (const file of files) {
    it(`refuses ${file} of a lake and leaves it as it was, also behind a link`, () => {
      for (const store of ['raw', 'enriched']) mkdirSync(join(folder(), store, day), { recursive: true });
      if (!file.endsWith('new.csv')) writeFileSync(join(folder(), file), 'kept');
      symlinkSync(folder(), join(folder(), 'link'));
      for (const path of [join(folder(), file), join(folder(), 'link', file)]) {
        expect(() => writeOutFile(path, 'lost')).to.throw(UsageError, /is a file of a lake/);
      }
      if (!file.endsWith('new.csv')) expect(readFileSync(join(folder(), file), 'utf8')).to.equal('kept');
    });
  }

  const impossible: [path: string, reason: RegExp][] = [
    ['nowhere/result.csv', /there is no folder .*nowhere; make it first/],
    ['.', /is a folder/],
  ];
  for (const [path, reason] of impossible) {
    it(`says in words why it cannot write ${path}`, () => {
      expect(() => writeOutFile(join(folder(), path), '')).to.throw(Error, reason);
    });
  }
});
