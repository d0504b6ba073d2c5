import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { root } from '../../tools/template.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('commands that test', () => {
  const scripts = Object.keys(JSON.parse(read('package.json')).scripts);
  const commands = scripts.filter((name) => name === 'test' || name.startsWith('test:'));

  it('are all listed in docs/verification.md', () => {
    const listed = [...read('docs/verification.md').matchAll(/^\| `npm (?:run )?(\S+)` \|/gm)];
    expect(listed.map(([, name]) => name)).to.have.members(commands);
  });

  it('are all run by .ci/run', () => {
    const run = [...read('.ci/run').matchAll(/^ *step '.*' tests (\S+)$/gm)].map(([, name]) => name);
    expect(run).to.have.members(commands);
  });
});
