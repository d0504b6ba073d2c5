import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const root = fileURLToPath(new URL('../../src/', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));

/** What each folder may import besides itself. Stages never import one another; they meet in `lake/`. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'settings.ts': ['lake'],
  telegram: [],
  lake: [],
  ingest: ['telegram', 'lake', 'settings.ts'],
  etl: ['telegram', 'lake', 'settings.ts'],
  history: ['telegram', 'lake'],
  erasure: ['telegram', 'lake'],
  answers: ['lake'],
  cli: ['telegram', 'lake', 'ingest', 'etl', 'history', 'erasure', 'answers', 'settings.ts'],
};

/** Packages with effects, and the only files that may import them. */
const gates: readonly [packages: RegExp, files: RegExp][] = [
  [/^@aws-sdk\/client-s3$/, /^lake\/s3-/],
  [/^(@smithy\/.*|undici)$/, /^lake\/s3-/],
  [/^@aws-sdk\/client-athena$/, /athena/],
  [/^@dsnp\/parquetjs$/, /parquet/],
  [/^@duckdb\//, /^answers\/duckdb-/],
  [/^@aws-lambda-powertools\//, /-handler\.ts$/],
  [/^@aws-sdk\/client-(cloudformation|lambda|secrets-manager)$/, /^cli\//],
  [/^vega(-lite)?$/, /^answers\/report\/chart-svg\.ts$/],
  [/^grammy$/, /^telegram\/bot-api\.ts$/],
  [/^commander$/, /^cli\//],
];

function imports(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  const statements = source.matchAll(
    /^\s*(?:import|export)\s(?!type\b)[^;]*?from\s+'([^']+)'|\bimport\('([^']+)'\)/gms,
  );
  return [...statements].map(([, from, dynamic]) => from ?? dynamic ?? '');
}

function folderOf(file: string): string {
  return file.split('/')[0] ?? '';
}

describe('architecture', () => {
  it('knows every folder of src/', () => {
    expect(Object.keys(allowed)).to.include.members([...new Set(files.map(folderOf))]);
  });

  for (const file of files) {
    it(`lets ${file} import only what its folder may`, () => {
      const own = folderOf(file);
      for (const imported of imports(file)) {
        if (imported.startsWith('.')) {
          const target = folderOf(relative(root, resolve(root, file, '..', imported)).replaceAll('\\', '/'));
          expect([own, ...(allowed[own] ?? [])], `${file} imports ${imported}`).to.include(target);
        } else {
          for (const [packages, gate] of gates) {
            if (packages.test(imported)) expect(file, `imports ${imported}`).to.match(gate);
          }
        }
      }
    });
  }

  it('reads the environment in settings.ts alone', () => {
    const readers = files.filter((file) => readFileSync(join(root, file), 'utf8').includes('process.env'));
    expect(readers).to.deep.equal(['settings.ts']);
  });

  it('has entry files of distinct names, because esbuild flattens them', () => {
    const entries = files
      .filter((file) => file.endsWith('-handler.ts'))
      .map((file) => file.split('/').at(-1));
    expect(new Set(entries).size).to.equal(entries.length);
  });
});
