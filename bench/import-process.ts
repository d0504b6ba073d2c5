import { createReadStream, readFileSync } from 'node:fs';
import { writeGeneratedExport } from './generate-export.ts';
import { telegramLake, tellMeasured } from './measured-process.ts';

/*
 * One way through an export, in a process of its own; started by import.ts.
 */
const [way = '', path = '', parameter = ''] = process.argv.slice(2);
const ways: Readonly<Record<string, () => Promise<unknown>>> = {
  generate: async () => writeGeneratedExport(path, { sizeBytes: Number(parameter) * 1e6 }),
  'reading the bytes': readBytes,
  'JSON.parse of the whole file': async () => JSON.parse(readFileSync(path, 'utf8')),
  'import --no-etl': () => telegramLake('import', path, '--lake', parameter, '--no-etl'),
  import: () => telegramLake('import', path, '--lake', parameter),
};
await tellMeasured(async () => {
  await ways[way]?.();
  return {};
});

async function readBytes(): Promise<void> {
  for await (const _ of createReadStream(path, { highWaterMark: 2 ** 18 }));
}
