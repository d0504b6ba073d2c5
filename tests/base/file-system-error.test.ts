import { mkdirSync, readFileSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { fileSystemProblem } from '../../src/base/file-system-error.ts';
import { startLoopbackServer } from '../support/loopback-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('an error of the file system in words', () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder(), name);
  const thrown = (run: () => unknown): unknown => {
    try {
      run();
    } catch (error) {
      return error;
    }
    throw new Error('nothing was thrown');
  };

  const real: [what: string, run: () => unknown, name: string, words: RegExp][] = [
    ['a missing file', () => readFileSync(at('none')), 'none', /does not exist/],
    [
      'a folder in place of a file',
      () => readFileSync(folder()),
      '',
      /^a file is a folder, where a file is needed$/,
    ],
    [
      'a file in place of a folder',
      () => {
        writeFileSync(at('file'), '');
        mkdirSync(at('file/inside'));
      },
      'file/inside',
      /a part of the path .* is a file, where a folder is needed$/,
    ],
    [
      'a link to itself',
      () => {
        symlinkSync('loop', at('loop'));
        readFileSync(at('loop'));
      },
      'loop',
      /is a link that leads back to itself/,
    ],
    [
      'a name that is too long',
      () => writeFileSync(at('x'.repeat(300)), ''),
      'xxx',
      /^the path is too long: /,
    ],
    [
      'a folder with files',
      () => {
        mkdirSync(at('full'));
        writeFileSync(at('full/file'), '');
        rmdirSync(at('full'));
      },
      'full',
      /is not empty$/,
    ],
  ];
  for (const [what, run, name, words] of real) {
    it(`names the file and says what is wrong, without the system's code: ${what}`, () => {
      const error = thrown(run);
      const problem = fileSystemProblem(error);
      expect(problem).to.match(words).and.contain(name);
      expect(problem).to.not.match(/\bE[A-Z]{3,}\b/);
    });
  }

  for (const code of ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EIO', 'EMFILE', 'ENFILE', 'EBUSY']) {
    it(`names the file and what to do: ${code}`, () => {
      const error = Object.assign(new Error(`${code}: text`), { code, syscall: 'open', path: '/lake/raw/x' });
      expect(fileSystemProblem(error))
        .to.match(/\/lake\/raw\/x.*[.,:] (\w+ )*[A-Z]?\w+/)
        .and.to.not.contain(code);
    });
  }

  it('is none for errors of the network and of the program', async () => {
    const server = await startLoopbackServer(() => {});
    const taken = await new Promise((resolve) => {
      createServer()
        .on('error', resolve)
        .listen(Number(new URL(server.url).port), '127.0.0.1');
    });
    await server.close();
    const denied = Object.assign(new Error('EACCES'), { code: 'EACCES', syscall: 'listen' });
    for (const error of [taken, denied, new TypeError('x'), 'ENOENT', undefined]) {
      expect(fileSystemProblem(error)).to.equal(undefined);
    }
  });
});
