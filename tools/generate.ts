import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedFiles } from './generated-blocks.ts';

/**
 * `npm run generate` brings the generated blocks of all files up to date and names the files that it changed;
 * `npm run generate -- --check` changes nothing and exits with 1 when there is one to change.
 */
const root = dirname(import.meta.dirname);
const [option, ...others] = process.argv.slice(2);
const check = option === '--check';
if ((option && !check) || others.length > 0) {
  console.error('usage: npm run generate [-- --check]');
  process.exit(2);
}

for (const { file, current, expected } of await generatedFiles(root)) {
  if (expected === current) continue;
  if (check) {
    console.error(`${file} is stale: npm run generate`);
    process.exitCode = 1;
  } else {
    writeFileSync(join(root, file), expected);
    console.log(`${file} brought up to date`);
  }
}
