import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const root = fileURLToPath(new URL('../../src/', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));

const ground = ['base', 'base/async'];
const storage = ['storage', 'storage/s3'];

/**
 * What each room may import besides itself, types included. A room is a folder, or a file that is named here.
 * Stages (`ingest`, `etl`, `import`, `erasure`) never import one another: they meet in `lake` and `storage`.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  base: [],
  'base/async': [],
  storage: ground,
  'storage/s3': [...ground, 'storage'],
  telegram: ground,
  'telegram/export': [...ground, 'telegram'],
  lake: [...ground, 'storage', 'telegram'],
  ingest: [...ground, ...storage, 'telegram', 'lake'],
  etl: [...ground, ...storage, 'telegram', 'telegram/export', 'lake', 'etl/athena'],
  'etl/athena': [...ground, 'telegram', 'lake', 'etl'],
  import: [...ground, 'storage', 'telegram', 'telegram/export', 'lake'],
  erasure: [...ground, 'storage', 'telegram', 'telegram/export', 'lake'],
  query: ground,
  'query/athena': [...ground, 'query'],
  'query/duckdb': [...ground, 'lake', 'query'],
  'report/sections.ts': [],
  'report/finding-names.ts': [],
  'report/language': [...ground, 'report/sections.ts'],
  'report/data/findings': [...ground, 'query', 'report/finding-names.ts', 'report/language', 'report/data'],
  'report/data': [...ground, 'query', 'report/language'],
  'report/charts': [
    ...ground,
    'query',
    'report/sections.ts',
    'report/finding-names.ts',
    'report/language',
    'report/data',
  ],
  'report/page': [
    ...ground,
    'query',
    'report/sections.ts',
    'report/language',
    'report/data',
    'report/data/findings',
    'report/charts',
  ],
  'report/terminal': [
    ...ground,
    'query',
    'report/finding-names.ts',
    'report/language',
    'report/data',
    'report/data/findings',
  ],
  'report/faq': [...ground, 'query', 'report/language', 'report/data'],
  report: [
    ...ground,
    'query',
    'report/finding-names.ts',
    'report/language',
    'report/data',
    'report/data/findings',
    'report/charts',
    'report/page',
  ],
  demo: [...ground, 'telegram', 'lake', 'ingest', 'demo/problems'],
  'demo/problems': [],
  'cli/settings.ts': [...ground, 'telegram', 'lake'],
  'cli/terminal': [...ground, 'query', 'report/language'],
  'cli/cost': [...ground, 'etl'],
  'cli/bot': [...ground, 'telegram', 'lake', 'query', 'cli/settings.ts', 'cli/terminal'],
  'cli/stack': [
    ...ground,
    ...storage,
    'telegram',
    'lake',
    'etl',
    'query',
    'query/athena',
    'cli/cost',
    'cli/settings.ts',
    'cli/terminal',
  ],
  'cli/lake': [
    ...ground,
    ...storage,
    'telegram/export',
    'lake',
    'etl',
    'erasure',
    'import',
    'query',
    'query/duckdb',
    'report',
    'report/charts',
    'report/data',
    'report/faq',
    'cli/settings.ts',
    'cli/terminal',
    'cli/stack',
  ],
  'cli/mcp': [...ground, 'lake', 'query', 'cli/terminal', 'cli/lake'],
  'cli/browser': [...ground, 'lake', 'cli/terminal'],
  'cli/shell': [...ground, 'lake', 'query', 'cli/terminal'],
  'cli/serve': [
    ...ground,
    'storage',
    'telegram',
    'lake',
    'ingest',
    'etl',
    'query',
    'report',
    'report/language',
    'report/page',
    'report/terminal',
    'cli/settings.ts',
    'cli/terminal',
    'cli/bot',
    'cli/lake',
  ],
  // A command imports any room, and no other command.
  'cli/commands': [
    ...ground,
    ...storage,
    'telegram',
    'telegram/export',
    'lake',
    'ingest',
    'etl',
    'import',
    'erasure',
    'query',
    'query/duckdb',
    'report',
    'report/faq',
    'report/language',
    'demo',
    'cli/settings.ts',
    'cli/terminal',
    'cli/cost',
    'cli/bot',
    'cli/browser',
    'cli/stack',
    'cli/lake',
    'cli/mcp',
    'cli/serve',
    'cli/shell',
  ],
  cli: [...ground, 'query', 'cli/settings.ts', 'cli/terminal', 'cli/stack', 'cli/lake', 'cli/commands'],
};

/** Packages with effects, and the only files that may import them. */
const gates: readonly [packages: RegExp, files: RegExp][] = [
  [/^@aws-sdk\/client-s3$/, /^storage\/s3\//],
  [/^(@smithy\/.*|undici)$/, /^storage\/s3\//],
  [/^@aws-sdk\/client-athena$/, /^(query|etl)\/athena\/|^etl\/etl-handler\.ts$|^cli\/stack\//],
  [/^@dsnp\/parquetjs$/, /^etl\/parquet/],
  [/^@duckdb\//, /^query\/duckdb\//],
  [/^@aws-lambda-powertools\//, /-handler\.ts$/],
  [/^@aws-sdk\/client-(cloudformation|lambda|secrets-manager)$/, /^cli\//],
  [/^vega(-lite)?$/, /^report\/charts\/chart-svg\.ts$/],
  [/^grammy$/, /^telegram\/bot-api\.ts$/],
  [/^@modelcontextprotocol\//, /^cli\/mcp\//],
  [/^commander$/, /^cli\/(commands\/|terminal\/|command-line\.ts$)/],
];

function imports(file: string): { readonly from: string; readonly isType: boolean }[] {
  const source = readFileSync(join(root, file), 'utf8');
  const statements = source.matchAll(
    /^\s*(?:import|export)\s(type\b)?[^;]*?from\s+'([^']+)'|\bimport\('([^']+)'\)/gms,
  );
  return [...statements].map(([, type, from, dynamic]) => ({
    from: from ?? dynamic ?? '',
    isType: type !== undefined,
  }));
}

function roomOf(file: string): string {
  return file in allowed ? file : file.split('/').slice(0, -1).join('/');
}

describe('architecture', () => {
  it('has a rule for every room of src/, and no rule for a room that is gone', () => {
    expect([...new Set(files.map(roomOf))].sort()).to.deep.equal(Object.keys(allowed).sort());
  });

  it('allows no room that does not exist', () => {
    expect(Object.keys(allowed)).to.include.members([...new Set(Object.values(allowed).flat())]);
  });

  for (const file of files) {
    it(`lets ${file} import only what its room may`, () => {
      const own = roomOf(file);
      for (const { from: imported, isType } of imports(file)) {
        if (imported.startsWith('.')) {
          const target = relative(root, resolve(root, file, '..', imported)).replaceAll('\\', '/');
          expect([own, ...(allowed[own] ?? [])], `${file} imports ${imported}`).to.include(roomOf(target));
          if (own === 'cli/commands') expect(roomOf(target), `${file} imports a command`).to.not.equal(own);
        } else if (!isType) {
          for (const [packages, gate] of gates) {
            if (packages.test(imported)) expect(file, `imports ${imported}`).to.match(gate);
          }
        }
      }
    });
  }

  it('reads the environment in one place', () => {
    const readers = files.filter((file) => readFileSync(join(root, file), 'utf8').includes('process.env'));
    expect(readers).to.deep.equal(['lake/settings.ts']);
  });

  it('has entry files of distinct names, because esbuild flattens them', () => {
    const entries = files
      .filter((file) => file.endsWith('-handler.ts'))
      .map((file) => file.split('/').at(-1));
    expect(new Set(entries).size).to.equal(entries.length);
  });
});
