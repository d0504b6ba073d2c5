import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { root } from '../../tools/template.ts';
import { suiteFolder } from '../support/temporary-folder.ts';

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

describe('where a tool is missing', () => {
  const cache = suiteFolder();

  /** What a command of package.json prints, and its exit code, on a machine that has Node and nothing else. */
  function run(name: string): Promise<{ code: unknown; output: string }> {
    const env = {
      PATH: join(root, 'node_modules/.bin'),
      TELEGRAM_LAKE_CACHE: cache(),
      CHROMIUM: join(cache(), 'none'),
    };
    return new Promise((resolve) => {
      execFile('/bin/sh', ['-c', scripts[name]], { cwd: root, env }, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, output: stdout + stderr }),
      );
    });
  }

  for (const [name, line] of [
    ['test:browser', 'Chromium is needed where CHROMIUM says'],
    ['test:faults', 'the S3 server versitygw needs Go 1.24 or newer to be built, as go'],
    ['test:s3', 'the S3 server versitygw needs Go 1.24 or newer to be built, as go'],
    ['test:sam', 'sam local needs the SAM CLI, as sam: pip install aws-sam-cli'],
    ['test:plugs', 'Python 3.10 or newer with pip is needed, as python3 (or name it in PYTHON)'],
    ['test:python', 'Python 3.10 or newer with pip is needed, as python3 (or name it in PYTHON)'],
    ['test:trino', 'Python 3.10 or newer with pip is needed, as python3 (or name it in PYTHON)'],
    ['test:stack', 'Python 3.10 or newer with pip is needed, as python3 (or name it in PYTHON)'],
  ] as const) {
    it(`npm run ${name} fails, and says so in one line`, async () => {
      const { code, output } = await run(name);
      expect(code).to.equal(1);
      expect(output.match(/^.*MissingToolError: .*$/gm)?.map((each) => each.trim())).to.deep.equal([
        `MissingToolError: ${line}`,
      ]);
    }).timeout(30_000);
  }
});
