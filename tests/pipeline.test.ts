import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { demoChatId, demoGroup } from '../src/demo/demo-group.ts';
import type { ResultTable } from '../src/query/query-runner.ts';
import { csv } from '../src/query/result-format.ts';
import { demoAnswers, demoDigest, goldenFolder } from '../tools/fixtures/demo-answers.ts';
import { queries, valuesOf } from './support/asked-lake.ts';
import { suiteFolder } from './support/temporary-folder.ts';

describe('pipeline: the demo group through ingest, folder, ETL and DuckDB', function () {
  // Five thousand files are written, each through to the disk.
  this.timeout(120_000);
  const folder = suiteFolder();
  let answers: Map<string, ResultTable>;
  before(async () => {
    answers = await demoAnswers(folder());
  });

  const answer = (file: string): ResultTable => answers.get(file) ?? { columns: [], rows: [] };

  it('has one golden result for each saved query, and the digest in each language', () => {
    const expected = [...queries.map(({ file }) => `${file}.csv`), 'digest.en.txt', 'digest.pt.txt'].sort();
    expect(readdirSync(goldenFolder).sort()).to.deep.equal(expected);
  });

  for (const language of ['en', 'pt'] as const) {
    it(`gives the golden digest in ${language} (changed on purpose: npm run golden)`, () => {
      const golden = readFileSync(join(goldenFolder, `digest.${language}.txt`), 'utf8');
      expect(demoDigest(answers, language)).to.equal(golden);
    });
  }

  for (const { file } of queries) {
    it(`gives the golden result of ${file} (changed on purpose: npm run golden)`, () => {
      const golden = readFileSync(join(goldenFolder, `${file}.csv`), 'utf8');
      expect(csv(answer(file)).split('\r\n')).to.deep.equal(golden.split('\r\n'));
    });
  }

  it('counts each message of the group once, whatever was edited or delivered twice', () => {
    const sent = new Set<number>();
    for (const { message } of demoGroup()) if (message?.chat.id === demoChatId) sent.add(message.message_id);
    const total = (file: string) =>
      valuesOf(answer(file), 'message_amount').reduce((sum, [amount]) => sum + Number(amount), 0);
    for (const file of ['messages-per-day', 'messages-per-user-per-day', 'messages-per-hour-weekday-week']) {
      expect(total(file), file).to.equal(sent.size);
    }
    // Nine of them tell of joins, leaves and the like, which nobody wrote.
    for (const file of ['busiest-hour', 'kinds-of-message'])
      expect(total(file), file).to.equal(sent.size - 9);
  });

  it('has an open question for each one asked and not answered', () => {
    const days = valuesOf(answer('questions-answered-per-day'), 'question_amount', 'answered_amount');
    const open = days.reduce((sum, [asked, answered]) => sum + Number(asked) - Number(answered), 0);
    expect(open).to.equal(answer('open-questions').rows.length).and.to.be.greaterThan(50);
  });
});
