import { statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { writeGeneratedExport } from './generate-export.ts';
import { telegramLake, tellMeasured } from './measured-process.ts';

/*
 * One step from an export to a page, in a process of its own; started by export-to-page.ts.
 */
const [way = '', path = '', parameter = '', program = ''] = process.argv.slice(2);
const page = `${parameter}-${way}.html`;

await tellMeasured(async () => {
  if (way === 'generate') writeGeneratedExport(path, { sizeBytes: Number(parameter) * 1e6 });
  else if (way === 'import') await telegramLake('import', path, '--lake', parameter);
  else if (way === 'report') await telegramLake('report', '--lake', parameter, '--out', page);
  else await otherProgram();
  return way === 'generate' || way === 'import' ? {} : { pageBytes: statSync(page).size };
});

/** It begins when it is loaded, and ends when nothing is left to do. */
async function otherProgram(): Promise<void> {
  const { log } = console;
  console.log = console.error;
  process.argv = ['node', program, '-p', 'telegram', '-i', path, '-o', page];
  await import(pathToFileURL(program).href);
  await new Promise((resolve) => process.once('beforeExit', resolve));
  console.log = log;
}
