import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inScratchFolder } from '../src/base/scratch-folder.ts';
import { markdownTable } from '../tools/markdown-table.ts';
import { commandLineFlags, machine, measureProcess } from './measured-process.ts';

/**
 * `npm run bench:import -- [megabytes…]` measures `telegram-lake import` of a generated export of one chat: into the
 * raw layer alone, and with the days built. Beside it, what the simplest program does, `JSON.parse` of the whole file,
 * which then has stored nothing; and the reading of the bytes, which everybody has to do. Each has a process of its
 * own, on the same file, which is in the page cache.
 */
const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0) sizes.push(200, 500);

const ways = ['reading the bytes', 'JSON.parse of the whole file', 'import --no-etl', 'import'];

async function main(): Promise<void> {
  const rows: string[][] = [];
  await inScratchFolder(async (folder) => {
    for (const megabytes of sizes) {
      const path = join(folder, 'result.json');
      // Elsewhere, because on Linux a process begins with the peak memory of the one that started it.
      await run('generate', path, String(megabytes));
      for (const way of ways) rows.push(await row(way, path, join(folder, 'lake')));
    }
  });
  console.log(`${machine()}\n`);
  console.log(markdownTable(['export', 'way', 'seconds', 'MB/s', 'peak memory'], rows));
}

async function row(way: string, path: string, lake: string): Promise<string[]> {
  const megabytes = statSync(path).size / 1e6;
  const { seconds, peakBytes } = await run(way, path, lake);
  rmSync(lake, { recursive: true, force: true });
  return [
    `${megabytes.toFixed(0)} MB`,
    way,
    seconds.toFixed(1),
    (megabytes / seconds).toFixed(0),
    `${(peakBytes / 1e6).toFixed(0)} MB`,
  ];
}

function run(...parameters: readonly string[]) {
  return measureProcess(['bench/import-process.ts', ...parameters], { flags: commandLineFlags() });
}

await main();
