import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const commandLine = new URL('../../src/cli/command-line.ts', import.meta.url).href;

/** The packages that are loaded by the time that a command is known. */
function packagesOfCommandLine(): string[] {
  const program = `
    import { registerHooks } from 'node:module';
    const packages = new Set();
    const load = (url, context, next) => {
      const name = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1];
      if (name) packages.add(name);
      return next(url, context);
    };
    registerHooks({ load });
    await import(${JSON.stringify(commandLine)});
    console.log(JSON.stringify([...packages]));`;
  const cwd = fileURLToPath(new URL('../../', import.meta.url));
  const parameters = ['--input-type=module', '--eval', program];
  return JSON.parse(execFileSync(process.execPath, parameters, { cwd, encoding: 'utf8' })) as string[];
}

describe('what every command loads', () => {
  it('is neither DuckDB nor Parquet, neither the clients of AWS nor that of Telegram', () => {
    const loaded = packagesOfCommandLine();
    expect(loaded).to.include('commander');
    const heavy = /^(@aws|@duckdb|@dsnp|@smithy|@modelcontextprotocol|grammy|undici|vega|thrift)/;
    expect(loaded.filter((name) => heavy.test(name))).to.deep.equal([]);
  });
});
