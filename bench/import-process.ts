import { createReadStream, readFileSync } from 'node:fs';
import { writeGeneratedExport } from './generate-export.ts';
import { tellMeasured } from './measured-process.ts';

/*
 * One way through an export, in a process of its own; started by import.ts.
 */
const [way = '', path = '', parameter = ''] = process.argv.slice(2);
const ways: Readonly<Record<string, () => Promise<unknown>>> = {
  generate: async () => writeGeneratedExport(path, { sizeBytes: Number(parameter) * 1e6 }),
  'reading the bytes': readBytes,
  'JSON.parse of the whole file': async () => JSON.parse(readFileSync(path, 'utf8')),
  'import --no-etl': () => importExport('--no-etl'),
  import: () => importExport(),
};
await tellMeasured(async () => {
  await ways[way]?.();
  return {};
});

async function readBytes(): Promise<void> {
  for await (const _ of createReadStream(path, { highWaterMark: 2 ** 18 }));
}

async function importExport(...options: readonly string[]): Promise<void> {
  // Only here, so that the other ways begin as small as Node is.
  const { runCommandLine } = await import('../src/cli/command-line.ts');
  const { log } = console;
  // Stdout is for the figures.
  console.log = console.error;
  const args = ['node', 'telegram-lake', 'import', path, '--lake', parameter, ...options];
  const exitCode = await runCommandLine(args);
  if (exitCode !== 0) process.exit(exitCode);
  console.log = log;
}
