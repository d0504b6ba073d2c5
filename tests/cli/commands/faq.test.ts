import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { messageUpdate } from '../../../tools/fixtures/updates.ts';
import { runCli } from '../../support/run-cli.ts';
import { suiteFolder } from '../../support/temporary-folder.ts';
import { postedLake } from './posted-lake.ts';

const from = (id: number) => ({ id, is_bot: false, first_name: ['Ana', 'Bia'][id] });

describe('telegram-lake faq', () => {
  const folder = suiteFolder();
  before(() =>
    postedLake(
      folder(),
      [0, 1].map((user) =>
        messageUpdate(user + 1, { from: from(user), text: 'Onde fica o edital da prova, Bia?' }),
      ),
    ),
  );
  const faq = (...args: string[]) => runCli(['faq', '--lake', folder(), '--lang', 'en', ...args]);

  it('prints Markdown without names, and with them on request', async () => {
    expect((await faq()).stdout)
      .to.contain('# Frequently asked questions')
      .and.contain('edital da prova, …?');
    expect((await faq('--names')).stdout).to.contain('edital da prova, Bia?');
  });

  it('writes JSON or Markdown by the ending, over its own files only, readable by the owner', async () => {
    const out = join(folder(), 'faq.json');
    expect((await faq('--out', out)).stdout).to.equal(
      `${out}: 1 question. It shows what people wrote, without their names: read it before you publish it.\n`,
    );
    expect(JSON.parse(readFileSync(out, 'utf8')).questions).to.have.length(1);
    expect(statSync(out).mode & 0o777).to.equal(0o600);
    expect((await faq('--out', out)).code).to.equal(0);
    writeFileSync(join(folder(), 'notes.md'), '# Mine');
    expect((await faq('--out', join(folder(), 'notes.md'))).stderr).to.contain(
      'no list of frequent questions',
    );
  });

  it('refuses what it cannot write', async () => {
    expect((await faq('--out', join(folder(), 'faq.pdf'))).stderr).to.contain(
      '--out must end in .md, .txt or .json',
    );
    expect((await faq('--limit', '0')).stderr).to.contain('--limit must be a number from 1 to 200');
  });
});
