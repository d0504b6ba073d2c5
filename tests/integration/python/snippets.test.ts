import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { createLake } from '../../../src/lake/lake.ts';
import { installed, python, runInstaller } from '../../../tools/engines/installed.ts';
import { message } from '../../../tools/fixtures/message-rows.ts';
import { root } from '../../../tools/template.ts';
import { fillEnriched } from '../../support/enriched-folder.ts';
import { runCli } from '../../support/run-cli.ts';
import { suiteFolder } from '../../support/temporary-folder.ts';

const libraries = ['duckdb==2.0.1', 'pandas==2.3.3', 'polars==2.1.0'];

/** The programs in Python of a page, in their order, by the heading above. */
function programsOf(page: string): [heading: string, program: string][] {
  const text = readFileSync(join(root, page), 'utf8');
  return text.split(/^## /m).flatMap((section): [string, string][] => {
    const [heading = ''] = section.split('\n');
    const [, program] = /```(?:\{python\}|python)\n([\s\S]*?)```/.exec(section) ?? [];
    return program === undefined ? [] : [[heading, program]];
  });
}

describe('snippets of docs/snippets.md in Python', function () {
  this.timeout(300_000);
  const folder = suiteFolder();
  let command: string;
  let libraryFolder: string;
  before(async () => {
    const { command: found, version } = await python();
    command = found;
    const name = `snippets-${libraries.join('-').replaceAll('==', '-')}-python${version}`;
    libraryFolder = await installed(name, (target) =>
      runInstaller(command, ['-m', 'pip', 'install', '--quiet', '--target', target, ...libraries]),
    );
    const lake = createLake(join(folder(), 'lake', 'group'), undefined);
    const rows = ['Ana', 'Bia', 'Bia'].map((user_first_name, index) =>
      message({
        message_id: index + 1,
        user_id: user_first_name.charCodeAt(0),
        user_first_name,
        text: 'Bom dia',
      }),
    );
    await fillEnriched(join(lake.folder, 'enriched'), rows);
    const out = join(folder(), 'group.duckdb');
    const { code, stderr } = await runCli(['database', '--lake', lake.folder, '--out', out]);
    expect([code, stderr]).to.deep.equal([0, '']);
  });

  const expected: Readonly<Record<string, RegExp>> = {
    pandas: /Bia\s+2\n.*Ana\s+1/,
    polars: /Bia\W+2[\s\S]*Ana\W+1/,
    Quarto: /^$/,
  };
  for (const [heading, program] of programsOf('docs/snippets.md')) {
    // The stack's needs an account.
    if (program.includes('awswrangler')) continue;
    it(`${heading}: runs over the lake and the file of telegram-lake database`, async () => {
      const env = { ...process.env, PYTHONPATH: libraryFolder };
      const { stdout } = await promisify(execFile)(command, ['-c', program], { cwd: folder(), env });
      expect(stdout).to.match(expected[heading] ?? /./);
    });
  }

  it('gives pandas the same rows as telegram-lake query', async () => {
    const sql = 'SELECT author_name, count(*) AS messages FROM messages GROUP BY 1 ORDER BY 1';
    const lake = join(folder(), 'lake', 'group');
    const here = JSON.parse(
      (await runCli(['query', '--lake', lake, '--sql', sql, '--format', 'json'])).stdout,
    );
    const program = `import duckdb; print(duckdb.connect('group.duckdb', read_only=True).sql("""${sql}""").df().to_json(orient='records'))`;
    const env = { ...process.env, PYTHONPATH: libraryFolder };
    const { stdout } = await promisify(execFile)(command, ['-c', program], { cwd: folder(), env });
    expect(JSON.parse(stdout)).to.deep.equal(here);
  });
});
