import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { runProgram, telegramLake } from '../support/run-cli.ts';

describe('the program telegram-lake', () => {
  it('prints results to stdout and exits with 0 when its command is done', async () => {
    const { code, stdout, stderr } = await runProgram(['query', '--format', 'json']);
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(JSON.parse(stdout)).to.be.an('array').that.is.not.empty;
  });

  it('prints errors to stderr and exits with the code of its command when that fails', async () => {
    const { code, stdout, stderr } = await runProgram(['status', '--lake', '/nonexistent/lake']);
    expect([code, stdout]).to.deep.equal([2, '']);
    expect(stderr).to.match(/^telegram-lake: there is no lake in [^\n]+\n$/);
  });

  it('exits without an error when what reads its output closes the pipe', async () => {
    const child = spawn(process.execPath, [telegramLake, 'query'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      stderr += chunk;
    });
    child.stdout.destroy();
    const [code] = await once(child, 'close');
    expect([code, stderr]).to.deep.equal([0, '']);
  });

  it('names npx and exits with 2 on a Node that does not run TypeScript', () => {
    const args = ['--no-experimental-strip-types', telegramLake, 'query'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect([status, stdout]).to.deep.equal([2, '']);
    expect(stderr).to.match(/^telegram-lake: needs Node 24, and this is v\S+ Use npx telegram-lake[^\n]*\n$/);
  });
});
