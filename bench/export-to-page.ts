import { join } from 'node:path';
import { inScratchFolder } from '../src/base/scratch-folder.ts';
import { installed, runInstaller } from '../tools/engines/installed.ts';
import { markdownTable } from '../tools/markdown-table.ts';
import { commandLineFlags, type Measured, machine, measureProcess, median } from './measured-process.ts';

/**
 * `npm run bench:export-to-page -- [megabytes…]` measures how long a person waits for the first page of a group's
 * export: `import` and `report` here, and chat-analytics, which it installs first, on the same generated file. Each has
 * a process of its own with all processors, in turns, so that a busy machine slows both.
 */
const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0) sizes.push(100);

const other = 'chat-analytics@1.1.2';
const steps = ['import', 'report'];
const ways = [other, ...steps];
const turns = 3;

type Outcome = Measured & { readonly pageBytes?: number };

async function main(): Promise<void> {
  const program = await installedOther();
  const rows: string[][] = [];
  await inScratchFolder(async (folder) => {
    for (const megabytes of sizes) rows.push(...(await rowsOf(megabytes, folder, program)));
  });
  console.log(`${machine()}\n`);
  console.log(markdownTable(['export', 'way', 'seconds', 'CPU seconds', 'peak memory', 'page'], rows));
}

/** @throws Error that says so when the package registry cannot be reached */
async function installedOther(): Promise<string> {
  const folder = await installed(other, (draft) =>
    runInstaller('npm', ['install', '--prefix', draft, '--ignore-scripts', '--no-audit', '--no-fund', other]),
  ).catch((error: unknown) => {
    throw new Error(`${other} could not be installed, so there is nothing to compare with`, { cause: error });
  });
  return join(folder, 'node_modules', 'chat-analytics', 'dist', 'lib', 'CLI.js');
}

async function rowsOf(megabytes: number, folder: string, program: string): Promise<string[][]> {
  const path = join(folder, 'result.json');
  await run('generate', path, String(megabytes));
  const runs = new Map<string, Outcome[]>(ways.map((way) => [way, []]));
  for (let turn = 0; turn < turns; turn++) {
    for (const [way, outcomes] of runs)
      outcomes.push(await run(way, path, join(folder, `lake-${turn}`), program));
  }
  const both = Array.from({ length: turns }, (_, turn) =>
    together(steps.map((step) => runs.get(step)?.[turn])),
  );
  return [...runs, ['export to page, here', both] as const].map(([way, outcomes]) => [
    `${megabytes} MB`,
    way,
    ...figures(outcomes),
  ]);
}

/** One step after the other. */
function together(outcomes: readonly (Outcome | undefined)[]): Outcome {
  const each = outcomes.filter((outcome) => outcome !== undefined);
  const sum = (figure: (one: Outcome) => number) => each.reduce((total, one) => total + figure(one), 0);
  return {
    seconds: sum(({ seconds }) => seconds),
    cpuSeconds: sum(({ cpuSeconds }) => cpuSeconds),
    peakBytes: Math.max(...each.map(({ peakBytes }) => peakBytes)),
    pageBytes: sum(({ pageBytes = 0 }) => pageBytes),
  };
}

function figures(outcomes: readonly Outcome[]): string[] {
  const middle = (figure: (one: Outcome) => number) => median(outcomes.map(figure));
  const pageBytes = outcomes[0]?.pageBytes;
  return [
    middle(({ seconds }) => seconds).toFixed(1),
    middle(({ cpuSeconds }) => cpuSeconds).toFixed(1),
    `${(middle(({ peakBytes }) => peakBytes) / 1e6).toFixed(0)} MB`,
    pageBytes === undefined ? '' : `${(pageBytes / 1e6).toFixed(2)} MB`,
  ];
}

function run(...parameters: readonly string[]): Promise<Outcome> {
  return measureProcess(['bench/export-to-page-process.ts', ...parameters], {
    flags: commandLineFlags(),
    onAllProcessors: true,
  });
}

await main();
