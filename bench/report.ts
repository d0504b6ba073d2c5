import { inScratchFolder } from '../src/base/scratch-folder.ts';
import { markdownTable } from '../tools/markdown-table.ts';
import { commandLineFlags, type Measured, machine, measureProcess, median } from './measured-process.ts';

/**
 * `npm run bench:report -- [messages…]` measures `telegram-lake report` of a generated lake of three years. Beside it,
 * the saved queries that the page is made from, asked one after the other and their answers forgotten, as a person
 * would do by hand; and the least that any answer costs, each value of the lake read once. Each has a process of its
 * own, in turns, and all processors.
 */
const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0) sizes.push(100_000, 1_000_000);

const ways = ['reading each value once', 'its saved queries, one by one', 'report'];
const turns = 3;

interface Outcome {
  readonly messages?: number;
  readonly pageBytes?: number;
}

async function main(): Promise<void> {
  const rows: string[][] = [];
  for (const size of sizes) rows.push(...(await rowsOf(size)));
  console.log(`${machine()}\n`);
  console.log(markdownTable(['messages', 'way', 'seconds', 'CPU seconds', 'peak memory', 'page'], rows));
}

async function rowsOf(size: number): Promise<string[][]> {
  return inScratchFolder(async (lake) => {
    await run('fill', lake, String(size));
    const runs = new Map<string, (Measured & Outcome)[]>(ways.map((way) => [way, []]));
    for (let turn = 0; turn < turns; turn++) {
      for (const [way, measured] of runs) measured.push(await run(way, lake));
    }
    const messages = runs.get(ways[0] ?? '')?.[0]?.messages?.toLocaleString('en') ?? '';
    return [...runs].map(([way, measured]) => row(messages, way, measured));
  });
}

function row(messages: string, way: string, measured: readonly (Measured & Outcome)[]): string[] {
  const middle = (figure: (one: Measured) => number) => median(measured.map(figure));
  const pageBytes = measured[0]?.pageBytes;
  return [
    messages,
    way,
    middle(({ seconds }) => seconds).toFixed(1),
    middle(({ cpuSeconds }) => cpuSeconds).toFixed(1),
    `${(middle(({ peakBytes }) => peakBytes) / 1e6).toFixed(0)} MB`,
    pageBytes === undefined ? '' : `${(pageBytes / 1000).toFixed(0)} kB`,
  ];
}

function run(...parameters: readonly string[]) {
  return measureProcess<Outcome>(['bench/report-process.ts', ...parameters], {
    flags: commandLineFlags(),
    onAllProcessors: true,
  });
}

await main();
