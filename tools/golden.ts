import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csv } from '../src/query/result-format.ts';
import { demoAnswers, demoDigest, goldenFolder } from './fixtures/demo-answers.ts';

/**
 * `npm run golden` writes down what each saved query answers over the demo group, on purpose: after a change of the
 * demo group or of sql/, read the difference before committing it. `npm test` compares.
 */
const lake = mkdtempSync(join(tmpdir(), 'telegram-lake-golden-'));
try {
  const answers = await demoAnswers(lake);
  rmSync(goldenFolder, { recursive: true, force: true });
  mkdirSync(goldenFolder, { recursive: true });
  for (const [file, result] of answers) {
    writeFileSync(join(goldenFolder, `${file}.csv`), csv(result));
    console.log(`${file}.csv: ${result.rows.length} rows`);
  }
  for (const language of ['en', 'pt'] as const) {
    writeFileSync(join(goldenFolder, `digest.${language}.txt`), demoDigest(answers, language));
  }
  console.log('digest.en.txt and digest.pt.txt, which README shows: npm run generate');
} finally {
  rmSync(lake, { recursive: true, force: true });
}
