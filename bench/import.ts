import { execFileSync, spawnSync } from 'node:child_process';
import { createReadStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { markdownTable } from '../scripts/markdown-table.ts';
import { writeGeneratedExport } from './generate-export.ts';

/**
 * `node bench/import.ts [megabytes…]` measures `telegram-lake import` with a generated export of one chat: into the raw layer
 * alone, and with the days built. Beside it, what the simplest program does, `JSON.parse` of the whole file, which then has
 * stored nothing; and the reading of the bytes, which everybody has to do. Each has a process of its own, on the same
 * file, which is in the page cache.
 */
const ways: Readonly<Record<string, (path: string, folder: string) => Promise<void>>> = {
  'reading the bytes': async (path) => {
    for await (const _ of createReadStream(path, { highWaterMark: 2 ** 18 }));
  },
  'JSON.parse of the whole file': async (path) => {
    JSON.parse(readFileSync(path, 'utf8'));
  },
  'import --no-etl': (path, folder) => importInto(folder, path, '--no-etl'),
  import: (path, folder) => importInto(folder, path),
};

const [mode, ...parameters] = process.argv.slice(2);
if (mode === 'generate') {
  writeGeneratedExport(parameters[0] ?? '', Number(parameters[1]) * 1e6);
} else if (mode === 'measure') {
  await measure(...(parameters as [way: string, path: string, folder: string]));
} else {
  const sizes = process.argv.slice(2).map(Number);
  printTable(sizes.length > 0 ? sizes : [200, 500]);
}

function printTable(sizes: readonly number[]): void {
  const rows = sizes.flatMap((megabytes) => inFolder((folder) => measureAll(folder, megabytes)));
  console.log(`Node ${process.versions.node}, ${availableParallelism()} processors\n`);
  console.log(markdownTable(['export', 'way', 'MB/s', 'seconds', 'CPU seconds', 'peak memory'], rows));
}

function measureAll(folder: string, megabytes: number): string[][] {
  const path = join(folder, 'result.json');
  // Elsewhere, because on Linux a process begins with the peak memory of the one that started it.
  execFileSync(process.execPath, [import.meta.filename, 'generate', path, String(megabytes)]);
  const size = `${(statSync(path).size / 1e6).toFixed(0)} MB`;
  return Object.keys(ways).map((way) => {
    const measured = inFolder((lake) => {
      const program = [...nodeOptions(), import.meta.filename, 'measure', way, path, join(lake, 'lake')];
      return spawnSync(process.execPath, program, { encoding: 'utf8', maxBuffer: 2 ** 26 });
    });
    if (measured.status !== 0) return [size, way, 'fails', '', '', ''];
    return [size, way, ...JSON.parse(measured.stdout.trimEnd().split('\n').at(-1) ?? '')];
  });
}

async function measure(way: string, path: string, folder: string): Promise<void> {
  const [startedAt, startedCpu] = [performance.now(), process.cpuUsage()];
  await ways[way]?.(path, folder);
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(startedCpu);
  const figures = [
    (statSync(path).size / 1e6 / seconds).toFixed(0),
    seconds.toFixed(1),
    ((user + system) / 1e6).toFixed(1),
    `${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`,
  ];
  console.log(JSON.stringify(figures));
}

async function importInto(folder: string, path: string, ...options: readonly string[]): Promise<void> {
  // Only here, so that the other ways begin as small as Node is.
  const { runCommandLine } = await import('../src/cli/command-line.ts');
  const exitCode = await runCommandLine([
    'node',
    'telegram-lake',
    'import',
    path,
    '--lake',
    folder,
    ...options,
  ]);
  if (exitCode !== 0) process.exit(exitCode);
}

/** Those that the command line has Node run it with, in its first line. */
function nodeOptions(): string[] {
  const program = readFileSync(new URL('../src/cli/telegram-lake.ts', import.meta.url), 'utf8');
  return program.split('\n', 1)[0]?.match(/--\S+/g) ?? [];
}

function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'import-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
