import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ownerName } from '../../src/base/process-owner.ts';
import { inScratchFolder } from '../../src/base/scratch-folder.ts';
import { rejection } from '../support/rejection.ts';
import { runProgram, telegramLake } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

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

  it('lets nobody but its owner read it', async () => {
    expect(await inScratchFolder(async (folder) => statSync(folder).mode & 0o777)).to.equal(0o700);
  });

  describe('of another process', () => {
    const folder = temporaryFolder();
    const module = new URL('../../src/base/scratch-folder.ts', import.meta.url).href;
    const run = (program: string) =>
      spawn(
        process.execPath,
        ['--input-type=module', '--eval', `import { inScratchFolder } from '${module}'; ${program}`],
        { env: { ...process.env, TMPDIR: folder() }, stdio: ['ignore', 'pipe', 'inherit'] },
      );
    const waiting = async () => {
      const child = run(
        'await inScratchFolder((folder) => { console.log(folder); return new Promise(() => setInterval(() => {}, 1000)); });',
      );
      const [path] = await once(child.stdout.setEncoding('utf8'), 'data');
      writeFileSync(join(path.trim(), 'history.jsonl'), 'their words');
      return { child, path: path.trim() as string };
    };
    const aCommand = () => runProgram(['status', '--lake', join(folder(), 'none')], { TMPDIR: folder() });

    it('is gone when it exits before that', async () => {
      const child = run('await inScratchFolder(async (folder) => { console.log(folder); process.exit(); });');
      const [path] = await once(child.stdout.setEncoding('utf8'), 'data');
      await once(child, 'close');
      expect(path).to.match(/telegram-lake-/);
      expect(existsSync(path.trim())).to.equal(false);
    });

    it('is removed by the next command when it was killed, and never while it runs', async () => {
      const { child, path } = await waiting();
      try {
        await aCommand();
        expect(readdirSync(path)).to.deep.equal(['history.jsonl']);
      } finally {
        child.kill('SIGKILL');
        await once(child, 'close');
      }
      expect(existsSync(path)).to.equal(true);
      await aCommand();
      expect(existsSync(path)).to.equal(false);
    });

    it('is removed when its process id belongs to a younger process', async () => {
      const [machine, pid, start] = ownerName().split('_');
      // Where the system tells no start, a process that runs counts as the owner.
      if (start === '0') return;
      const older = join(folder(), `telegram-lake-${machine}_${pid}_${Number(start) - 1}-abcdef`);
      mkdirSync(older);
      await aCommand();

      expect(existsSync(older)).to.equal(false);
    });

    it('stays where nobody can tell: of another machine, under another name, a link to elsewhere', async () => {
      const gone = `${ownerName().split('_')[0]}_999999999_1`;
      mkdirSync(join(folder(), 'kept'));
      writeFileSync(join(folder(), 'kept/file'), 'x');
      symlinkSync(join(folder(), 'kept'), join(folder(), `telegram-lake-${gone}-link`));
      mkdirSync(join(folder(), 'telegram-lake-00000000_999999999_1-abcdef'));
      mkdirSync(join(folder(), `telegram-lake-report-${gone}`));
      const before = readdirSync(folder());
      await aCommand();
      expect(readdirSync(folder())).to.deep.equal(before);
      expect(readdirSync(join(folder(), 'kept'))).to.deep.equal(['file']);
    });

    it('is gone when the terminal of a command is closed', async () => {
      const messages = Array.from({ length: 20_000 }, (_, at) =>
        JSON.stringify({
          id: at + 1,
          type: 'message',
          date_unixtime: String(1_700_000_000 + at * 60),
          text: 'x',
        }),
      );
      const file = join(folder(), 'result.json');
      writeFileSync(file, `{"name":"G","type":"private_supergroup","id":1,"messages":[${messages}]}`);
      const child = spawn(
        process.execPath,
        [telegramLake, 'import', file, '--lake', join(folder(), 'lake')],
        {
          env: { ...process.env, TMPDIR: folder() },
          stdio: 'ignore',
        },
      );
      const ended = once(child, 'close');
      const scratch = () => readdirSync(folder()).filter((name) => name.startsWith('telegram-lake-'));
      while (scratch().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      child.kill('SIGHUP');
      expect(await ended).to.deep.equal([129, null]);
      expect(scratch()).to.deep.equal([]);
    });
  });
});
